/** What the words of a query tell about each entry, by the index alone. The twin of `telling.py`. */

import { tells } from "./asking.js";

/** @typedef {import("./asking.js").Asked} Asked */
/** @typedef {import("./reading.js").SearchIndex} SearchIndex */
/** @typedef {{score: number, share: number}} Told what a word tells about an entry, and the share of it that is accounted for */
/** @typedef {Map<number, Map<number, Told>>} Telling number of an entry -> number of a word -> what it tells */

const MOST_IMPACT = 63;
const TELLING = 64;
const SAID = 0.6;

/**
 * What each word tells about each entry that filters leave: as much as the most telling of its meanings.
 * @param {Asked[]} asked
 * @param {SearchIndex} index
 * @param {Record<string, string>} only
 * @returns {Promise<Telling>}
 */
export async function tell(asked, index, only) {
  const allowed = await allowedBy(only, index);
  /** @type {Telling} */
  const told = new Map();
  for (const word of asked) {
    for (const meaning of word.meanings) {
      for (const [number, found] of sumsOf(meaning, index, allowed)) {
        const ofEntry = told.get(number) ?? new Map();
        told.set(number, ofEntry);
        const before = ofEntry.get(word.number) ?? found;
        const isMore = found.score > before.score || (found.score === before.score && found.share > before.share);
        ofEntry.set(word.number, isMore ? found : before);
      }
    }
  }
  return told;
}

/**
 * What the terms of a meaning tell together about each entry.
 * @param {import("./asking.js").Meaning} meaning
 * @param {SearchIndex} index
 * @param {Set<number> | undefined} allowed
 * @returns {Map<number, Told>}
 */
function sumsOf(meaning, index, allowed) {
  const part = meaning.worth / meaning.terms.length;
  const sums = new Map();
  for (const term of meaning.terms) {
    const weight = (part * tells(term, index)) / MOST_IMPACT;
    for (const [number, impact] of index.postings(term).impacts) {
      if (allowed && !allowed.has(number)) continue;
      const isAbout = impact >= TELLING;
      const { score, share } = sums.get(number) ?? { score: 0, share: 0 };
      sums.set(number, {
        score: score + weight * (isAbout ? impact - TELLING : impact),
        share: share + part * (isAbout ? 1 : index.root.worth.elsewhere),
      });
    }
  }
  return sums;
}

/**
 * The entries that filters leave; undefined where there are no filters.
 * @param {Record<string, string>} only
 * @param {SearchIndex} index
 * @returns {Promise<Set<number> | undefined>}
 */
async function allowedBy(only, index) {
  const filters = Object.entries(only);
  if (!filters.length) return undefined;
  await index.fetchPostings(filters.filter(([name]) => name !== "product").map(([name, value]) => `${name}:${value}`));
  const sets = filters.map(([name, value]) => {
    if (name === "product") return new Set(numbersOf(value, index));
    return new Set(index.postings(`${name}:${value}`).impacts.map(([number]) => number));
  });
  return new Set([...sets[0]].filter((number) => sets.every((set) => set.has(number))));
}

/**
 * The numbers of a product's entries.
 * @param {string} product
 * @param {SearchIndex} index
 */
function numbersOf(product, index) {
  const { products, entries } = index.root;
  const place = products.findIndex(({ id }) => id === product);
  if (place < 0) return [];
  const { first } = products[place];
  const end = products[place + 1]?.first ?? entries;
  return Array.from({ length: end - first }, (_, at) => first + at);
}

/** The products that a query names: entries of others are worth less, most of all if they aren't about it. */
export class NamedProducts {
  /** @type {Set<number>} */
  #places = new Set();
  /** @type {Set<number>} */
  #words = new Set();
  #worth;
  #firsts;

  /**
   * @param {Asked[]} asked
   * @param {SearchIndex} index
   */
  constructor(asked, index) {
    this.#worth = index.root.worth;
    this.#firsts = index.root.products.map(({ first }) => first);
    for (const word of asked) {
      index.root.products.forEach(({ terms }, place) => {
        if (!terms.some((term) => word.names.has(term))) return;
        this.#places.add(place);
        this.#words.add(word.number);
      });
    }
  }

  /**
   * What an entry is worth by its product, 0 to 1.
   * @param {number} number
   * @param {Map<number, Told>} told
   */
  worthOf(number, told) {
    if (!this.#places.size) return 1;
    const place = this.#firsts.findLastIndex((first) => first <= number);
    if (this.#places.has(place)) return 1;
    const isAbout = [...this.#words].some((word) => (told.get(word)?.share ?? 0) >= SAID);
    return isAbout ? this.#worth.about : this.#worth.other;
  }
}
