/** Which signatures a text may contain, and where. The twin of `kb/match/candidates.py`. */

import { bisectRight } from "./bisect.js";
import { crc32, extend, keys } from "./keys.js";
import { find, MIN_WIDTH } from "./lines.js";
import { CUT_WORD } from "./words.js";

const LEAST_KEYS = 0.2;

/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./shards.js").Index} Index */
/** @typedef {{key: number, words: number[]}} Hits a key of the index in a text: the words where it begins */

/** A signature that a text may contain: where its rarest key and where its other keys stand. */
export class Candidate {
  /** @type {Hits[]} */
  rarest = [];
  /** @type {Hits[]} */
  others = [];

  /**
   * @param {number} number
   * @param {number} keys
   */
  constructor(number, keys) {
    this.number = number;
    this.keys = keys;
  }

  /** Whether the signature may be here as a whole. */
  get mayBeWhole() {
    return this.rarest.length > 0 && (this.keys === 1 || this.others.length > 0);
  }

  /** Whether enough of the signature may be here. */
  get mayBePart() {
    return this.present >= Math.max(LEAST_KEYS * this.keys, Math.min(2, Math.floor(this.keys / 2)));
  }

  /** How many of the signature's keys are here. */
  get present() {
    return this.rarest.length + this.others.length;
  }
}

/**
 * The signatures whose keys stand in a text, in the order of the index.
 * @param {Index} index
 * @param {Reading} reading
 */
export async function candidates(index, reading) {
  const places = placesOfKeys(index, reading);
  const values = [...places.keys()].sort((one, other) => one - other);
  const postings = await index.postings(values);
  /** @type {Map<number, Candidate>} */
  const found = new Map();
  for (const key of values) {
    const words = /** @type {number[]} */ (places.get(key)).sort((one, other) => one - other);
    for (const posting of postings.get(key) ?? []) {
      const number = Math.floor(posting / 64);
      let candidate = found.get(number);
      if (!candidate) found.set(number, (candidate = new Candidate(number, (posting >> 1) & 31)));
      (posting & 1 ? candidate.rarest : candidate.others).push({ key, words });
    }
  }
  return [...found.values()].sort((one, other) => one.number - other.number);
}

/**
 * The words at which each key stands.
 * @param {Index} index
 * @param {Reading} reading
 */
function placesOfKeys(index, reading) {
  /** @type {Map<number, number[] | null>} */
  const places = new Map();
  /** @param {number} key @param {number} word */
  const note = (key, word) => {
    const known = places.get(key);
    if (known) known.push(word);
    else if (known === undefined) places.set(key, index.mayHave(key) ? [word] : null);
  };
  const values = keys(reading.words, index.root.longest);
  values.forEach((list) => list.forEach(note));
  for (const [word, key] of rejoined(reading, values)) note(key, word);
  return new Map([...places].filter(([, words]) => words));
}

/**
 * The keys of words that a line end may have cut in two, made whole, alone and with their neighbours.
 * @param {Reading} reading
 * @param {number[][]} values
 * @returns {Iterable<[word: number, key: number]>}
 */
function* rejoined({ folded, words, wordStarts }, values) {
  const longest = values.length;
  for (const line of folded.matchAll(CUT_WORD)) {
    if (find(folded, "\n", line.index - MIN_WIDTH, line.index) >= 0) continue;
    const last = bisectRight(wordStarts, line.index) - 1;
    const whole = crc32(words[last] + words[last + 1]);
    for (let before = 0; before < Math.min(longest, last + 1); before += 1) {
      let key = extend(before ? values[before - 1][last - before] : 0, whole);
      yield [last - before, key];
      for (const following of words.slice(last + 2, last + 1 + longest - before)) {
        key = extend(key, crc32(following));
        yield [last - before, key];
      }
    }
  }
}
