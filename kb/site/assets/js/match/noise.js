/**
 * What stands between a message and the text somebody pasted: escapes, colours, typography, log prefixes.
 * The twin of `kb/match/noise.py`, which explains the patterns.
 */

import { RelativePaths } from "./relative.js";
import { ENTITIES, NOISE, PREFIX } from "./tables.js";

const ANY_NOISE = new RegExp(NOISE, "gu");

/** @typedef {[start: number, end: number, meant: string]} Edit noise in the pasted text, and what it stands for */

/**
 * Find what must be removed or decoded, in order of place.
 * @param {string} pasted
 * @returns {Edit[]}
 */
export function decode(pasted) {
  /** @type {Edit[]} */
  const edits = [];
  const paths = new RelativePaths(pasted);
  for (const found of pasted.matchAll(ANY_NOISE)) {
    if ((found[1] || found[2] || found[3]) && paths.holds(found.index)) continue;
    const meant = meaning(found);
    if (meant !== null) edits.push([found.index, found.index + found[0].length, meant]);
  }
  return edits;
}

/**
 * Carry out edits, which are in order and apart.
 * @param {string} pasted
 * @param {Edit[]} edits
 */
export function applyEdits(pasted, edits) {
  const pieces = [];
  let at = 0;
  for (const [start, end, meant] of edits) {
    pieces.push(pasted.slice(at, start), meant);
    at = end;
  }
  pieces.push(pasted.slice(at));
  return pieces.join("");
}

/**
 * What a piece of noise stands for; `null` for a path, which is no noise.
 * @param {RegExpMatchArray} found
 */
function meaning(found) {
  const noise = found[0];
  switch (noise[0]) {
    case "\\": {
      if (found[3]) return found[3] === "t" ? " " : "\n";
      const code = found[1] || found[2];
      if (code) return character(parseInt(code, 16));
      return /[A-Za-z]$/.test(noise) && noise.includes("[") ? "" : null;
    }
    case "&":
      if (found[4]) return /** @type {Record<string, string>} */ (ENTITIES)[found[4]];
      return character(found[5] ? parseInt(found[5], 10) : parseInt(found[6], 16));
    case "\r":
    case "<":
      return "\n";
    case "\u2026":
      return "...";
    case "'":
    case "\u00e2":
      return "'";
    default:
      return "";
  }
}

/**
 * The character of a numeric escape; half of a surrogate pair or a control character is read as a space.
 * @param {number} code
 */
function character(code) {
  if (code === 0x0a) return "\n";
  if (code < 0x20 || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return " ";
  return String.fromCodePoint(code);
}

const BLANK =
  /[\x00-\x09\x0b-\x20\x7f-\xa0\u1680\u2000-\u200a\u3000\u2022\u2028\u2029\u202f\u205f\u2190-\u2211\u2213-\u2bff\\]/g;
const DRAWN_BEYOND = /[\u{1f000}-\u{1faff}]/gu;
const QUOTE = /["`\u00ab\u00b4\u00bb\u2032\u2033\u2039\u203a\u300c\u300d\ufffd\u2018-\u201f]/g;
const DASH = /[\u2010-\u2015\u2212]/g;

/**
 * Make alike what differs by case, quotes, dashes, spaces, frames and gutters. The length stays the same.
 * @param {string} clean
 */
export function fold(clean) {
  return withoutGutters(alike(clean));
}

/** @param {string} clean */
function alike(clean) {
  return clean
    .replace(BLANK, " ")
    .replace(DRAWN_BEYOND, "  ")
    .replace(QUOTE, "'")
    .replace(DASH, "-")
    .replaceAll("\u0130", "i")
    .replace(/[\u03a3\u03c2]/g, "\u03c3")
    .toLowerCase();
}

/** @param {string} text */
function withoutGutters(text) {
  if (!text.includes("|") && !text.includes(">")) return text;
  return `\n${text}`
    .replace(/\n[ |>]*[|>]/g, blankLineStart)
    .slice(1)
    .replace(/ [|>]+(?=[ \n])/g, (found) => " ".repeat(found.length));
}

/** @param {string} found */
function blankLineStart(found) {
  return `\n${" ".repeat(found.length - 1)}`;
}

const PREFIXES = new RegExp(PREFIX, "g");
const FIRST_PREFIX = new RegExp(PREFIX, "y");

/**
 * The same without what a logger put before each line; `null` if no line after the first has such a prefix.
 * @param {string} clean
 */
export function foldWithoutPrefixes(clean) {
  const text = alike(clean);
  if (text.search(PREFIXES) < 0) return null;
  return withoutGutters(`\n${text}`.replace(PREFIXES, blankLineStart).slice(1));
}

/**
 * How many characters of a line are what a logger put before it.
 * @param {string} foldedLine
 */
export function prefixEnd(foldedLine) {
  FIRST_PREFIX.lastIndex = 0;
  const found = FIRST_PREFIX.exec(`\n${foldedLine}`);
  return found ? found[0].length - 1 : 0;
}

/**
 * Where what a logger put before a line begins and ends, for each line that has such a prefix.
 * @param {string} clean
 * @returns {Iterable<[start: number, end: number]>}
 */
export function* prefixes(clean) {
  for (const { 0: found, index } of `\n${alike(clean)}`.matchAll(PREFIXES)) yield [index, index + found.length - 1];
}
