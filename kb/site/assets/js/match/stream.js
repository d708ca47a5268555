/** Matching a text that is too large to be matched at once. The twin of `kb/match/stream.py`. */

import { OVERLAP, WINDOW } from "./tables.js";

/** @typedef {import("./matcher.js").Answer} Answer */

/**
 * The entries that a text shows, each once, as soon as it is certain. `start` and `end` count the whole text's UTF-16
 * units. What is only `likely` waits until it can't become `exact` any more.
 * @param {import("./matcher.js").Matcher} matcher
 * @param {AsyncIterable<string> | Iterable<string>} pieces
 * @param {(units: number) => void} [progress] is told how much of the text was looked at
 * @returns {AsyncGenerator<Answer>}
 */
export async function* matchStream(matcher, pieces, progress = () => {}) {
  const seen = new Set();
  let kept = "";
  let offset = 0;
  /** @param {Answer} answer */
  const placed = (answer) => ({ ...answer, start: offset + answer.start, end: offset + answer.end });
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length; start += WINDOW) {
      const text = kept + piece.slice(start, start + WINDOW);
      for (const answer of await matcher.match(text)) {
        const wait = answer.tier === "exact" ? 0 : OVERLAP;
        if (seen.has(answer.id) || answer.end + wait >= text.length) continue;
        seen.add(answer.id);
        yield placed(answer);
      }
      kept = text.slice(-OVERLAP);
      offset += text.length - kept.length;
      progress(offset + kept.length);
    }
  }
  for (const answer of await matcher.match(kept)) {
    if (!seen.has(answer.id)) yield placed(answer);
  }
}
