/** Lines that begin something of their own, and so never go on with a value of the line before. The twin of `anew.py`. */

import { trimEnd, trimStart } from "./trim.js";
import { CARETS, FRAME, MESSAGE } from "./tables.js";

const ANEW = new RegExp(`^(?:${FRAME}|${CARETS}|${MESSAGE})`);
const IN_BLOCK = new RegExp(`^(?:${FRAME}|${CARETS})`);

/**
 * Whether a line is a stack frame, a marker under code or a message of its own.
 * @param {string} foldedLine
 */
export function beginsAnew(foldedLine) {
  return ANEW.test(trimmed(foldedLine));
}

/**
 * Whether a line can't be one of several that a value consists of.
 * @param {string} foldedLine
 */
export function endsBlock(foldedLine) {
  return IN_BLOCK.test(trimmed(foldedLine));
}

/**
 * A line without blanks at its ends.
 * @param {string} line
 */
function trimmed(line) {
  return trimEnd(trimStart(line, " "), " ");
}
