/**
 * Foreign text made inert: without what can't be seen, and escaped for the place where it is shown. The twin of
 * `kb/github/report/inert.py`, where the rules are explained.
 */

const LONGEST = 100_000;

const TERMINAL = /\x1b\[[0-9;?]{0,40}[A-Za-z]/gu;
const UNSEEN =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
const HALF = /[\ud800-\udfff]/gu;
const LINE_END = /\r\n?|[\x85\u2028\u2029]/gu;
const SPACES = /[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/gu;

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

const MARKDOWN = /[\\`*_{}[\]()#+!|~$]/g;
const ISSUE = /(\\#|(?<![A-Za-z0-9_])[Gg][Hh]-)(?=[0-9])/g;
const ADDRESS = /:\/\/|(?<![A-Za-z0-9_])[Ww]{3}(?=\.)/g;
const LIST_START = /^([0-9]{0,9})([-=.)])(?= |$)/;

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

const NOT_PLAIN = /[\x00-\x1f\x21-\x2b\x3b-\x40\x5b-\x60\x7b-\x7f]/g;

/**
 * A line as a label of a Mermaid graph.
 * @param {string} line
 */
export function mermaid(line) {
  return line.replace(NOT_PLAIN, (found) => `#${found.charCodeAt(0)};`);
}
