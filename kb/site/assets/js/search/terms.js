/** From words as people write them to terms, the forms under which they are looked up. The twin of `terms.py`. */

import { fold } from "../match/noise.js";
import { RUN, WORD } from "../match/words.js";

const LONGEST = 60;
const PARTS = /[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const CODE = /^[A-Za-z]{1,3}[0-9]{3,}[A-Za-z]?$/;
const MOST_PARTS = 8;
const NEGATED = /n['\u2019]t(?![A-Za-z])/g;

const SHORT = /^[^aeiou][aeiou][^aeiouwxy]$/;

const ENDINGS = [
  ["sses", "ss"],
  ["ies", "y"],
  ["ied", "y"],
  ["ations", "ate"],
  ["ation", "ate"],
  ["ically", "ic"],
  ["ments", "ment"],
  ["ings", ""],
  ["ing", ""],
  ["edly", ""],
  ["ed", ""],
  ["ers", "er"],
  ["ly", ""],
  ["ches", "ch"],
  ["shes", "sh"],
  ["ses", "s"],
  ["xes", "x"],
  ["s", ""],
];

/** @typedef {{text: string, terms: string[], run: number}} Word a word, folded, its terms, and its place between white space */

/**
 * The words of a text in order, those without weight too.
 * @param {string} text
 * @returns {Word[]}
 */
export function wordsIn(text) {
  const meant = text.replace(NEGATED, "nt");
  return [...fold(meant).matchAll(RUN)].flatMap(({ 0: part, index: start }, run) =>
    [...part.matchAll(WORD)]
      .map(({ 0: word, index }) => meant.slice(start + index, start + index + word.length))
      .filter((written) => [...written].length <= LONGEST)
      .map((written) => ({ ...wordOf(written), run })),
  );
}

/** @param {string} written */
function wordOf(written) {
  const text = fold(written);
  const parts = CODE.test(written) ? [] : (written.match(PARTS) ?? []).slice(0, MOST_PARTS);
  const terms = [stem(text)];
  if (parts.length > 1) terms.push(...parts.filter((part) => part.length > 1).map((part) => stem(part.toLowerCase())));
  return { text, terms: [...new Set(terms)] };
}

/**
 * What the forms of a word have in common, roughly.
 * @param {string} word
 */
export function stem(word) {
  if (word.length < 4 || !/^[A-Za-z]+$/.test(word)) return word;
  const [ending, instead] = ENDINGS.find(([end]) => endsIn(word, end)) ?? ["", ""];
  let found = word.slice(0, word.length - ending.length) + instead;
  if ((ending === "ed" || ending === "ing") && SHORT.test(found)) return `${found}e`;
  if (found.length > 3 && found.at(-1) === found.at(-2) && !/[lsz]$/.test(found)) found = found.slice(0, -1);
  return found.length > 4 && found.endsWith("e") ? found.slice(0, -1) : found;
}

/**
 * @param {string} word
 * @param {string} ending
 */
function endsIn(word, ending) {
  return word.endsWith(ending) && word.length - ending.length >= 3 && !(ending === "s" && /(?:ss|us|is)$/.test(word));
}
