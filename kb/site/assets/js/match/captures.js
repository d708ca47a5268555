/**
 * The values of placeholders: between two literals, before the first and after the last.
 * The twin of `kb/match/captures.py`.
 */

import { blockEnd, contents, find, findLast, glue, goesOnAnew, isWrapped, lineEnd, lineStart } from "./lines.js";
import { prefixEnd } from "./noise.js";
import { trimEnd, trimStart } from "./trim.js";
import { fits, mayHaveSpaces, plain } from "./values.js";
import {
  CLOSERS,
  GUTTERS,
  JSON_OPEN,
  MAX_BLOCK,
  MAX_VALUE,
  MAX_WRAPS,
  OPENERS,
  OPENING_QUOTES,
  OPENING_TAGS,
  QUOTE,
  SPACE,
} from "./tables.js";

/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./reading.js").Skeleton} Skeleton */
/** @typedef {{value: string, start: number, end: number}} Edge a value and where it lies in the clean text */

const WHOLE_LINE = new Set(["text", "rest", "lines"]);
/** @type {Record<string, RegExp>} */
const LEADING = {
  int: /(?<![A-Za-z0-9_.])[+-]?[0-9]+$/,
  hex: /(?<![A-Za-z0-9_])(?:0[xX])?[0-9A-Fa-f]+$/,
};
/** @type {Record<string, RegExp>} */
const TRAILING = {
  int: /^[+-]?[0-9]+(?![A-Za-z0-9_]|\.[0-9])/,
  hex: /^(?:0[xX])?[0-9A-Fa-f]+(?![A-Za-z0-9_])/,
};
const JSON_OPENING = new RegExp(JSON_OPEN, "g");
/** @type {Record<string, string>} */
const OPENING_OF = CLOSERS;
const CLOSING_TAGS = /(?:<\/[A-Za-z0-9]{1,12}>[ \t\n]{0,3}){1,9}$/;
const WORD = /^[^ \t\n\u00a0]+/;
const TAGS_AT_START = new RegExp(`^${OPENING_TAGS}`);
const QUOTES = new RegExp(QUOTE, "g");
const BLANK_LINE = /\n[ \t]*\n/;

/**
 * The value between two places of the skeleton, `null` if it isn't of its type; and whether a longer one could be.
 * @param {string} kind
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} start
 * @param {number} end
 * @returns {{value: string | null, mayGrow: boolean}}
 */
export function between(kind, reading, bones, start, end) {
  const first = bones.afterInClean(start);
  const last = end < bones.text.length ? bones.inClean(end) : reading.clean.length;
  if (last - first > (kind === "lines" ? MAX_BLOCK : MAX_VALUE)) return { value: null, mayGrow: false };
  const breaks = find(reading.clean, "\n", first, last) >= 0;
  if ((kind === "lines" || kind === "rest") && !breaks) return { value: null, mayGrow: true };
  const value = plain(joined(kind, reading, bones, first, last));
  if (!mayHaveSpaces(kind) && value.includes(" ")) return { value: null, mayGrow: false };
  return { value: fits(kind, value) ? value : null, mayGrow: true };
}

/**
 * A part of the clean text with its line breaks undone, except those of several whole lines.
 * @param {string} kind
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} start
 * @param {number} last
 */
function joined(kind, reading, bones, start, last) {
  const whole = reading.clean.slice(start, last);
  if (!whole.includes("\n")) {
    const value = trimEnd(trimStart(whole, SPACE), SPACE);
    return withoutGutters(['"', "'"].includes(reading.clean[last]) ? trimEnd(value, "\\") : value);
  }
  const parts = contents(reading.clean, bones.folded, start, last);
  if (kind === "lines" || parts.length < 2) return parts.join("\n");
  if (!mayHaveSpaces(kind)) return parts.join("");
  const oneWord = !parts.some((part) => part.includes(" "));
  let value = "";
  let end = start;
  for (const part of parts) {
    if (value) value += glue(reading.clean, bones.folded, reading.clean.indexOf("\n", end), oneWord);
    value += part;
    end = reading.clean.indexOf(part, end) + part.length;
  }
  return value;
}

