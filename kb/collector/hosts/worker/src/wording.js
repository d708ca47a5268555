/**
 * The wording of an error without any value in it: a word stays if it is a plain word, a name in CamelCase or in
 * CAPITALS, or a code as compilers print them. Everything else becomes `*`. The twin of `kb/match/wording.py`.
 */

import { decode } from "./match/noise.js";
import { EDGES, LEFT, LONGEST_LINE, MOST_LINES, MOST_WORDS, NAMING, NOT_NAMES, QUOTED, WORD } from "./tables.js";

const ANY_QUOTED = new RegExp(QUOTED.replaceAll("\\w", "[\\p{L}\\p{N}_]"), "gu");
const WHOLE_WORD = new RegExp(`^(?:${WORD})$`, "u");
const NAMES_FOLLOW = new Set(NAMING);
const SAYS_SOMETHING = new Set(NOT_NAMES);
const ON_EDGES = new Set(EDGES);
// What Python takes for white space.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * The words of an error on one line. Twice gives the same as once.
 * @param {string} text
 */
export function withoutValues(text) {
  /** @type {string[]} */
  const kept = [];
  for (const line of linesOf(text).slice(0, MOST_LINES)) {
    let before = "";
    for (const token of line.slice(0, LONGEST_LINE).replace(ANY_QUOTED, " * ").split(SPACE).filter(Boolean)) {
      const bare = stripped(token);
      let word = WHOLE_WORD.test(bare) ? bare : "*";
      if (NAMES_FOLLOW.has(before) && !SAYS_SOMETHING.has(word.toLowerCase())) word = "*";
      before = word.toLowerCase();
      if (word !== "*" || kept.at(-1) !== "*") kept.push(word);
    }
  }
  return kept.slice(0, MOST_WORDS).join(" ").slice(0, LEFT);
}

/** @param {string} text */
function linesOf(text) {
  let clean = "";
  let at = 0;
  for (const [start, end, meant] of decode(text)) {
    clean += text.slice(at, start) + meant;
    at = end;
  }
  return (clean + text.slice(at)).split("\n").filter((line) => line.replace(SPACE, ""));
}

/** @param {string} token */
function stripped(token) {
  let [start, end] = [0, token.length];
  while (start < end && ON_EDGES.has(token[start])) start += 1;
  while (start < end && ON_EDGES.has(token[end - 1])) end -= 1;
  return token.slice(start, end);
}
