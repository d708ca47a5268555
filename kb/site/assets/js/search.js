/**
 * One box for words and for a pasted error, in the header of every page and, large, on the home and match pages. Words are
 * looked up in the index (search/), loaded on first use, with filters by product, tag and status, and a list to walk
 * through with the arrow keys (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). A pasted error is matched.
 */

import { ROOT, collectorUrl, entryUrl, formUrl } from "./addresses.js";
import { element, setAttributes } from "./elements.js";
import { fitting, forgetLinked, linkButton, linkedText } from "./linking.js";
import { isText, keepPasted } from "./pasted.js";
import { spoken, spokenOf } from "./words.js";

const WAIT_MS = 100;
/** A typed text of this many characters is an error, not a search. */
const ERROR_LENGTH = 60;
const ANSWERS = 5;
/** Results of a search by words that are shown here; a page of its own shows all. */
const SHOWN = 10;

/** What looking words up needs, loaded on first use. */
const words = () =>
  Promise.all([import("./search/finding.js"), import("./search/showing.js"), import("./search/filters.js")]);

/** What matching needs, loaded on first use. */
const matching = () => Promise.all([import("./matching.js"), import("./answers.js")]);

/** @param {Document} document */
export function startSearch(document) {
  const header = document.querySelector("[data-kb-search]");
  const input = header?.querySelector("input");
  const panel = header?.querySelector(".kb-search__panel");
  if (input && panel) {
    const box = new SearchBox(input, /** @type {HTMLElement} */ (panel), "kb-search-list");
    box.newUrl = header?.getAttribute("data-kb-new") ?? "";
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
    document.addEventListener("click", (event) => {
      if (!header?.contains(/** @type {Node} */ (event.target))) box.close();
    });
  }
  startHero(document);
}

/** @param {Document} document */
function startHero(document) {
  const form = document.querySelector("[data-kb-hero]");
  const input = form?.querySelector("textarea");
  if (!form || !input) return;
  const panel = element("div", "kb-hero__panel");
  panel.hidden = true;
  form.append(panel);
  const box = new SearchBox(input, panel, "kb-hero-list", {
    newUrl: form.getAttribute("data-kb-new") ?? "",
    matchUrl: form.getAttribute("data-kb-match") ?? "",
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.openSelected() || box.search(true);
  });
  acceptFiles(form, box);
  const linked = linkedText();
  if (linked) {
    input.value = linked;
    // A link to an error leads to what its paste led to.
    box.pasted = true;
    box.prepare();
    box.search();
  }
}

/**
 * Let a log file be dropped or chosen.
 * @param {Element} form
 * @param {SearchBox} box
 */
