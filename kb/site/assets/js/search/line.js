/** Pasted or said, and which line of something pasted says what is wrong. The twin of `line.py`. */

import { applyEdits, decode, fold, foldWithoutPrefixes } from "../match/noise.js";

const ERROR_LENGTH = 60;
const LOOKED_AT = 20_000;
const WRONG = /\b(?:err|error|fatal|panic|exception|failed|failure|cannot|can't|denied|refused|invalid)\b/;

/**
 * Whether a text is an error to be matched, and not words to be looked up.
 * @param {string} text
 */
export function isPasted(text) {
  const trimmed = text.trim();
  return trimmed.includes("\n") || trimmed.length >= ERROR_LENGTH;
}

/**
 * The last line that says that something is wrong; the last one where none does.
 * @param {string} text
 */
export function tellingLine(text) {
  const end = text.slice(-LOOKED_AT);
  // Only a line after another one is taken for a logger's.
  const clean = `\n${applyEdits(end, decode(end))}`;
  const lines = (foldWithoutPrefixes(clean) ?? fold(clean)).split("\n").map((line) => line.trim());
  const said = lines.filter(Boolean);
  return said.findLast((line) => WRONG.test(line)) ?? said.at(-1) ?? "";
}
