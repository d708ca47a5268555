/** Filters of a search: by product, tag and status, with the number of entries behind each. */

import { element } from "../elements.js";
import { openIndex } from "./finding.js";
import { spoken } from "../words.js";

const NAMES = /** @type {const} */ ({
  product: spoken`Filter by product`,
  tag: spoken`Filter by tag`,
  status: spoken`Filter by status`,
});
const LABELS = /** @type {const} */ ({
  product: spoken`Any product`,
  tag: spoken`Any tag`,
  status: spoken`Any status`,
});

/** Three lists to choose from. They are filled when they are first needed. */
export class Filters {
  /** @type {Map<string, HTMLSelectElement>} */
  #selects = new Map();
  /** @type {Map<string, string>} what a list offers -> what the index calls it */
  #values = new Map();
  #onChange;
  #statuses;
  /** @type {Promise<void> | undefined} */
  #filled;

  /**
   * @param {HTMLElement} place
   * @param {() => void} onChange
   */
  constructor(place, onChange) {
    this.place = place;
    this.#onChange = onChange;
    const said = document.querySelector("[data-kb-statuses]")?.getAttribute("data-kb-statuses");
    /** @type {Record<string, string>} */
    this.#statuses = JSON.parse(said ?? "{}");
    place.hidden = true;
  }

  /** Fill in what there is to choose from, once. A failure is not kept. */
  fill() {
    this.#filled ??= this.#fill();
    this.#filled.catch(() => {
      this.#filled = undefined;
    });
    return this.#filled;
  }

  async #fill() {
    const index = await openIndex();
    const facets = Object.entries(await index.facets());
    const { products, entries } = index.root;
    const counted = products.map(({ id, name, first }, at) => ({
      term: id,
      name,
      count: (products[at + 1]?.first ?? entries) - first,
    }));
    this.#add("product", counted);
    this.#add("tag", termsOf("tag", facets));
    const statuses = termsOf("status", facets);
    this.#add(
      "status",
      statuses.map(({ term, count }) => ({ term, name: this.#statuses[term] ?? term, count })),
    );
  }

  /**
   * @param {keyof typeof LABELS} kind
   * @param {{term: string, name: string, count: number}[]} choices
   */
  #add(kind, choices) {
    const select = element("select", "", { "aria-label": NAMES[kind] });
    select.append(new Option(LABELS[kind], ""));
    for (const { term, name, count } of choices.sort((one, other) =>
      one.name.localeCompare(other.name, document.documentElement.lang),
    )) {
      select.append(new Option(`${name} (${count})`, name));
      this.#values.set(`${kind}:${name}`, term);
    }
    select.addEventListener("change", this.#onChange);
    this.#selects.set(kind, select);
    this.place.append(select);
  }

  /** What is chosen, as a search takes it. */
  get chosen() {
    const chosen = [...this.#selects].filter(([, { value }]) => value);
    return Object.fromEntries(chosen.map(([kind, { value }]) => [kind, this.#values.get(`${kind}:${value}`) ?? value]));
  }
}

/**
 * @param {string} kind
 * @param {[string, number][]} facets
 */
function termsOf(kind, facets) {
  return facets
    .filter(([term]) => term.startsWith(`${kind}:`))
    .map(([term, count]) => ({ term: term.slice(kind.length + 1), name: term.slice(kind.length + 1), count }));
}