/**
 * A value without what is read as a frame or gutter beside it: of `1024 > 512`, `>` belongs to neither number.
 * @param {string} value
 */
function withoutGutters(value) {
  return withoutGuttersBefore(withoutGuttersAfter(value));
}

/** @param {string} value */
function withoutGuttersBefore(value) {
  const beside = value.slice(0, value.length - trimStart(value, SPACE + GUTTERS).length);
  return value.slice(trimEnd(beside, GUTTERS).length); // without white space between, it is of the value
}

/** @param {string} value */
function withoutGuttersAfter(value) {
  const own = trimEnd(value, SPACE + GUTTERS).length;
  const beside = value.slice(own);
  return value.slice(0, own + beside.length - trimStart(beside, GUTTERS).length);
}

/**
 * The value that ends at `at`, not counting white space; `null` if there is none of this type.
 * @param {string} kind
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} at
 * @returns {Edge | null}
 */
export function before(kind, reading, bones, at) {
  const { clean } = reading;
  let start = lineStart(clean, at, MAX_VALUE);
  start += contentStart(bones.folded.slice(start, at));
  const end = Math.max(start, start + withoutGuttersAfter(trimEnd(clean.slice(start, at), SPACE)).length);
  start += openingEnd(clean.slice(start, end));
  const line = clean.slice(start, end);
  if (WHOLE_LINE.has(kind)) return { value: plain(line), start, end };
  if (kind === "quoted") return quotedBefore(clean, start, end);
  if (kind in LEADING) {
    const from = Math.max(0, line.length - 40);
    const matches = [...line.matchAll(new RegExp(LEADING[kind], "g"))].filter((match) => match.index >= from);
    return matches.length ? { value: matches[0][0], start: start + matches[0].index, end } : null;
  }
  const word = trimStart(line.split(/[ \t\u00a0]/).at(-1) ?? "", OPENERS);
  const value = plain(word);
  return fits(kind, value) ? { value, start: end - word.length, end } : null;
}

/**
 * Where the message begins in a line that opens JSON or HTML around it.
 * @param {string} line
 */
function openingEnd(line) {
  const opened = [...line.matchAll(JSON_OPENING)].at(-1);
  if (opened) return opened.index + opened[0].length;
  return line.match(TAGS_AT_START)?.[0].length ?? 0;
}

/**
 * Where a line's own text begins, after gutter and log prefix.
 * @param {string} foldedLine
 */
function contentStart(foldedLine) {
  const rest = foldedLine.slice(prefixEnd(foldedLine));
  return foldedLine.length - trimStart(rest, " ").length;
}

/**
 * @param {string} clean
 * @param {number} start
 * @param {number} end
 * @returns {Edge | null}
 */
function quotedBefore(clean, start, end) {
  let opening = end - 1;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const closing = clean.slice(end - 1, end);
    const openings = [OPENING_OF[closing] ?? closing, closing];
    opening = Math.max(...openings.map((quote) => findLast(clean, quote, start, opening)));
    if (opening < 0) return null;
    const value = clean.slice(opening, end);
    if (fits("quoted", value)) return { value, start: opening, end };
  }
  return null;
}

/**
 * The value that begins at `at`, not counting white space; `null` if there is none of this type.
 * @param {string} kind
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} at
 * @param {number} columns how wide the lines of this message are, 0 if that isn't known
 * @returns {Edge | null}
 */
export function after(kind, reading, bones, at, columns) {
  const { clean } = reading;
  if (kind === "lines") return linesAfter(reading, bones, at);
  let start = at;
  while (start < clean.length && " \t\u00a0".includes(clean[start])) start += 1;
  let end = lineEnd(clean, start, MAX_VALUE);
  if (!trimStart(bones.folded.slice(start, end), " ") && (kind !== "text" || bones.wraps(end))) {
    // The literal ended its line: the value is on the next, if that goes on with anything.
    if (goesOnAnew(bones.folded, end)) return null;
    start = end + 1 + contentStart(bones.folded.slice(end + 1, end + 1 + MAX_VALUE));
  }
  end = lineEnd(clean, start, MAX_VALUE);
  for (let line = 0; line < MAX_WRAPS; line += 1) {
    const isInQuotes = kind === "quoted" && isOpen(clean.slice(start, end));
    if (!isWrapped(clean, bones.folded, end, columns) && !(isInQuotes && bones.wraps(end))) break;
    end = lineEnd(clean, end + 1, MAX_VALUE);
  }
  const whole = withoutClosing(clean.slice(start, end), clean.slice(Math.max(0, at - MAX_VALUE), at));
  end = start + trimEnd(bones.folded.slice(start, start + whole.length), " ").length;
  start = end - withoutGuttersBefore(clean.slice(start, end)).length;
  return atStart(kind, reading, bones, start, end);
}

