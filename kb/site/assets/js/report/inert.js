/**
 * Foreign text made inert: without what can't be seen, and escaped for the place where it is shown. The twin of
 * `kb/github/report/inert.py`, where the rules are explained.
 */

import { INERT } from "./tables.js";

const { LONGEST } = INERT;
const TERMINAL = new RegExp(INERT.TERMINAL, "gu");
const UNSEEN = new RegExp(INERT.UNSEEN, "gu");
const HALF = new RegExp(INERT.HALF, "gu");
const LINE_END = new RegExp(INERT.LINE_END, "gu");
const SPACES = new RegExp(INERT.SPACES, "gu");

/**
 * The first characters of a text. A character beyond the 65,536 first of Unicode counts as one, as it does in Python.
 * @param {string} text
 * @param {number} most
 */
export function firstOf(text, most) {
  if (text.length <= most) return text;
  return [...text.slice(0, 2 * most)].slice(0, most).join("");
}

/** @param {string} text */
export function clean(text) {
  return firstOf(text, LONGEST)
    .replace(TERMINAL, "")
    .replace(LINE_END, "\n")
    .replace(UNSEEN, "")
    .replace(HALF, "\ufffd");
}

/**
 * @param {string} text
 * @param {number} most
 */
export function oneLine(text, most) {
  return shortened(stripped(clean(text).replace(SPACES, " "), " "), most);
}

/**
 * @param {string} text
 * @param {number} most
 */
export function shortened(text, most) {
  if (text.length <= most || [...text].length <= most) return text;
  return `${stripped(firstOf(text, most - 1), " ", false)}…`;
}

/**
 * Text without some characters at its ends.
 * @param {string} text
 * @param {string} characters
 * @param {boolean} start whether at its start, too
 */
export function stripped(text, characters, start = true) {
  let first = 0;
  let last = text.length;
  while (start && first < last && characters.includes(text[first])) first += 1;
  while (last > first && characters.includes(text[last - 1])) last -= 1;
  return text.slice(first, last);
}

const MARKDOWN = new RegExp(INERT.MARKDOWN, "g");
const ISSUE = new RegExp(INERT.ISSUE, "g");
const ADDRESS = new RegExp(INERT.ADDRESS, "g");
const LIST_START = new RegExp(INERT.LIST_START);

/**
 * A line as Markdown that shows it and does nothing.
 * @param {string} line
 */
export function markdown(line) {
  return line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(MARKDOWN, "\\$&")
    .replaceAll("@", "@&#8203;")
    .replace(ISSUE, "$1&#8203;")
    .replace(ADDRESS, (found) => (found === "://" ? ":\\//" : `${found}&#8203;`))
    .replace(LIST_START, "$1\\$2");
}

/**
 * Text of several lines as a code block, whatever it holds.
 * @param {string} text
 */
export function fenced(text) {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}text\n${text}\n${fence}`;
}

const NOT_PLAIN = new RegExp(INERT.NOT_PLAIN, "g");

/**
 * A line as a label of a Mermaid graph.
 * @param {string} line
 */
export function mermaid(line) {
  return line.replace(NOT_PLAIN, (found) => `#${found.charCodeAt(0)};`);
}
