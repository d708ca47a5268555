/** Line breaks of a pasted text: those of the message, and those that a terminal put in. The twin of `lines.py`. */

import { beginsAnew, endsBlock } from "./anew.js";
import { prefixEnd } from "./noise.js";
import { trimEnd, trimStart } from "./trim.js";
import { WORD_CHARACTER } from "./words.js";
import { FRAME_ENDS, MIN_WIDTH, SEEN, USUAL } from "./tables.js";

const NUMBERS = /[0-9]+/g;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/**
 * Where `piece` stands in `text` between two places, -1 if nowhere.
 * @param {string} text
 * @param {string} piece
 * @param {number} start
 * @param {number} end
 */
export function find(text, piece, start, end) {
  const from = Math.max(0, start);
  const found = text.slice(from, Math.max(from, end)).indexOf(piece);
  return found < 0 ? -1 : from + found;
}

/**
 * The last place of `piece` in `text` between two places, -1 if there is none.
 * @param {string} text
 * @param {string} piece
 * @param {number} start
 * @param {number} end
 */
export function findLast(text, piece, start, end) {
  const from = Math.max(0, start);
  const found = text.slice(from, Math.max(from, end)).lastIndexOf(piece);
  return found < 0 ? -1 : from + found;
}

/**
 * Characters of a text, as Python counts them.
 * @param {string} text
 */
export function columnsOf(text) {
  return text.length - (text.match(PAIR)?.length ?? 0);
}

/**
 * Columns that the line ending at `at` fills, gutter counted. What was blanked is counted in the clean text, where it is
 * as long, and a drawing is one character.
 * @param {string} clean
 * @param {string} folded
 * @param {number} at
 */
export function width(clean, folded, at) {
  const start = Math.max(findLast(folded, "\n", at - SEEN, at) + 1, at - SEEN, 0);
  return columnsOf(clean.slice(start, start + trimEnd(folded.slice(start, at), " ").length));
}

/**
 * The last characters of lines that may have been cut inside a word: full ones, and the first, which may have lost its
 * start. Cuts between a letter and a digit are too rare to look for.
 * @param {string} clean
 * @param {string} folded
 * @returns {Generator<number>}
 */
export function* cutLines(clean, folded) {
  let before = "";
  let columnsBefore = 0;
  let end = 0;
  let at = 0;
  let isFirst = false;
  for (const line of folded.split("\n")) {
    const full = trimEnd(line, " ");
    if (full) {
      const columns = columnsOf(clean.slice(at, at + full.length));
      if (before && isOneWord(before, full) && (isFirst || hasNoRoom(columnsBefore, columns, full))) yield end;
      isFirst = !before;
      before = full;
      columnsBefore = columns;
      end = at + full.length - 1;
    }
    at += line.length + 1;
  }
}

/**
 * Whether one line's last word and the next one's first may be one.
 * @param {string} before
 * @param {string} after
 */
function isOneWord(before, after) {
  const [last] = before.match(/[^]$/u) ?? [""];
  const [first] = trimStart(after, " ").match(/^[^]/u) ?? [""];
  if (!WORD_CHARACTER.test(last) || !WORD_CHARACTER.test(first)) return false;
  if (/^[0-9]/.test(last) !== /^[0-9]/.test(first)) return false;
  return !/^[0-9]/.test(first) || !prefixEnd(after);
}

/**
 * Whether a line was too long for the next one's first word.
 * @param {number} before columns of the line
 * @param {number} after columns of the next one
 * @param {string} next
 */
function hasNoRoom(before, after, next) {
  const [first] = trimStart(next, " ").split(" ", 1);
  return before >= MIN_WIDTH && after <= before + 1 + columnsOf(first);
}

/**
 * Whether the line before a line break could be one that was too long to go on. Two lines that begin with the same word,
 * whatever its numbers are, are two messages of a log. What is indented further, or begins something of its own, doesn't
 * go on with anything.
 * @param {string} clean
 * @param {string} folded
 * @param {number} newline
 */
export function mayBeWrapped(clean, folded, newline) {
  const before = width(clean, folded, newline);
  if (before < MIN_WIDTH) return false;
  const end = find(folded, "\n", newline + 1, newline + SEEN);
  const after = trimEnd(folded.slice(newline + 1, end >= 0 ? end : newline + SEEN), " ");
  const content = trimStart(after, " ");
  const first = content.split(" ", 1)[0];
  if (!first || first.startsWith("'''") || prefixEnd(after)) return false;
  const columns = columnsOf(clean.slice(newline + 1, newline + 1 + after.length));
  if (columns > before + 1 + columnsOf(first)) return false;
  const start = Math.max(findLast(folded, "\n", newline - SEEN, newline) + 1, newline - SEEN);
  const own = folded.slice(start, newline);
  const ownContent = trimStart(own, " ");
  const [ownFirst] = ownContent.split(" ", 1);
  if (ownFirst.replace(NUMBERS, "") === first.replace(NUMBERS, "")) return false;
  // One blank more is what stood where the line was cut.
  return after.length - content.length <= own.length - ownContent.length + 1 && !beginsAnew(content);
}

