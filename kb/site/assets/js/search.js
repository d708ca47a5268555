/**
 * Search as you type, in the header of every page and in the large box of the home page: Pagefind's index,
 * loaded on first use, filters by product, tag and status, and a list to walk through with the arrow keys
 * (the combobox pattern of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */

const ROOT = new URL("../../../", import.meta.url);
const SHOWN = 12;
const WAIT_MS = 120;
const FILTERS = /** @type {const} */ ({ product: "Any product", tag: "Any tag", status: "Any status" });

/** @typedef {{url: string, excerpt: string}} Part */
/** @typedef {Part & {meta: Record<string, string>, sub_results: Part[]}} Found */

/** @type {Promise<any> | undefined} */
let loading;

/** Load Pagefind once. */
function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", ROOT).href).then(async (module) => {
    await module.options({ excerptLength: 24 });
    await module.init();
    return module;
  });
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** @param {Document} document */
export function startSearch(document) {
  const header = document.querySelector("[data-kb-search]");
  const input = header?.querySelector("input");
  const panel = header?.querySelector(".kb-search__panel");
  if (input && panel) {
    const box = new SearchBox(input, /** @type {HTMLElement} */ (panel), "kb-search-list");
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
  const panel = document.createElement("div");
  panel.className = "kb-hero__panel";
  panel.hidden = true;
  form.append(panel);
  const box = new SearchBox(input, panel, "kb-hero-list");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.openSelected() || box.search();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** An input and its panel of results. */
class SearchBox {
  /**
   * @param {HTMLInputElement | HTMLTextAreaElement} input
   * @param {HTMLElement} panel
   * @param {string} listId
   */
  constructor(input, panel, listId) {
    this.input = input;
    this.panel = panel;
    this.selected = -1;
    this.round = 0;
    /** @type {Record<string, HTMLSelectElement>} */
    this.selects = {};
    this.list = element("ul", "kb-search__results", { id: listId, role: "listbox", "aria-label": "Results" });
    this.status = element("p", "kb-search__status", { role: "status" });
    this.filters = element("div", "kb-search__filters", {});
    panel.append(this.filters, this.status, this.list);
    setAttributes(input, { "aria-autocomplete": "list", "aria-controls": listId });
    // A text area may not be a combobox (https://www.w3.org/TR/html-aria/), and so can't be expanded.
    if (input instanceof HTMLInputElement) setAttributes(input, { role: "combobox", "aria-expanded": "false" });
    input.addEventListener("focus", () => {
      this.prepare();
      if (this.query) this.open();
    });
    input.addEventListener("input", () => this.searchSoon());
    input.addEventListener("keydown", (event) => this.onKey(/** @type {KeyboardEvent} */ (event)));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(true);
    });
  }

  get query() {
    return this.input.value.trim();
  }

  /** Load the index and fill in the filters, once. */
  async prepare() {
    if (this.prepared) return this.prepared;
    this.prepared = pagefind().then(async (index) => {
      const known = await index.filters();
      for (const [name, label] of Object.entries(FILTERS)) {
        const select = element("select", "", { "aria-label": label.replace("Any ", "Filter by ") });
        select.append(new Option(label, ""));
        for (const [value, count] of Object.entries(known[name] ?? {})) {
          select.append(new Option(`${value} (${count})`, value));
        }
        select.addEventListener("change", () => this.search());
        this.selects[name] = select;
        this.filters.append(select);
      }
    });
    this.prepared.catch(() => {
      this.prepared = undefined;
    });
    return this.prepared;
  }

  searchSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), WAIT_MS);
  }

  async search() {
    const round = ++this.round;
    if (!this.query) return this.close();
    this.open();
    this.status.textContent = "Searching…";
    try {
      await this.prepare();
      const index = await pagefind();
      const { results, exact } = await find(index, this.query, this.chosenFilters());
      const found = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
      if (round === this.round) this.show(found, results.length, exact);
    } catch (error) {
      if (round !== this.round) return;
      this.list.replaceChildren();
      this.status.textContent = "The search index could not be loaded. Browse the products or tags instead.";
      console.error(error);
    }
  }

  /** @returns {Record<string, string>} */
  chosenFilters() {
    const chosen = Object.entries(this.selects).filter(([, select]) => select.value);
    return Object.fromEntries(chosen.map(([name, select]) => [name, select.value]));
  }

  /**
   * @param {Found[]} found
   * @param {number} total
   * @param {boolean} exact whether each page has all words of the query
   */
  show(found, total, exact) {
    this.selected = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((entry, number) => this.item(entry, number)));
    if (!total) this.status.textContent = "Nothing known about this yet. Try a code, or fewer and rarer words of the message.";
    else if (!exact) this.status.textContent = "No page has all of these words. The closest:";
    else this.status.textContent = `${total} ${total === 1 ? "result" : "results"}${total > SHOWN ? `, the first ${SHOWN}` : ""}`;
  }

  /**
   * @param {Found} entry
   * @param {number} number
   */
  item(entry, number) {
    const item = element("li", "", { role: "presentation" });
    const link = element("a", "kb-search__result", {
      role: "option",
      id: `${this.list.id}-${number}`,
      href: entry.url,
      tabindex: "-1",
      "aria-selected": "false",
    });
    const title = element("span", "kb-search__title", {});
    title.append(...highlighted(entry.meta.title ?? entry.url, this.query));
    const meta = element("span", "kb-search__meta", {});
    meta.textContent = entry.meta.product ?? "";
    const excerpt = element("span", "kb-search__excerpt", {});
    // The part before the first heading repeats the title: a section says more.
    const section = entry.sub_results.find(({ url }) => url.includes("#")) ?? entry;
    excerpt.append(...marked(section.excerpt));
    link.append(title, meta, excerpt);
    item.append(link);
    return item;
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
      this.openSelected() || this.search();
    }
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
    this.round += 1;
    this.panel.hidden = true;
    this.tellExpanded();
    this.input.removeAttribute("aria-activedescendant");
    if (focus) this.input.focus();
  }
}

