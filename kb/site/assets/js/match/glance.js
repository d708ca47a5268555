/** A glance at one line: whether a signature can stand in it as printed. The twin of `kb/match/glance.py`. */

import { find, findLast } from "./lines.js";
import { MAX_VALUE, PLACES, UNSPACED } from "./tables.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./reading.js").Skeleton} Skeleton */

/** @type {Record<string, RegExp>} */
const BETWEEN = { int: /^[+-]?[0-9]+$/, hex: /^(?:0x)?[0-9a-f]+$/, quoted: /^'.+'$/s };
/** @type {Record<string, RegExp>} */
const AT_EDGE = { int: /^[+-]?[0-9]/, hex: /^[0-9a-f]/, quoted: /^'/ };

/**
 * Whether a signature may stand in the lines of one of its pieces, whose place in the skeleton is known.
 * @param {Plan} signature
 * @param {Skeleton} bones
 * @param {[piece: number, at: number]} place
 */
export function mayStand(signature, bones, [piece, at]) {
  const { text } = signature.pieces[piece];
  if (at < 0 || !bones.text.startsWith(text, at) || !hasNext(signature, bones, piece, at)) return false;
  const [start, end] = linesAround(bones, at, signature.lineEnds);
  let [first, last] = [at, at + text.length];
  for (let number = piece + 1; number < signature.pieces.length; number += 1) {
    const found = placeAfter(signature, bones, number, last, end);
    if (found < 0) return false;
    last = found + signature.pieces[number].text.length;
  }
  for (let number = piece - 1; number >= 0; number -= 1) {
    const found = placeBefore(signature, bones, number, first, start);
    if (found < 0) return false;
    first = found;
  }
  const before = AT_EDGE[signature.slots[0]?.type ?? ""];
  const after = AT_EDGE[signature.slots.at(-1)?.type ?? ""];
  if (before && !before.test(bones.text.slice(Math.max(0, first - 1), first))) return false;
  return !after || after.test(bones.text.slice(last, last + 2));
}

/**
 * Whether the piece after this one stands anywhere near: that is quicker to see than where lines end.
 * @param {Plan} signature
 * @param {Skeleton} bones
 * @param {number} piece
 * @param {number} at
 */
function hasNext(signature, bones, piece, at) {
  if (piece + 1 === signature.pieces.length) return true;
  const reach = at + signature.pieces[piece].text.length + MAX_VALUE;
  return find(bones.text, signature.pieces[piece + 1].text, at, reach) >= 0;
}

/**
 * Where the line of a place begins and ends in the skeleton, with so many more lines on either side.
 * @param {Skeleton} bones
 * @param {number} at
 * @param {number} lineEnds
 */
function linesAround(bones, at, lineEnds) {
  const here = bones.inClean(at);
  let [start, end] = [here, here];
  for (let line = 0; line <= lineEnds; line += 1) {
    start = findLast(bones.folded, "\n", Math.max(0, start - MAX_VALUE), Math.max(0, start));
    end = find(bones.folded, "\n", end + 1, end + MAX_VALUE);
    if (start < 0 || end < 0) break;
  }
  const from = start >= 0 ? start : Math.max(0, here - MAX_VALUE);
  return [bones.ofClean(from), bones.ofClean(end >= 0 ? end : Math.min(here + MAX_VALUE, bones.folded.length))];
}

/**
 * The nearest place of a piece after `start` whose placeholder may have the value between; -1 if there is none.
 * @param {Plan} signature
 * @param {Skeleton} bones
 * @param {number} number
 * @param {number} start
 * @param {number} end
 */
function placeAfter(signature, bones, number, start, end) {
  const { text } = signature.pieces[number];
  const slot = signature.slots[number];
  for (let tried = 0, at = start; tried < PLACES; tried += 1, at += 1) {
    at = find(bones.text, text, at, end);
    if (at < 0 || !slot || couldBe(slot.type, bones, start, at)) return at;
  }
  return -1;
}

/**
 * The same before `end`.
 * @param {Plan} signature
 * @param {Skeleton} bones
 * @param {number} number
 * @param {number} end
 * @param {number} start
 */
function placeBefore(signature, bones, number, end, start) {
  const { text } = signature.pieces[number];
  const slot = signature.slots[number + 1];
  for (let tried = 0, at = end; tried < PLACES; tried += 1, at += text.length - 1) {
    at = findLast(bones.text, text, start, at);
    if (at < 0 || !slot || couldBe(slot.type, bones, at + text.length, end)) return at;
  }
  return -1;
}

/**
 * Whether what stands between two places, without white space, could be a value of a type.
 * @param {string} kind
 * @param {Skeleton} bones
 * @param {number} start
 * @param {number} end
 */
function couldBe(kind, bones, start, end) {
  const pattern = BETWEEN[kind];
  if (pattern && !pattern.test(bones.text.slice(start, end))) return false;
  return !UNSPACED.includes(kind) || bones.gaps(start, end).length === 0;
}
