/** A pasted text as the matcher reads it: without noise, with the way back. The twin of `kb/match/reading.py`. */

import { bisectLeft, bisectRight } from "./bisect.js";
import { find, findLast, goesOnAnew, mayBeWrapped } from "./lines.js";
import { applyEdits, decode, fold, foldWithoutPrefixes } from "./noise.js";
import { RUN, WORD } from "./words.js";
import { ELIDED, MARKS, MAX_VALUE, MAX_WRAPS } from "./tables.js";

/** A folded text without its white space: messages that were wrapped differently have the same skeleton. */
export class Skeleton {
  /** @type {Map<number, boolean>} */
  #wraps = new Map();

  /**
   * @param {string} folded
   * @param {string} clean what was folded, which is as long
   */
  constructor(folded, clean) {
    this.folded = folded;
    this.clean = clean;
    const pieces = [];
    /** Where a run of text begins in the skeleton, and in the clean text. @type {number[]} */
    this.runs = [];
    /** @type {number[]} */
    this.starts = [];
    let length = 0;
    for (const run of folded.matchAll(RUN)) {
      pieces.push(run[0]);
      this.runs.push(length);
      this.starts.push(run.index);
      length += run[0].length;
    }
    this.text = pieces.join("");
  }

  /**
   * Where a character of the skeleton stands in the clean text.
   * @param {number} at
   */
  inClean(at) {
    const run = bisectRight(this.runs, at) - 1;
    return this.starts[run] + at - this.runs[run];
  }

  /**
   * Where the clean text goes on after the skeleton's first `at` characters, white space not skipped.
   * @param {number} at
   */
  afterInClean(at) {
    return at ? this.inClean(at - 1) + 1 : 0;
  }

  /**
   * Where a character of the clean text, or the first one after it that isn't white space, stands here.
   * @param {number} at
   */
  ofClean(at) {
    const run = bisectRight(this.starts, at) - 1;
    if (run < 0) return 0;
    const end = run + 1 < this.runs.length ? this.runs[run + 1] : this.text.length;
    return Math.min(this.runs[run] + at - this.starts[run], end);
  }

  /**
   * White space strictly inside `start..end`, as offsets from `start`.
   * @param {number} start
   * @param {number} end
   */
  gaps(start, end) {
    const gaps = [];
    for (let run = bisectRight(this.runs, start); run < this.runs.length && this.runs[run] < end; run += 1) {
      gaps.push(this.runs[run] - start);
    }
    return gaps;
  }

  /**
   * Whether white space, or the text's end, stands before this place.
   * @param {number} at
   */
  isGap(at) {
    return at >= this.text.length || this.runs[bisectLeft(this.runs, at)] === at;
  }

  /**
   * Whether a line end of the clean text may be one that a terminal put in.
   * @param {number} newline
   */
  wraps(newline) {
    let known = this.#wraps.get(newline);
    if (known === undefined) this.#wraps.set(newline, (known = mayBeWrapped(this.clean, this.folded, newline)));
    return known;
  }

  /**
   * The last place, from `at` on, where something may stand that follows a value of one line.
   * @param {number} at
   */
  lineEnd(at) {
    const start = this.afterInClean(at);
    const limit = start + MAX_VALUE;
    let place = start;
    for (let line = 0; line < MAX_WRAPS; line += 1) {
      const newline = find(this.folded, "\n", place, limit);
      if (newline < 0) return this.ofClean(Math.min(limit, this.folded.length));
      const isBefore = !/[^ \n]/.test(this.folded.slice(start, newline));
      if (isBefore ? goesOnAnew(this.folded, newline) : !this.wraps(newline)) return this.ofClean(newline);
      place = newline + 1;
    }
    return this.ofClean(place);
  }

  /**
   * The first place, up to `at`, where something may end that a value of one line follows.
   * @param {number} at
   */
  lineStart(at) {
    const end = at < this.text.length ? this.inClean(at) : this.folded.length;
    const limit = Math.max(0, end - MAX_VALUE);
    let place = end;
    for (let line = 0; line < MAX_WRAPS; line += 1) {
      const newline = findLast(this.folded, "\n", limit, place);
      if (newline < 0) return this.ofClean(limit);
      if (/[^ \n]/.test(this.folded.slice(newline, end)) && !this.wraps(newline)) return this.ofClean(newline);
      place = newline;
    }
    return this.ofClean(place);
  }

  /**
   * The first places after `start` with white space before them.
   * @param {number} start
   * @param {number} count
   */
  nextGaps(start, count) {
    const first = bisectRight(this.runs, start);
    return this.runs.slice(first, first + count);
  }

  /**
   * The last places before `end` with white space before them, the last first.
   * @param {number} end
   * @param {number} count
   */
  lastGaps(end, count) {
    const last = bisectLeft(this.runs, end);
    return this.runs.slice(Math.max(1, last - count), Math.max(1, last)).reverse();
  }

  /**
   * Whether a line ends before this place.
   * @param {number} at
   */
  breaks(at) {
    return find(this.folded, "\n", this.afterInClean(at), this.inClean(at)) >= 0;
  }
}