/**
 * Pages that have all words of the query; where there are none, those that have most of its longest words.
 * @param {any} index
 * @param {string} query
 * @param {Record<string, string>} filters
 * @returns {Promise<{results: any[], exact: boolean}>}
 */
async function find(index, query, filters) {
  const { results } = await index.search(query, { filters });
  const words = [...new Set(query.match(/[\p{L}\p{N}_]{3,}/gu) ?? [])];
  if (results.length || words.length < 2) return { results, exact: true };
  words.sort((one, other) => other.length - one.length);
  /** @type {Map<string, {result: any, score: number}>} */
  const best = new Map();
  for (const word of words.slice(0, 8)) {
    const partial = await index.search(word, { filters });
    // A word that many pages have says little of any of them.
    const weight = 1 / Math.log2(2 + partial.results.length);
    for (const result of partial.results) {
      const entry = best.get(result.id) ?? { result, score: 0 };
      entry.score += weight;
      best.set(result.id, entry);
    }
  }
  const ranked = [...best.values()].sort((one, other) => other.score - one.score || (one.result.id < other.result.id ? -1 : 1));
  return { results: ranked.map(({ result }) => result), exact: false };
}

/**
 * Pagefind's excerpt as nodes: text, with its marks. Nothing else of it becomes an element.
 * @param {string} excerpt
 */
function marked(excerpt) {
  return excerpt.split(/<\/?mark>/).map((part, number) => {
    // The parser drops white space at the start of a body, so something else stands there.
    const text = new DOMParser().parseFromString(`<body>.${part}`, "text/html").body.textContent ?? "";
    return number % 2 ? mark(text.slice(1)) : text.slice(1);
  });
}

/**
 * Text with the words of a query marked.
 * @param {string} text
 * @param {string} query
 */
function highlighted(text, query) {
  const words = new Set(query.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  return text.split(/([\p{L}\p{N}_]+)/u).map((part) => (words.has(part.toLowerCase()) ? mark(part) : part));
}

/** @param {string} text */
function mark(text) {
  const made = document.createElement("mark");
  made.textContent = text;
  return made;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {Record<string, string>} attributes
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, className, attributes) {
  const made = document.createElement(name);
  if (className) made.className = className;
  setAttributes(made, attributes);
  return made;
}

/**
 * @param {Element} target
 * @param {Record<string, string>} attributes
 */
function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
