/** Whether a message stands where somebody mentions it. The twin of `kb/match/mentions.py`. */

import { MAX_VALUE, MENTION, SEEN_AFTER } from "./tables.js";

const STARTS = new RegExp(MENTION, "y");

/**
 * Whether what starts at a place of the pasted text is only mentioned there.
 * @param {import("./reading.js").Reading} reading
 * @param {number} start
 */
export function isMention({ pasted }, start) {
  const line = start ? Math.max(pasted.lastIndexOf("\n", start - 1) + 1, start - MAX_VALUE) : 0;
  STARTS.lastIndex = 0;
  return STARTS.test(pasted.slice(line, start + SEEN_AFTER)) && STARTS.lastIndex <= start - line;
}
