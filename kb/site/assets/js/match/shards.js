/** Reading an index over the network: each file once, and only when a text needs it. The twin of `shards.py`. */

import { piecesOf } from "./against.js";
import { KeyFilter } from "./filter.js";
import { keyOf } from "./keys.js";
import { partsOf, plan, render } from "./plan.js";
import { VERSION } from "./tables.js";

/** @typedef {{version: number, signatures: number, keys: number, shards: number, longest: number, filter: {seed: number, bits: number}}} Root */
/** @typedef {{text?: string, unless?: string[], platforms?: string[], draft?: boolean, symptom?: boolean}} More its own spelling, and what speaks against it */
/** @typedef {[posting: number, id: string, parts: string[], weights: string, more?: More]} Listed a signature as a shard lists it */
/** @typedef {(name: string) => Promise<ArrayBuffer>} ReadFile reads a file of the index by its name */

/** A signature of the index. */
export class Known {
  /** @type {Map<number, number[]> | undefined} */
  #anchors;

  /**
   * @param {number} number
   * @param {string} id
   * @param {string[]} listed its parts
   * @param {string} weights one digit of base 36 for each whole literal word
   * @param {More} [more]
   */
  constructor(number, id, listed, weights, { text, unless = [], platforms = [], draft, symptom } = {}) {
    const parts = partsOf(listed);
    this.number = number;
    this.id = id;
    this.text = text ?? render(parts);
    /** Texts that rule it out. */
    this.unless = piecesOf(unless);
    /** The only ones of its entry; none if nothing is known of others. */
    this.platforms = platforms;
    /** Whether nobody has reviewed its entry. */
    this.isDraft = draft === true;
    /** Whether it says only that something else failed. */
    this.isSymptom = symptom === true;
    this.plan = plan(parts);
    this.weights = [...weights].map((digit) => parseInt(digit, 36));
    this.weight = this.weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** Whether the signature may go over any number of lines. */
  get isLong() {
    return this.plan.slots.some((slot) => slot?.type === "lines");
  }

  /** Whether no whole word of it can be looked up. */
  get isLoose() {
    return this.weights.length === 0;
  }

  /** Where keys stand in the signature: the numbers of their first words. */
  get anchors() {
    if (this.#anchors) return this.#anchors;
    this.#anchors = new Map();
    const { words } = this.plan;
    for (let start = 0; start < words.length; start += 1) {
      for (let length = 1; length <= 3 && start + length <= words.length; length += 1) {
        const run = words.slice(start, start + length);
        if (run[length - 1].piece !== run[0].piece) continue;
        const key = keyOf(run.map((word) => word.text));
        this.#anchors.set(key, [...(this.#anchors.get(key) ?? []), start]);
      }
    }
    return this.#anchors;
  }
}

/** @param {unknown} record */
function isListed(record) {
  if (!Array.isArray(record)) return false;
  const [posting, id, parts, weights, more = {}] = record;
  return (
    Number.isSafeInteger(posting) &&
    typeof id === "string" &&
    areTexts(parts) &&
    typeof weights === "string" &&
    typeof more === "object" &&
    ["string", "undefined"].includes(typeof more?.text) &&
    areTexts(more?.unless ?? []) &&
    areTexts(more?.platforms ?? [])
  );
}

/** @param {unknown} value */
const areTexts = (value) => Array.isArray(value) && value.every((text) => typeof text === "string");

/**
 * @param {number} number
 * @param {string} id
 * @param {string[]} parts
 * @param {string} weights
 * @param {More} [more]
 */
function knownOf(number, id, parts, weights, more) {
  try {
    return new Known(number, id, parts, weights, more);
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** The files of an index, read as they are needed. */
export class Index {
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** @type {Map<number, Listed>} */
  #listed = new Map();
  /** @type {Map<number, Known | null>} */
  #known = new Map();
  #read;
  #filter;
  /** @type {unknown} why a shard could not be had: what others know is an answer, but that nothing is known is none */
  failure;

  /**
   * @param {ReadFile} read
   * @param {Root} root
   * @param {Uint8Array} filter
   */
  constructor(read, root, filter) {
    this.#read = read;
    this.root = root;
    this.#filter = new KeyFilter(filter, root.keys, root.filter);
  }

  /**
   * Open an index; reads the two files that every text needs.
   * @param {ReadFile} read
   */
  static async open(read) {
    const [root, filter] = await Promise.all([read("root.json"), read("filter.bin")]);
    const said = JSON.parse(new TextDecoder().decode(root));
    if (said.version !== VERSION) throw new Error(`This index has format ${said.version}, not ${VERSION}.`);
    return new Index(read, said, new Uint8Array(filter));
  }

  /**
   * Whether a key may be in the index.
   * @param {number} key
   */
  mayHave(key) {
    return this.#filter.has(key);
  }

  /**
   * The signatures that have these keys, as the index lists them. Fetches what it needs at once, and the signatures
   * with it, so that `signature` has them.
   * @param {number[]} keys
   * @returns {Promise<Map<number, number[]>>}
   */
  async postings(keys) {
    const found = new Map();
    await Promise.all(
      keys.map(async (key) => {
        const shard = await this.#json(`shards/${key % this.root.shards}.json`).catch((error) => {
          this.failure = error;
        });
        const records = shard?.[key.toString(36)];
        /** @type {Listed[]} what is no record of a signature is none */
        const listed = (Array.isArray(records) ? records : []).filter(isListed);
        for (const one of listed) this.#listed.set(Math.floor(one[0] / 64), one);
        if (listed.length)
          found.set(
            key,
            listed.map(([posting]) => posting),
          );
      }),
    );
    return found;
  }

  /**
   * A signature that `postings` named; null where what the index has of it is none.
   * @param {number} number
   * @returns {Known | null}
   */
  signature(number) {
    let known = this.#known.get(number);
    if (known === undefined) {
      const [, id, parts, weights, more] = /** @type {Listed} */ (this.#listed.get(number));
      known = knownOf(number, id, parts, weights, more);
      this.#known.set(number, known);
    }
    return known;
  }

  /** @param {string} name */
  #json(name) {
    let file = this.#files.get(name);
    if (!file) {
      file = this.#read(name).then((content) => JSON.parse(new TextDecoder().decode(content)));
      this.#files.set(name, file);
      // What failed once, say while offline, may be asked for again.
      file.catch(() => this.#files.delete(name));
    }
    return file;
  }
}
