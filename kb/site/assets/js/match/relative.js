/** Relative Windows paths, whose backslashes are no escapes. The twin of `kb/match/relative.py`, which says more. */

import { PATH, PATH_REACH } from "./tables.js";

const IN_RUN = /[A-Za-z0-9_@.\\-]/;

const WHOLE_PATH = new RegExp(`^(?:${PATH})$`);

/** The relative paths of one text, asked for by places in it, in order. */
export class RelativePaths {
  #text;
  #end = 0;
  #isPath = false;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * Whether the backslash at a place is one of a path.
   * @param {number} at
   */
  holds(at) {
    if (at >= this.#end) {
      const [first, last] = [Math.max(this.#end, at - PATH_REACH), Math.min(this.#text.length, at + PATH_REACH)];
      let start = at;
      while (start > first && IN_RUN.test(this.#text[start - 1])) start -= 1;
      this.#end = at;
      while (this.#end < last && IN_RUN.test(this.#text[this.#end])) this.#end += 1;
      this.#isPath = isPath(this.#text.slice(start, this.#end).replace(/\.{1,9}$/, ""));
    }
    return this.#isPath;
  }
}

/** @param {string} run */
function isPath(run) {
  if (!WHOLE_PATH.test(run)) return false;
  const letters = new Set([...run.matchAll(/\\([^\\])/g)].map(([, letter]) => letter));
  return letters.size > 1 || !["n", "r", "t"].some((letter) => letters.has(letter));
}
