/** The wording of an error without any value in it: what may be told of a message. The twin of `kb/match/wording.py`. */

import { applyEdits, decode } from "./noise.js";
import * as tables from "./tables.js";

const QUOTED = new RegExp(tables.QUOTED, "gu");
const WORD = new RegExp(`^(?:${tables.WORD})$`, "u");
const NAMING = new Set(tables.NAMING);
const NOT_NAMES = new Set(tables.NOT_NAMES);
const EDGES = new Set(tables.EDGES);
/** White space as Python sees it. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * The words of an error on one line, with `*` in place of all that may be a value. Twice gives the same as once.
 * @param {string} text
 */
export function withoutValues(text) {
  const start = firstPoints(text, tables.MOST_CHARACTERS);
  const lines = applyEdits(start, decode(start))
    .split("\n")
    .filter((line) => wordsOf(line).length);
  /** @type {string[]} */
  const kept = [];
  for (const line of lines.slice(0, tables.MOST_LINES)) {
    let before = "";
    for (const token of wordsOf(firstPoints(line, tables.LONGEST_LINE).replace(QUOTED, " * "))) {
      const bare = withoutEdges(token);
      let word = WORD.test(bare) ? bare : "*";
      if (NAMING.has(before) && !NOT_NAMES.has(word.toLowerCase())) word = "*";
      before = word.toLowerCase();
      if (word !== "*" || kept.at(-1) !== "*") kept.push(word);
    }
  }
  return kept.slice(0, tables.MOST_WORDS).join(" ");
}

/**
 * As many characters from the start of a text, as Python counts them.
 * @param {string} text
 * @param {number} count
 */
const firstPoints = (text, count) =>
  text.length <= count
    ? text
    : Array.from(text.slice(0, 2 * count))
        .slice(0, count)
        .join("");

/** @param {string} line */
const wordsOf = (line) => line.split(SPACE).filter(Boolean);

/** @param {string} token */
function withoutEdges(token) {
  let start = 0;
  let end = token.length;
  while (start < end && EDGES.has(token[start])) start += 1;
  while (start < end && EDGES.has(token[end - 1])) end -= 1;
  return token.slice(start, end);
}
