/**
 * What speaks against a signature that a text seems to have: a text that rules it out, or another platform.
 * The twin of `kb/match/against.py`.
 */

import { endsWords, stands } from "./align.js";
import { find } from "./lines.js";
import { plan } from "./plan.js";
import { platformsShown } from "./platforms.js";
import { BESIDE_AFTER, BESIDE_BEFORE, PLATFORM_AROUND } from "./tables.js";

/** @typedef {import("./plan.js").Piece} Piece */
/** @typedef {import("./reading.js").Reading} Reading */

/**
 * Texts prepared to be found in others.
 * @param {string[]} unless
 * @returns {Piece[]}
 */
export function piecesOf(unless) {
  return unless.flatMap((text) => plan([text]).pieces);
}

/**
 * Whether one of the texts stands in a message, given by its place in the pasted text, or in lines beside it.
 * @param {Piece[]} unless
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 */
export function speaksAgainst(unless, reading, start, end) {
  if (!unless.length) return false;
  const bones = reading.skeleton;
  const first = bones.ofClean(Math.max(0, reading.place(start) - BESIDE_BEFORE));
  const last = bones.ofClean(Math.min(reading.folded.length, reading.place(end) + BESIDE_AFTER));
  return unless.some((piece) => {
    for (let at = find(bones.text, piece.text, first, last); at >= 0; at = find(bones.text, piece.text, at + 1, last)) {
      if (stands(piece, bones, at) && endsWords(bones, at) && endsWords(bones, at + piece.text.length)) return true;
    }
    return false;
  });
}

/**
 * Whether the text around a message shows platforms, and none of those where an entry's error happens.
 * @param {string[]} platforms
 * @param {Reading} reading
 * @param {number} start
 * @param {number} end
 */
export function isOfAnotherPlatform(platforms, reading, start, end) {
  if (!platforms.length) return false;
  const shown = platformsShown(reading.pasted.slice(Math.max(0, start - PLATFORM_AROUND), end + PLATFORM_AROUND));
  return shown.size > 0 && !platforms.some((name) => shown.has(name));
}
