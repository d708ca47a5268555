/** What counts as a word. The twin of `kb/match/words.py`. */

import { SPACED, UNSPACED_LETTERS } from "./tables.js";

/** A word of a folded text. */
export const WORD = new RegExp(`[${SPACED}]+|[${UNSPACED_LETTERS}]`, "gu");
/** A character that a word of a folded text may go on with. */
export const WORD_CHARACTER = new RegExp(`^[${SPACED}]`, "u");
/** What stands between white space in a folded text. */
export const RUN = /[^ \n]+/g;
