/** How much must be there of a signature that a text doesn't hold the whole of. The twin of `kb/match/cut.py`. */

import { WHOLE, endOf, startOf } from "./edges.js";
import { ALL, CUT, CUT_BY_LINE, FIRST_SENTENCE, LONG, MANY, OTHERWISE, REWORDED, TELLING } from "./tables.js";

/** @typedef {import("./shards.js").Known} Known */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {{share: number, weight: number, words: number}} Least share of the signature's weight, weight, words */
/** @typedef {{first: number, last: number}} Span the first and the last word of a part, in the text or the signature */
/** @typedef {{least: Least, torn: number}} Cut what must be there, and the weight of the words that were cut in two */

/**
 * Whether so much weight and so many words are enough of a signature; `cut` says what cut them off, if anything did.
 * @param {Known} known
 * @param {number} weight
 * @param {number} length
 * @param {Cut | null} cut
 * @param {boolean} saysOtherwise
 */
export function isEnough(known, weight, length, cut, saysOtherwise) {
  const uncut = saysOtherwise ? OTHERWISE : REWORDED;
  const { share, words, weight: fewest } = cut ? cut.least : uncut;
  const there = weight + (cut ? cut.torn : 0);
  const tellsEnough = length >= LONG && (cut || there >= known.weight * ALL);
  return length >= words && there >= Math.max(known.weight * share, tellsEnough ? 0 : fewest);
}

/**
 * What cuts off a part that has no gap; `null` if the text goes on there, so that nothing does.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Span} place
 * @param {Span} own
 * @returns {Cut | null}
 */
export function cutAt(known, reading, place, own) {
  const { words, slots } = known.plan;
  const missingStart = own.first > 0;
  const missingEnd = own.last < words.length - 1 || (!missingStart && slots[slots.length - 1] !== null);
  if (!missingStart && !missingEnd) return null;
  const weights = known.weights.slice(own.first, own.last + 1);
  if (Math.max(...weights) < TELLING && weights.length < MANY) return null;
  const start = missingStart ? startOf(known, reading, place.first, own.first) : WHOLE;
  const end = missingEnd ? endOf(known, reading, place.last, own.last) : WHOLE;
  if (!start || !end) return null;
  if (!missingStart && end.isAtStop && end.isByText) return { least: FIRST_SENTENCE, torn: end.torn };
  const isByText = start.isByText && end.isByText && !(missingStart && missingEnd);
  return { least: isByText ? CUT : CUT_BY_LINE, torn: start.torn + end.torn };
}
