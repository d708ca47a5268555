/**
 * The page of all results: reads the words from its address (`/search/#q=…`, or `?q=…` as browsers' search engines have
 * it). Other words come into the address only when their reader asks for a link.
 */

import { element } from "../elements.js";
import { linkButton, linkedText } from "../linking.js";
import { Filters } from "./filters.js";
import { findByWords } from "./finding.js";
import { resultLink, statusOf, waysOn } from "./showing.js";
import { spoken } from "../words.js";

const WAIT_MS = 150;
/** Results that are shown at once; a button shows as many more. */
const STEP = 20;

/** The words that the address holds. */
const addressed = () => linkedText() ?? new URLSearchParams(location.search).get("q") ?? "";

/** @param {HTMLElement} page */
export function startResults(page) {
  const input = page.querySelector("input");
  const form = page.querySelector("form");
  if (input && form) new ResultsPage(page, form, input).start();
}

class ResultsPage {
  /**
   * @param {HTMLElement} page
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   */
  constructor(page, form, input) {
    this.form = form;
    this.input = input;
    this.newUrl = page.getAttribute("data-kb-new") ?? "";
    this.round = 0;
    this.top = STEP;
    const place = element("div", "kb-search__filters");
    this.filters = new Filters(place, () => this.searchAnew());
    this.status = element("p", "kb-search__status", { role: "status" });
    this.ways = element("div");
    this.list = element("ol", "kb-all__results");
    this.more = element("button", "kb-button kb-all__more", { type: "button" }, spoken`Show more`);
    this.more.hidden = true;
    page.append(place, this.status, this.ways, this.list, this.more);
    page.append(linkButton(() => this.input.value.trim(), spoken`Link to this search`));
  }

  start() {
    this.input.value = addressed();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.searchAnew();
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.searchAnew(), WAIT_MS);
    });
    this.more.addEventListener("click", async () => {
      const before = this.list.childElementCount;
      this.top += STEP;
      await this.search();
      // The button may be gone: who used the keyboard goes on at the first that was added.
      /** @type {HTMLElement | null | undefined} */ (this.list.children[before]?.querySelector("a"))?.focus();
    });
    this.search();
  }

  searchAnew() {
    clearTimeout(this.timer);
    this.top = STEP;
    return this.search();
  }

  async search() {
    const round = ++this.round;
    const query = this.input.value.trim();
    if (addressed() !== query) history.replaceState(null, "", location.pathname);
    try {
      await this.show(round, query);
    } catch (error) {
      if (round !== this.round) return;
      this.status.textContent = spoken`The index could not be loaded. Browse the products or tags instead.`;
      console.error(error);
    }
  }

  /**
   * @param {number} round
   * @param {string} query
   */
  async show(round, query) {
    if (!query) {
      this.status.textContent = spoken`Type a code, words of the message, or your own.`;
      this.more.hidden = true;
      return this.list.replaceChildren();
    }
    const found = await findByWords(query, { top: this.top, only: this.filters.chosen });
    if (round !== this.round) return;
    this.status.textContent = statusOf(found, found.results.length);
    this.ways.replaceChildren(...(found.isKnown ? [] : [waysOn(query, this.newUrl)]));
    this.list.replaceChildren(...found.results.map((result) => element("li", "", {}, resultLink(result, found))));
    this.more.hidden = found.results.length >= found.total;
    await this.filters.fill();
    this.filters.place.hidden = false;
  }
}