function acceptFiles(form, box) {
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.toggleAttribute("data-kb-drop", true);
  });
  form.addEventListener("dragleave", () => form.toggleAttribute("data-kb-drop", false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.toggleAttribute("data-kb-drop", false);
    const file = /** @type {DragEvent} */ (event).dataTransfer?.files[0];
    if (file) box.searchFile(file);
  });
  const chooser = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  chooser?.addEventListener("change", () => {
    if (chooser.files?.[0]) box.searchFile(chooser.files[0]);
    chooser.value = "";
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/**
 * What can be made of each of some things. One that can't is left out: a bad record must not hide the good ones.
 * @template Thing, Made
 * @param {Thing[]} things
 * @param {(thing: Thing) => Made} make
 * @returns {Made[]}
 */
function whole(things, make) {
  return things.flatMap((thing) => {
    try {
      return [make(thing)];
    } catch (error) {
      console.error(error);
      return [];
    }
  });
}

/** @param {number} count of results that could not be shown */
const missing = (count) => (count ? spoken` ${count} more could not be shown.` : "");

/** What stands over answers for those who go from heading to heading: each answer's own is one level below. */
const answersHeading = () => element("h2", "kb-visually-hidden", {}, spoken`Answers`);

/** An input and its panel of results. */
class SearchBox {
  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} input
   * @param {HTMLElement} panel
   * @param {string} listId
   * @param {{newUrl: string, matchUrl: string}} [page] given where there is room to show answers in full
   */
  constructor(input, panel, listId, page) {
    this.input = input;
    this.panel = panel;
    this.page = page;
    this.newUrl = page?.newUrl ?? "";
    this.pasted = false;
    this.textNow = keepPasted(input);
    /** The query that the list answers. */
    this.answered = "";
    /** Whether Enter was pressed before there was an answer. */
    this.opensFirst = false;
    /** @type {AbortController | undefined} */
    this.reading = undefined;
    this.answers = element("div", "kb-answers");
    this.selected = -1;
    this.round = 0;
    this.list = element("ul", "kb-search__results", { id: listId, role: "listbox", "aria-label": spoken`Results` });
    this.status = element("p", "kb-search__status", { role: "status" });
    this.filters = element("div", "kb-search__filters", {});
    this.filters.hidden = true;
    /** @type {import("./search/filters.js").Filters | undefined} */
    this.choices = undefined;
    this.more = element("div");
    panel.append(this.filters, this.status, this.answers, this.list, this.more);
    if (page?.matchUrl) panel.append(linkButton(() => this.text));
    setAttributes(input, { "aria-autocomplete": "list", "aria-controls": listId });
    // A text area may not be a combobox (https://www.w3.org/TR/html-aria/), and so can't be expanded.
    if (input instanceof HTMLInputElement) setAttributes(input, { role: "combobox", "aria-expanded": "false" });
    input.addEventListener("focus", () => {
      this.prepare();
      if (this.query) this.open();
    });
    input.addEventListener("paste", () => {
      this.pasted = true;
    });
    input.addEventListener("input", () => {
      if (!this.query) this.pasted = false;
      this.opensFirst = false;
      this.searchSoon();
    });
    input.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(true);
    });
  }

  /** What is in the box, with the line ends that it was pasted with. */
  get text() {
    return this.textNow();
  }

  get query() {
    return this.text.trim();
  }

  /** Load the index and fill in the filters, once. A failure is not kept. */
  async prepare() {
    const [{ openIndex }, , { Filters }] = await words();
    this.choices ??= new Filters(this.filters, () => this.search());
    await openIndex();
    await this.choices.fill();
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), WAIT_MS);
  }

  /** Whether the text is an error to be matched, and not words to be looked up. */
  get isError() {
    const text = this.query;
    return text.includes("\n") || text.length >= ERROR_LENGTH || (this.pasted && text.includes(" "));
  }

  /** @param {boolean} shows whether to scroll to the answer */
  async search(shows = this.pasted) {
    clearTimeout(this.timer);
    const round = ++this.round;
    this.reading?.abort();
    if (linkedText() !== this.text) forgetLinked();
    if (!this.query) return this.close();
    this.open();
    if (!isText(this.text)) return this.refuse();
    this.status.textContent = spoken`Searching…`;
    try {
      if (this.isError) await this.match(round);
      else await this.lookUp(round, this.query);
      if (shows && round === this.round) this.bringIntoView();
    } catch (error) {
      this.fail(round, error);
    }
  }

  /** Say of what is no text that it is none. */
  refuse() {
    this.list.replaceChildren();
    this.answers.replaceChildren();
    this.more.replaceChildren();
    this.filters.hidden = true;
    this.status.textContent = spoken`This is no text: it looks like a program, an archive or an image. Paste the error as text.`;
  }

  /**
   * @param {number} round
   * @param {unknown} error
   */
  fail(round, error) {
    if (round !== this.round) return;
    this.list.replaceChildren();
    this.answers.replaceChildren();
    this.status.textContent = spoken`The index could not be loaded. Browse the products or tags instead.`;
    console.error(error);
  }

  /**
   * Look words up, the last of which may be unfinished.
   * @param {number} round
   * @param {string} query
   */
  async lookUp(round, query) {
    const [{ findByWords, allResultsUrl }, { resultOption, statusOf, waysOn }] = await words();
    const found = await findByWords(query, { top: SHOWN, only: this.choices?.chosen ?? {}, isTyped: true });
    if (round !== this.round) return;
    this.answered = query;
    this.answers.replaceChildren();
    const items = whole(found.results, (result) => resultOption(result, found));
    this.showOptions(items);
    this.status.textContent =
      statusOf(found, found.results.length) + missing(found.results.length - items.length + found.lost);
    const total = found.total.toLocaleString(document.documentElement.lang);
    const all = element("a", "", { href: allResultsUrl(query) }, spoken`All ${total} results`);
    this.more.replaceChildren(
      ...(found.isKnown ? [] : [waysOn(query, this.newUrl)]),
      ...(found.total > found.results.length ? [element("p", "kb-search__all", {}, all)] : []),
    );
    if (this.opensFirst) this.openFirst(found.isKnown, allResultsUrl(query));
    this.showFilters(round, found.total > 0).catch((error) => console.error(error));
  }

  /**
   * @param {number} round
   * @param {boolean} hasResults
   */
  async showFilters(round, hasResults) {
    await this.prepare();
    if (round !== this.round) return;
    this.filters.hidden = !hasResults && !Object.keys(this.choices?.chosen ?? {}).length;
  }

  /**
   * What Enter does without a selection: open the first result, or the page that says how to go on.
   * @param {boolean} isKnown
   * @param {string} otherwise
   */
  openFirst(isKnown, otherwise) {
    this.opensFirst = false;
    if (isKnown) this.options[0]?.click();
    else if (!this.page) location.assign(otherwise);
  }

  /**
   * Match the text; where nothing is known of it, look up the line that says what is wrong, and offer to add it. What
   * was typed into one line is words, if it is no known message.
   * @param {number} round
   */
  async match(round) {
    const text = this.text;
    const [{ findErrors }] = await matching();
    const answers = await findErrors(text, Infinity);
    if (round !== this.round) return;
    if (answers.length) {
      const made = await Promise.allSettled(answers.slice(0, ANSWERS).map((answer) => this.shownAnswer(answer, text)));
      if (round === this.round) this.showAnswers(made, answers.length);
      return;
    }
    const { isPasted, tellingLine } = await import("./search/line.js");
    if (!this.pasted && !this.query.includes("\n")) return this.lookUp(round, this.query);
    this.opensFirst = false;
    await this.lookUp(round, tellingLine(text)).catch((error) => console.error(error));
    if (round !== this.round || (!isPasted(text) && this.options.length)) return;
    this.filters.hidden = true;
    const [, { otherWays }] = await words();
    this.more.replaceChildren(otherWays());
    this.status.textContent = this.options.length
      ? spoken`Not known yet. By its words the closest:`
      : spoken`Not known yet.`;
    this.offerToAdd(text);
    await this.offerToTell(round, text);
  }

  /**
   * @param {import("./matching.js").Answer} answer
   * @param {string} text
   */
  async shownAnswer(answer, text) {
    const [, { answerCard }] = await matching();
    return this.page ? answerCard(answer, text) : this.compactAnswer(answer);
  }

  /**
   * An answer as one option of the header's list.
   * @param {import("./matching.js").Answer} answer
   */
  async compactAnswer(answer) {
    const [{ readFix }, { tierBadge }] = await matching();
    const fix = await readFix(answer.id).catch((error) => console.error(error));
    const link = element("a", "kb-search__result", {
      role: "option",
      href: entryUrl(answer.id, answer.captures),
      tabindex: "-1",
      "aria-selected": "false",
    });
    const title = element("span", "kb-search__title", {}, fix?.title ?? answer.id);
    const meta = element("span", "kb-search__meta", {}, tierBadge(answer), ` ${fix?.product ?? ""}`);
    link.append(meta, title);
    return element("li", "", { role: "presentation" }, link);
  }

  /**
   * Put other results into the list. One that was selected stays so if it is among them: results for what was typed
   * last may come after the first of them was chosen.
   * @param {HTMLElement[]} items
   */
  showOptions(items) {
    const selected = this.options[this.selected]?.href;
    this.list.replaceChildren(...items);
    this.numberOptions();
    this.select(this.options.findIndex((option) => option.href === selected));
  }

  /**
   * @param {PromiseSettledResult<HTMLElement>[]} made the best answers; one may have failed
   * @param {number} count of all answers
   */
  showAnswers(made, count) {
    const shown = made.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    for (const each of made) if (each.status === "rejected") console.error(each.reason);
    this.filters.hidden = true;
    this.more.replaceChildren();
    this.answers.replaceChildren(...(this.page ? [answersHeading(), ...shown] : []));
    this.showOptions(this.page ? [] : shown);
    const found = spokenOf(count, spoken`One known error found.`, spoken`${count} known errors found.`);
    const best = count > made.length ? spoken` The best ${made.length} are shown.` : "";
    this.status.textContent = found + best + missing(made.length - shown.length);
  }

  /**
   * Scroll to what is said of a text, where a large box stands above it and it ends below the window: who pasted it,
   * dropped it or pressed Enter wants the fix. One who types is left where they type.
   */
  bringIntoView() {
    const isWhole = this.panel.getBoundingClientRect().bottom <= innerHeight;
    if (this.page && !isWhole) this.panel.scrollIntoView({ block: "start" });
  }

  /**
   * Look through a log for known errors, showing them as they come.
   * @param {File} file
   */
  async searchFile(file) {
    const round = ++this.round;
    this.reading?.abort();
    this.reading = new AbortController();
    this.open();
    this.filters.hidden = true;
    this.list.replaceChildren();
    this.more.replaceChildren();
    const progress = element("progress", "kb-hero__progress", {
      max: "1",
      "aria-label": spoken`Looking through ${file.name}`,
    });
    const cards = element("div");
    this.answers.replaceChildren(progress, cards);
    this.status.textContent = spoken`Looking through ${file.name}…`;
    let count = 0;
    try {
      const [{ findErrorsIn }, { answerCard }] = await matching();
      await findErrorsIn(
        file,
        (answer) => {
          count += 1;
          if (count === 1) cards.append(answersHeading());
          const place = cards.appendChild(element("div"));
          answerCard(answer, "").then(
            (card) => {
              place.replaceWith(card);
              if (card === this.answers.querySelector("article")) this.bringIntoView();
            },
            (error) => {
              place.textContent = spoken`${answer.id}: this answer could not be shown.`;
              console.error(error);
            },
          );
        },
        (share) => {
          progress.value = share;
        },
        this.reading.signal,
      );
    } catch (error) {
      return this.fail(round, error);
    }
    if (round !== this.round) return;
    progress.remove();
    this.status.textContent = count
      ? spokenOf(count, spoken`${file.name}: ${count} known error.`, spoken`${file.name}: ${count} known errors.`)
      : spoken`${file.name}: no known errors.`;
  }

  /** @param {string} text */
  offerToAdd(text) {
    this.answers.replaceChildren();
    if (!this.page?.newUrl) return;
    const { text: error, isCut } = fitting(text);
    const href = formUrl(this.page.newUrl, { error });
    const button = element("a", "kb-button", { href, rel: "noopener" }, spoken`Add this error`);
    const note = spoken` The form gets its start and its end: more does not fit into an address. Paste the rest there.`;
    this.answers.replaceChildren(element("p", "kb-hero__add", {}, button, isCut ? note : ""));
  }

  /**
   * Where readers are counted, so is what they look for in vain, if they want that.
   * @param {number} round
   * @param {string} text
   */
  async offerToTell(round, text) {
    if (!this.page || !collectorUrl()) return;
    const { wantedButton } = await import("./votes/wanted.js");
    if (round === this.round) this.answers.append(wantedButton(text));
  }

  /** Give the options the ids by which the input names the selected one. */
  numberOptions() {
    this.options.forEach((option, number) => option.setAttribute("id", `${this.list.id}-${number}`));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.panel.hidden || !this.options.length) return;
      event.preventDefault();
      this.select(this.selected + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.openSelected() || this.enter();
    }
  }

  /** Enter without a selection: a pasted error is matched; of words the first result opens, now or when it is there. */
  enter() {
    if (this.isError && this.answered !== this.query) return this.search(true);
    this.opensFirst = true;
    this.search();
  }

  get options() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
  }

  /** @param {number} number -1 is the input itself */
  select(number) {
    const options = this.options;
    const count = options.length + 1;
    this.selected = ((number + 1 + count) % count) - 1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.selected)));
    const option = options[this.selected];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  /** Follow the selected result. Returns whether there was one. */
  openSelected() {
    const option = this.options[this.selected];
    option?.click();
    return Boolean(option);
  }

  open() {
    this.panel.hidden = false;
    this.tellExpanded();
  }

  tellExpanded() {
    if (this.input.hasAttribute("aria-expanded")) this.input.setAttribute("aria-expanded", String(!this.panel.hidden));
  }

  /** @param {boolean} [focus] */
  close(focus = false) {
    clearTimeout(this.timer);
    this.round += 1;
    this.panel.hidden = true;
    this.tellExpanded();
    this.input.removeAttribute("aria-activedescendant");
    if (focus) this.input.focus();
  }
}
