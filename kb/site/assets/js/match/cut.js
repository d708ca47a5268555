/** How much must be there of a signature that a text doesn't hold the whole of. The twin of `kb/match/cut.py`. */

import { ALL, BESIDE, BESIDE_VALUE, CUT, CUT_BY_LINE, LONG, REWORDED } from "./tables.js";

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
 */
export function isEnough(known, weight, length, cut) {
  const { share, words, weight: fewest } = cut ? cut.least : REWORDED;
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
  const { plan, weights } = known;
  const words = reading.words;
  let [before, after, torn] = [-1, -1, 0];
  if (own.first > 0) {
    const missing = plan.words[own.first - 1];
    before = missing.piece === plan.words[own.first].piece ? BESIDE : BESIDE_VALUE;
    if (place.first === 1 && missing.text.endsWith(words[0]))
      torn += part(weights[own.first - 1], words[0], missing.text);
  }
  if (own.last < plan.words.length - 1) {
    const missing = plan.words[own.last + 1];
    const final = words[words.length - 1];
    after = missing.piece === plan.words[own.last].piece ? BESIDE : BESIDE_VALUE;
    if (place.last === words.length - 2 && missing.text.startsWith(final))
      torn += part(weights[own.last + 1], final, missing.text);
  } else if (own.first === 0 && plan.slots[plan.slots.length - 1]) {
    // All words are there: cut off before the value, or in it.
    after = BESIDE_VALUE;
  }
  if (before < 0 && after < 0) return null;
  if (before >= 0 && !reading.startsLine(place.first, before)) return null;
  if (after >= 0 && !reading.endsLine(place.last, after)) return null;
  if (before >= 0 && after >= 0) return { least: CUT_BY_LINE, torn };
  const byText =
    (before < 0 || place.first <= before) &&
    (after < 0 || place.last + after >= words.length - 1 || reading.isElidedAfter(place.last));
  return { least: byText ? CUT : CUT_BY_LINE, torn };
}

/**
 * The weight of a piece of a word.
 * @param {number} weight
 * @param {string} piece
 * @param {string} word
 */
function part(weight, piece, word) {
  return Math.floor((weight * [...piece].length) / [...word].length);
}
