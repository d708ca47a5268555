/**
 * What an issue's text says: its parts, a summary, the environment, the error messages. The twin of
 * `kb/github/report/body.py`, where the rules are explained.
 */

import { clean, oneLine, shortened, stripped } from "./inert.js";
import { BODY } from "./tables.js";

const { SUMMARY, FACTS, FACT_NAME_LENGTH, FACT_VALUE, ERROR_LINES, ERROR, COMMENT_START, COMMENT_END } = BODY;
const FENCE = new RegExp(`^${BODY.FENCE}`, "u");
const HEADING = new RegExp(`^${BODY.HEADING}`, "u");

/** @typedef {{heading: string, isCode: boolean, lines: string[]}} Block */

/**
 * @param {string} text
 * @returns {Block[]}
 */
export function blocks(text) {
  /** @type {Block[]} */
  const found = [];
  let heading = "";
  let fence = "";
  let inComment = false;
  /** @type {string[]} */
  let lines = [];
  /** @param {boolean} isCode */
  const end = (isCode) => {
    if (lines.length) found.push({ heading, isCode, lines });
    lines = [];
  };
  for (const line of clean(text).split("\n")) {
    if (fence) {
      if (stripped(line, " ").startsWith(fence) && !stripped(line, ` ${fence[0]}`)) {
        end(true);
        fence = "";
      } else lines.push(line);
      continue;
    }
    const [prose, goesOn] = withoutComments(line, inComment);
    inComment = goesOn;
    const opening = FENCE.exec(prose);
    const title = HEADING.exec(prose);
    if (opening || title) end(false);
    if (opening) fence = opening[1];
    else if (title) heading = title[1];
    else lines.push(prose);
  }
  end(fence !== "");
  return found;
}

/**
 * @param {string} line
 * @param {boolean} inComment
 * @returns {[string, boolean]}
 */
function withoutComments(line, inComment) {
  let kept = "";
  let at = 0;
  for (;;) {
    if (inComment) {
      const end = line.indexOf(COMMENT_END, at);
      if (end < 0) return [kept, true];
      at = end + COMMENT_END.length;
    }
    const start = line.indexOf(COMMENT_START, at);
    if (start < 0) return [kept + line.slice(at), false];
    kept += line.slice(at, start);
    at = start + COMMENT_START.length;
    inComment = true;
  }
}

const INLINE_CODE = new RegExp(BODY.INLINE_CODE, "gu");

/** @param {string} text */
export function proseOf(text) {
  const lines = blocks(text).flatMap((block) => (block.isCode ? [] : block.lines));
  return lines.join("\n").replace(INLINE_CODE, " ");
}

const ABOUT_WHAT = new RegExp(BODY.ABOUT_WHAT, "i");
const ABOUT_NOT = new RegExp(BODY.ABOUT_NOT, "i");
const NO_PROSE = new RegExp(`^${BODY.NO_PROSE}`);

/** @param {Block[]} parts */
export function summaryOf(parts) {
  const prose = parts.filter((block) => !block.isCode);
  const other = prose.filter((block) => !ABOUT_NOT.test(block.heading));
  const about = other.filter((block) => ABOUT_WHAT.test(block.heading));
  for (const block of [...about, ...other, ...prose]) {
    const text = oneLine(block.lines.filter((line) => !NO_PROSE.test(line)).join(" "), SUMMARY);
    if (text) return text;
  }
  return "";
}

const FACT_NAME = new RegExp(BODY.FACT_NAME, "i");
const FACT_LINE = new RegExp(`^${BODY.FACT_LINE}`, "u");
const NO_ANSWER = new RegExp(`^${BODY.NO_ANSWER}`, "i");
const MARKS = new RegExp(BODY.MARKS, "g");

/** @typedef {{name: string, value: string}} Fact */

/**
 * @param {Block[]} parts
 * @returns {Fact[]}
 */
export function environmentOf(parts) {
  /** @type {Map<string, Fact>} */
  const found = new Map();
  for (const [rawName, rawValue] of factsIn(parts)) {
    const name = plain(rawName, FACT_NAME_LENGTH);
    const value = plain(rawValue, FACT_VALUE);
    const key = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (name && value && !NO_ANSWER.test(value) && !found.has(key)) found.set(key, { name, value });
  }
  return [...found.values()].slice(0, FACTS);
}

/**
 * @param {Block[]} parts
 * @returns {Generator<[string, string]>}
 */
function* factsIn(parts) {
  for (const block of parts) {
    const asked = FACT_NAME.test(block.heading);
    const lines = block.lines.filter((line) => stripped(line, " \t"));
    /** @type {[string, string][]} */
    const named = [];
    for (const line of lines) {
      const match = FACT_LINE.exec(line);
      if (match && (asked || FACT_NAME.test(match[1])) && !ERROR_LINE.test(match[1])) named.push([match[1], match[2]]);
    }
    if (asked && !named.length && lines.length === 1) yield [block.heading, lines[0]];
    else if (asked || !block.isCode) yield* named;
  }
}

/**
 * @param {string} text
 * @param {number} most
 */
const plain = (text, most) => oneLine(text.replace(MARKS, ""), most);

const ERROR_LINE = new RegExp(BODY.ERROR_LINE, "i");
const ERROR_IN_PROSE = new RegExp(BODY.ERROR_IN_PROSE, "i");
const ERROR_HEADING = new RegExp(BODY.ERROR_HEADING, "i");

/**
 * @param {Block[]} parts
 * @returns {string[]}
 */
export function errorsOf(parts) {
  let found = parts.filter((block) => block.isCode && showsError(block)).map(fromFirstError);
  if (!found.length) {
    const prose = parts.flatMap((block) => (block.isCode ? [] : block.lines));
    found = prose.filter((line) => ERROR_IN_PROSE.test(line)).map((line) => line.replace(MARKS, ""));
  }
  const texts = found.map((text) => shortened(stripped(text, " \t\n"), ERROR));
  return [...new Set(texts.filter(Boolean))];
}

/** @param {Block} block */
const showsError = (block) => ERROR_HEADING.test(block.heading) || block.lines.some((line) => ERROR_LINE.test(line));

/** @param {Block} block */
function fromFirstError(block) {
  const lines = block.lines.slice(
    Math.max(
      0,
      block.lines.findIndex((line) => ERROR_LINE.test(line)),
    ),
  );
  if (lines.length <= ERROR_LINES) return lines.join("\n");
  const half = ERROR_LINES / 2;
  return [...lines.slice(0, half), "…", ...lines.slice(-half)].join("\n");
}
