/** How much of a signature's wording stands in a text that doesn't hold the whole. The twin of `kb/match/likely.py`. */

import { cutAt, isEnough } from "./cut.js";
import { CUT, GAP, REACH, SLACK } from "./tables.js";

/** @typedef {import("./shards.js").Known} Known */
/**
 * A part's share of the weight, its first and last word in the text; `isCut`: it has no gap, and the text
 * holds no more, so that its other end or ends were cut off.
 * @typedef {{score: number, first: number, last: number, isCut: boolean}} Part
 */
/** @typedef {{weight: number, length: number, first: number, ownFirst: number}} Chain words of a signature, in order */

/**
 * The heaviest part of a signature, in order, among a text's words around `word`; `null` if it is too little.
 * @param {Known} known
 * @param {import("./reading.js").Reading} reading
 * @param {number} word
 * @returns {Part | null}
 */
export function partAt(known, reading, word) {
  const { words } = reading;
  /** @type {Map<string, number[]>} */
  const own = new Map();
  known.plan.words.forEach(({ text }, place) => own.set(text, [place, ...(own.get(text) ?? [])]));
  const reach = Math.min(known.plan.words.length + SLACK, REACH);
  const start = Math.max(0, word - reach);
  const end = Math.min(words.length, word + reach);
  const present = new Set();
  for (let place = start; place < end; place += 1) own.get(words[place])?.forEach((ownPlace) => present.add(ownPlace));
  if ([...present].reduce((sum, place) => sum + known.weights[place], 0) < known.weight * CUT.share) return null;

  // The heaviest chain that ends with each word of the signature so far.
  /** @type {(Chain | undefined)[]} */
  const chains = known.weights.map(() => undefined);
  /** @type {Chain | undefined} */
  let best;
  let last = 0;
  let ownLast = 0;
  for (let place = start; place < end; place += 1) {
    for (const ownPlace of own.get(words[place]) ?? []) {
      /** @type {Chain} */
      let before = { weight: 0, length: 0, first: place, ownFirst: ownPlace };
      let isFirst = true;
      for (const chain of chains.slice(Math.max(0, ownPlace - GAP), ownPlace)) {
        if (chain && (isFirst || isHeavier(chain, before))) [before, isFirst] = [chain, false];
      }
      const chain = { ...before, weight: before.weight + known.weights[ownPlace], length: before.length + 1 };
      const held = chains[ownPlace];
      if (!held || isHeavier(chain, held)) chains[ownPlace] = chain;
      if (!best || chain.weight > best.weight) [best, last, ownLast] = [chain, place, ownPlace];
    }
  }
  if (!best) return null;
  const isGapless = best.length === ownLast - best.ownFirst + 1;
  const span = { first: best.ownFirst, last: ownLast };
  const cut = isGapless ? cutAt(known, reading, { first: best.first, last }, span) : null;
  if (!isEnough(known, best.weight, best.length, cut)) return null;
  const weight = best.weight + (cut ? cut.torn : 0);
  return { score: weight / known.weight, first: best.first, last, isCut: cut !== null };
}

/**
 * @param {Chain} one
 * @param {Chain} other
 */
function isHeavier(one, other) {
  const first = one.first - other.first || one.ownFirst - other.ownFirst;
  return (one.weight - other.weight || one.length - other.length || first) > 0;
}
