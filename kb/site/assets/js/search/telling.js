/** What the words of a query tell about each entry, by the index alone. The twin of `telling.py`. */

import { tells } from "./asking.js";
import { TELLING } from "./reading.js";

/** @typedef {import("./asking.js").Asked} Asked */
/** @typedef {import("./reading.js").SearchIndex} SearchIndex */
/** @typedef {{score: number, share: number}} Told what a word tells about an entry, and the share of it that is accounted for */
/** @typedef {Map<number, Map<number, Told>>} Telling number of an entry -> number of a word -> what it tells */

const MOST_IMPACT = 63;
/** The share from which on an entry is about a word. */
export const SAID = 0.6;

/** @type {Told} */
export const NOTHING = { score: 0, share: 0 };

/**
 * What each word tells about each entry that filters leave: as much as each of its meanings does.
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
        const { score, share } = ofEntry.get(word.number) ?? NOTHING;
        ofEntry.set(word.number, { score: Math.max(score, found.score), share: Math.max(share, found.share) });
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
      const { score, share } = sums.get(number) ?? NOTHING;
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
  /**
   * The words of the query that name one.
   * @type {Set<number>}
   */
  words = new Set();
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
        this.words.add(word.number);
      });
    }
  }

  /**
   * Whether an entry is one of theirs.
   * @param {number} number
   */
  has(number) {
    return this.#places.has(this.#firsts.findLastIndex((first) => first <= number));
  }

  /**
   * What an entry is worth by its product, 0 to 1.
   * @param {number} number
   * @param {Map<number, Told>} told
   */
  worthOf(number, told) {
    if (!this.#places.size || this.has(number)) return 1;
    const isAbout = [...this.words].some((word) => (told.get(word)?.share ?? 0) >= SAID);
    return isAbout ? this.#worth.about : this.#worth.other;
  }
}
