/** Which signatures a text may contain, and where. The twin of `kb/match/candidates.py`. */

import { bisectLeft, bisectRight } from "./bisect.js";
import { keyOf, keys } from "./keys.js";
import { cutLines } from "./lines.js";
import { prefixes } from "./noise.js";
import { LEAST_KEYS, MOST_KEYS } from "./tables.js";

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

  /** Whether the signature may be here as a whole: a line end may have cut some of its keys, but not the rarest. */
  get mayBeWhole() {
    return this.rarest.length > 0 && this.present >= MOST_KEYS * this.keys;
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
  for (const list of keys(reading.words, index.root.longest)) list.forEach(note);
  for (const [word, key] of rejoined(reading, index.root.longest)) note(key, word);
  for (const [word, key] of overPrefixes(reading, index.root.longest)) note(key, word);
  return new Map([...places].filter(([, words]) => words));
}

/**
 * The keys of words that a line end may have cut in two, made whole, alone and with their neighbours.
 * @param {Reading} reading
 * @param {number} longest
 * @returns {Iterable<[word: number, key: number]>}
 */
function* rejoined({ clean, folded, words, wordStarts }, longest) {
  for (const end of cutLines(clean, folded)) {
    const last = bisectRight(wordStarts, end) - 1;
    const around = [...words.slice(Math.max(0, last + 1 - longest), last), words[last] + words[last + 1]];
    const place = around.length - 1;
    around.push(...words.slice(last + 2, last + 1 + longest));
    for (let start = 0; start <= place; start += 1) {
      for (let stop = place + 1; stop <= Math.min(start + longest, around.length); stop += 1) {
        yield [last - place + start, keyOf(around.slice(start, stop))];
      }
    }
  }
}

/**
 * The keys of words that go on in the next line, behind what a logger put before it.
 * @param {Reading} reading
 * @param {number} longest
 * @returns {Iterable<[word: number, key: number]>}
 */
function* overPrefixes({ clean, words, wordStarts }, longest) {
  for (const [start, end] of prefixes(clean)) {
    const after = bisectLeft(wordStarts, start);
    const following = bisectLeft(wordStarts, end);
    for (let before = 1; before <= Math.min(longest - 1, after); before += 1) {
      for (let behind = 1; behind <= Math.min(longest - before, words.length - following); behind += 1) {
        const run = [...words.slice(after - before, after), ...words.slice(following, following + behind)];
        yield [after - before, keyOf(run)];
      }
    }
  }
}