/** A text in the forms that matching needs. `clean` and `folded` have the same length. */
export class Reading {
  /** @type {number[]} */
  #places = [];
  /** @type {number[]} */
  #origins = [];
  /** @type {number[]} */
  #ends = [];
  /** @type {Skeleton | undefined} */
  #skeleton;
  /** @type {Skeleton | null | undefined} */
  #bare;

  /** @param {string} pasted */
  constructor(pasted) {
    this.pasted = pasted;
    const edits = decode(pasted);
    this.clean = applyEdits(pasted, edits);
    this.folded = fold(this.clean);
    this.#note(edits);
    /** @type {string[]} */
    this.words = [];
    /** @type {number[]} */
    this.wordStarts = [];
    for (const word of this.folded.matchAll(WORD)) {
      this.words.push(word[0]);
      this.wordStarts.push(word.index);
    }
  }

  /**
   * Where a character of the pasted text stands in the clean text, or what follows it if it was taken away.
   * @param {number} origin
   */
  place(origin) {
    const edit = bisectRight(this.#origins, origin) - 1;
    if (edit < 0) return origin;
    const following = edit + 1 < this.#places.length ? this.#places[edit + 1] : this.clean.length;
    return Math.min(this.#places[edit] + origin - this.#origins[edit], following);
  }

  /** The text without white space, frames and gutters. */
  get skeleton() {
    this.#skeleton ??= new Skeleton(this.folded, this.clean);
    return this.#skeleton;
  }

  /** The same without log prefixes; `null` if there are none to take away. */
  get bare() {
    if (this.#bare === undefined) {
      const folded = foldWithoutPrefixes(this.clean);
      this.#bare = folded === null ? null : new Skeleton(folded, this.clean);
    }
    return this.#bare;
  }

  /**
   * Where a character of the clean text stands in the pasted text.
   * @param {number} at
   */
  origin(at) {
    const edit = bisectRight(this.#places, at) - 1;
    if (edit < 0) return at;
    return this.#ends[edit] >= 0 ? this.#origins[edit] : this.#origins[edit] + at - this.#places[edit];
  }

  /**
   * Where, in the pasted text, the clean text's first `at` characters end.
   * @param {number} at
   */
  originEnd(at) {
    const edit = bisectLeft(this.#places, at) - 1;
    if (edit < 0) return at;
    return this.#ends[edit] >= 0 ? this.#ends[edit] : this.#origins[edit] + at - this.#places[edit];
  }

  /**
   * Whether at most so many words stand before a word in its line.
   * @param {number} word
   * @param {number} within
   */
  startsLine(word, within) {
    return word <= within || this.#breaksBetween(word - within - 1, word);
  }

  /**
   * Whether at most so many words stand after a word in its line.
   * @param {number} word
   * @param {number} within
   */
  endsLine(word, within) {
    return word + within >= this.words.length - 1 || this.#breaksBetween(word, word + within + 1);
  }

  /**
   * What stands between a word and the one before it, without white space.
   * @param {number} word
   */
  marksBefore(word) {
    const start = this.wordStarts[word];
    const before = word ? this.wordStarts[word - 1] + this.words[word - 1].length : 0;
    return marks(this.folded.slice(Math.max(before, start - MARKS), start));
  }

  /**
   * What stands between a word and the next one, or its line's end, without white space.
   * @param {number} word
   */
  marksAfter(word) {
    const end = this.wordStarts[word] + this.words[word].length;
    const following = this.wordStarts[word + 1] ?? this.folded.length;
    return marks(this.folded.slice(end, Math.min(following, end + MARKS)).split("\n", 1)[0]);
  }

  /**
   * What stands after a word in its line; nothing if that is long.
   * @param {number} word
   */
  lineAfter(word) {
    const end = this.wordStarts[word] + this.words[word].length;
    const [line, ...more] = this.folded.slice(end, end + MARKS).split("\n", 2);
    return more.length > 0 || end + MARKS >= this.folded.length ? line : "";
  }

  /**
   * Whether the line of a word goes on with `...` soon after it.
   * @param {number} word
   */
  isElidedAfter(word) {
    const start = this.wordStarts[word];
    return this.folded
      .slice(start, start + ELIDED)
      .split("\n", 1)[0]
      .includes("...");
  }

  /**
   * @param {number} word
   * @param {number} other
   */
  #breaksBetween(word, other) {
    return find(this.folded, "\n", this.wordStarts[word], this.wordStarts[other]) >= 0;
  }

  /**
   * Note where edits lie in the clean text: what was replaced, with its end; then what follows, with the end -1.
   * @param {import("./noise.js").Edit[]} edits
   */
  #note(edits) {
    let removed = 0;
    for (const [start, end, meant] of edits) {
      const place = start - removed;
      if (meant) {
        this.#places.push(place);
        this.#origins.push(start);
        this.#ends.push(end);
      }
      this.#places.push(place + meant.length);
      this.#origins.push(end);
      this.#ends.push(-1);
      removed += end - start - meant.length;
    }
  }
}

/** @param {string} text */
function marks(text) {
  return text.replace(/[ \n]/g, "");
}