/**
 * Whether the next line that isn't blank begins something of its own.
 * @param {string} folded
 * @param {number} newline
 */
export function goesOnAnew(folded, newline) {
  const rest = trimStart(folded.slice(newline + 1, newline + 1 + SEEN), " \n");
  return beginsAnew(rest.split("\n", 1)[0]);
}

/**
 * Where a block of lines ends: before the first, but for its very first, that can't be one of a value's.
 * @param {string} folded
 * @param {number} start
 * @param {number} end
 */
export function blockEnd(folded, start, end) {
  let at = find(folded, "\n", start, end);
  while (at >= 0) {
    const after = find(folded, "\n", at + 1, end);
    if (endsBlock(folded.slice(at + 1, after >= 0 ? after : end))) return at;
    at = after;
  }
  return end;
}

/**
 * Whether a line that ends here was broken because lines of this text have so many columns (0: unknown).
 * @param {string} clean
 * @param {string} folded
 * @param {number} newline
 * @param {number} columns
 */
export function isWrapped(clean, folded, newline, columns) {
  if (fillsFrame(clean, folded, newline)) return true;
  if (folded[newline] !== "\n" || !mayBeWrapped(clean, folded, newline)) return false;
  const own = width(clean, folded, newline);
  // A blank may stand where the line was cut.
  const isCutAtBlank = clean[newline - 1] === " " && USUAL.includes(own + 1);
  if (!columns) return USUAL.includes(own) || isCutAtBlank || neighbours(clean, folded, newline).includes(own);
  const first = folded.slice(newline + 1, newline + 1 + SEEN).match(/[^ \n]+/)?.[0] ?? "";
  return own + 1 + columnsOf(first) > columns;
}

/**
 * Whether a line reaches the frame at its right, inside which it was cut.
 * @param {string} clean
 * @param {string} folded
 * @param {number} newline
 */
function fillsFrame(clean, folded, newline) {
  if (!FRAME_ENDS.includes(clean.slice(Math.max(0, newline - 1), newline + 1))) return false;
  return trimStart(folded.slice(Math.max(0, newline - 3), newline), " ") !== "";
}

/**
 * What stood where a line was broken: nothing if lines were cut at one column, a space if between words.
 * @param {string} clean
 * @param {string} folded
 * @param {number} newline
 * @param {boolean} oneWord nothing else tells the value from a single word
 */
export function glue(clean, folded, newline, oneWord) {
  if (clean[newline - 1] === " ") return " ";
  // The column at which lines were cut was that of a space.
  if (indent(folded, newline) === indent(folded, findLast(folded, "\n", newline - SEEN, newline)) + 1) return " ";
  if (fillsFrame(clean, folded, newline)) return "";
  const own = width(clean, folded, newline);
  const others = neighbours(clean, folded, newline);
  if (others.some((other) => own < other)) return " ";
  return oneWord || others.includes(own) || USUAL.includes(own) ? "" : " ";
}

/**
 * Blanks that the line after a line break begins with.
 * @param {string} folded
 * @param {number} newline
 */
function indent(folded, newline) {
  const line = folded.slice(newline + 1, newline + 1 + SEEN);
  return line.length - trimStart(line, " ").length;
}

/**
 * How wide the lines before and after a line are.
 * @param {string} clean
 * @param {string} folded
 * @param {number} newline
 */
function neighbours(clean, folded, newline) {
  const before = findLast(folded, "\n", newline - SEEN, newline);
  const after = find(folded, "\n", newline + 1, newline + SEEN);
  return [before, after].filter((at) => at >= 0).map((at) => width(clean, folded, at));
}

/**
 * Where the line of `at` begins, or `reach` characters before `at`.
 * @param {string} clean
 * @param {number} at
 * @param {number} reach
 */
export function lineStart(clean, at, reach) {
  return Math.max(findLast(clean, "\n", at - reach, at) + 1, at - reach, 0);
}

/**
 * Where the line of `at` ends, or `reach` characters after `at`.
 * @param {string} clean
 * @param {number} at
 * @param {number} reach
 */
export function lineEnd(clean, at, reach) {
  const end = find(clean, "\n", at, at + reach);
  return end >= 0 ? end : Math.min(clean.length, at + reach);
}

/**
 * The lines of a part of a text without what is blank in its folded form: indents, gutters, frames, prefixes.
 * @param {string} clean
 * @param {string} folded
 * @param {number} start
 * @param {number} end
 */
export function contents(clean, folded, start, end) {
  const found = [];
  let at = start;
  for (const line of clean.slice(start, end).split("\n")) {
    const seen = trimEnd(folded.slice(at, at + line.length), " ");
    const text = line.slice(seen.length - trimStart(seen, " ").length, seen.length);
    if (text) found.push(text);
    at += line.length + 1;
  }
  return found;
}