/**
 * Where the quote ends that a text begins with; 0 if it doesn't.
 * @param {string} text
 */
function closing(text) {
  for (const found of text.matchAll(QUOTES)) {
    const end = found.index + 1;
    if (end > 1 && fits("quoted", plain(text.slice(0, end)))) return end;
  }
  return 0;
}

/**
 * Whether a text begins with a quote that isn't closed in it.
 * @param {string} text
 */
function isOpen(text) {
  const bare = trimStart(text, "\\");
  return bare !== "" && OPENING_QUOTES.includes(bare[0]) && !closing(bare);
}

/**
 * A line without what closes JSON or HTML around the message in it.
 * @param {string} line
 * @param {string} before
 */
function withoutClosing(line, before) {
  const opened = [...before.matchAll(JSON_OPENING)].at(-1);
  if (opened) {
    const closes = new RegExp(String.raw`(?<!\\)\\{${opened[1].length}}"`);
    if (closes.test(before.slice(opened.index + opened[0].length))) return line;
    const found = line.search(closes);
    return found < 0 ? line : line.slice(0, found);
  }
  return line.endsWith(">") ? line.replace(CLOSING_TAGS, "") : line;
}

/**
 * A value of a type at the start of a part of the clean text.
 * @param {string} kind
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} from
 * @param {number} end
 * @returns {Edge | null}
 */
function atStart(kind, reading, bones, from, end) {
  let start = from;
  let line = reading.clean.slice(start, end);
  if (WHOLE_LINE.has(kind)) {
    const value = plain(joined(kind, reading, bones, start, end));
    return line || kind === "text" ? { value, start, end } : null;
  }
  let length = 0;
  if (kind === "quoted") {
    start += line.length - trimStart(line, "\\").length;
    line = reading.clean.slice(start, end);
  }
  const isBroken = line.includes("\n");
  const text = isBroken || kind === "word" || kind === "url" ? joined(kind, reading, bones, start, end) : line;
  if (kind === "quoted") {
    length = closing(text);
  } else if (kind in TRAILING) {
    length = text.match(TRAILING[kind])?.[0].length ?? 0;
  } else {
    const word = text.match(WORD);
    length = word ? withoutClosers(word[0]).length : 0;
  }
  if (!length) return null;
  if (isBroken && length > line.indexOf("\n")) {
    const value = plain(text.slice(0, length));
    return fits(kind, value) ? { value, start, end } : null;
  }
  const value = plain(line.slice(0, length));
  return fits(kind, value) ? { value, start, end: start + length } : null;
}

/**
 * A word without the punctuation of the sentence around it.
 * @param {string} word
 */
function withoutClosers(word) {
  let end = word.length;
  while (end > 0) {
    const last = word[end - 1];
    const closes = last in OPENING_OF && !word.slice(0, end - 1).includes(OPENING_OF[last]);
    if (!closes && !".,;:!".includes(last)) break;
    end -= 1;
  }
  return word.slice(0, end);
}

/**
 * All lines up to the first blank one.
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {number} at
 * @returns {Edge | null}
 */
function linesAfter(reading, bones, at) {
  const block = reading.clean.slice(at, at + MAX_BLOCK);
  const start = at + block.length - trimStart(block, SPACE).length;
  const blank = reading.clean.slice(start, at + MAX_BLOCK).search(BLANK_LINE);
  const end = blockEnd(bones.folded, start, blank >= 0 ? start + blank : at + block.length);
  const value = contents(reading.clean, bones.folded, start, end).join("\n");
  return value ? { value, start, end: start + trimEnd(reading.clean.slice(start, end), SPACE).length } : null;
}
