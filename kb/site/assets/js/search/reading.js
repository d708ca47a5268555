/** Reading the index for a search over the network: each file once, and only when a query needs it. The twin of `reading.py`. */

import { stem } from "./terms.js";

const VERSION = 2;
/** An impact from which on an entry is about a term, as in `kb/match/search/postings.py`. */
export const TELLING = 64;

/** @typedef {{id: string, title: string, product: string, step: string, proven?: string, phrases: string[]}} Shown what a result shows */
/** @typedef {{id: string, name: string, first: number, terms: string[]}} ProductRange */
/** @typedef {{synonym: number, beginning: number, part: number, slip: number[], phrase: number, unknown: number, prose: number, value: number, elsewhere: number, about: number, other: number, draft: number, coverage: number, known: number[]}} Worth */
/** @typedef {{version: number, entries: number, drafts?: number, shards: number, per_block: number, letters: string, products: ProductRange[], worth: Worth, stop_words: string[], synonyms: Record<string, string[][]>}} Root */
/** @typedef {{entries: number, impacts: [number: number, impact: number][], about: number}} Postings the entries that have a term; how many are about it */
/** @typedef {(name: string) => Promise<ArrayBuffer>} ReadFile reads a file of the index by its name */

const DRAFTS = "draft:unreviewed";

/** @type {Postings} */
const NONE = { entries: 0, impacts: [], about: 0 };

/** The index as it is read. */
export class SearchIndex {
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** @type {Map<string, Postings>} */
  #postings = new Map();
  #read;

  /**
   * @param {ReadFile} read
   * @param {Root} root
   */
  constructor(read, root) {
    this.#read = read;
    this.root = root;
    this.stopWords = new Set(root.stop_words);
    this.stopStems = new Set(root.stop_words.map(stem));
    this.synonyms = new Map(Object.entries(root.synonyms));
  }

  /**
   * Open an index.
   * @param {ReadFile} read
   */
  static async open(read) {
    const root = JSON.parse(new TextDecoder().decode(await read("root.json")));
    if (root.version !== VERSION) throw new Error(`This index has format ${root.version}, not ${VERSION}.`);
    return new SearchIndex(read, root);
  }

  /**
   * Open the index that lies at an address.
   * @param {URL} folder
   */
  static fromUrl(folder) {
    return SearchIndex.open(async (name) => {
      const response = await fetch(new URL(name, folder));
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.arrayBuffer();
    });
  }

  /**
   * Fetch what is known of terms, all at once, so that `postings` has it.
   * @param {Iterable<string>} terms
   */
  async fetchPostings(terms) {
    const missing = [...new Set(terms)].filter((term) => !this.#postings.has(term));
    await Promise.all(
      missing.map(async (term) => {
        const shard = await this.#json(`terms/${shardOf(term, this.root.shards)}.json`);
        this.#postings.set(term, Object.hasOwn(shard, term) ? decoded(shard[term]) : NONE);
      }),
    );
  }

  /**
   * The entries that have a term; none where it was not fetched.
   * @param {string} term
   */
  postings(term) {
    return this.#postings.get(term) ?? NONE;
  }

  /** The entries that a model drafted and nobody has reviewed; a site built before there were any says none. */
  async drafts() {
    if (!this.root.drafts) return new Set();
    await this.fetchPostings([DRAFTS]);
    return new Set(this.postings(DRAFTS).impacts.map(([number]) => number));
  }

  /**
   * The terms in the file of a letter, in order, and how many entries have each.
   * @param {string} letter
   * @returns {Promise<[term: string, count: number][]>}
   */
  words(letter) {
    if (!this.root.letters.includes(letter)) return Promise.resolve([]);
    return this.#file(`words/${letter}.txt`, (text) =>
      text.split("\n").map((line) => {
        const [term, count] = line.split(" ");
        return [term, Number(count ?? 1)];
      }),
    );
  }

  /**
   * What a result shows of an entry.
   * @param {number} number
   * @returns {Promise<Shown>}
   */
  async shown(number) {
    const block = Math.floor(number / this.root.per_block);
    const shown = (await this.#json(`entries/${block}.json`))?.[number % this.root.per_block];
    if (!isShown(shown)) throw new Error(`entries/${block}.json: entry ${number} can't be read`);
    return shown;
  }

  /**
   * Tags and status of all entries, as terms, with the number of their entries.
   * @returns {Promise<Record<string, number>>}
   */
  facets() {
    return this.#json("facets.json");
  }

  /**
   * What else a word may mean, by the first of its forms that the synonyms have.
   * @param {string[]} keys
   * @returns {string[][]}
   */
  meantBy(keys) {
    const key = keys.find((each) => this.synonyms.has(each));
    return key === undefined ? [] : /** @type {string[][]} */ (this.synonyms.get(key));
  }

  /** @param {string} name */
  #json(name) {
    return this.#file(name, JSON.parse);
  }

  /**
   * @template Content
   * @param {string} name
   * @param {(text: string) => Content} parse
   * @returns {Promise<Content>}
   */
  #file(name, parse) {
    let file = this.#files.get(name);
    if (!file) {
      file = this.#read(name).then((content) => parse(new TextDecoder().decode(content)));
      this.#files.set(name, file);
      // What failed once, say while offline, may be asked for again.
      file.catch(() => this.#files.delete(name));
    }
    return file;
  }
}

/** @param {any} value */
function isShown(value) {
  const isText = (/** @type {unknown} */ each) => typeof each === "string";
  if (![value?.id, value?.title, value?.product, value?.step, value?.proven ?? ""].every(isText)) return false;
  return Array.isArray(value.phrases) && value.phrases.every(isText);
}

/**
 * @param {number[]} listed
 * @returns {Postings}
 */
function decoded([entries, ...numbers]) {
  /** @type {[number, number][]} */
  const impacts = [];
  let number = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    number += numbers[at];
    impacts.push([number, numbers[at + 1]]);
  }
  return { entries, impacts, about: impacts.filter(([, impact]) => impact >= TELLING).length };
}

/**
 * The shard that has a term: the FNV-1a hash of it, as in `kb/match/fixes.py`.
 * @param {string} term
 * @param {number} count
 */
function shardOf(term, count) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(term)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
