/**
 * A signature prepared for matching: its literals as pieces of skeleton, with the placeholders between them.
 * The twin of `kb/match/plan.py`; the language of signatures is read by the build alone.
 */

import { applyEdits, decode, fold } from "./noise.js";
import { Skeleton } from "./reading.js";
import { trimEnd, trimStart } from "./trim.js";
import { WORD } from "./words.js";
import { SPACE } from "./tables.js";

/** @typedef {{name: string, type: string}} Placeholder */
/** @typedef {{text: string, gaps: number[], gapBefore: boolean, gapAfter: boolean}} Piece */
/** @typedef {{text: string, piece: number, offset: number, line: number}} Word a whole word of a literal, in a line of it */
/** @typedef {{pieces: Piece[], slots: (Placeholder | null)[], words: Word[], spelled: string[], lineEnds: number, size: number}} Plan */

/**
 * A signature's parts as the index lists them: literals and placeholders (`name:type`) in turns, a literal first.
 * @param {string[]} listed
 * @returns {(string | Placeholder)[]}
 */
export function partsOf(listed) {
  return listed
    .map((part, number) => {
      if (number % 2 === 0) return part;
      const [name, type] = part.split(":");
      return { name, type };
    })
    .filter((part) => part !== "");
}

/**
 * The usual spelling of a signature's parts. The twin of `render_parts` in `kb/entry/signature.py`.
 * @param {(string | Placeholder)[]} parts
 */
export function render(parts) {
  return parts
    .map((part) => {
      if (typeof part === "string") return part.replaceAll("{{", "\\{{");
      return part.type === "text" ? `{{${part.name}}}` : `{{${part.name}:${part.type}}}`;
    })
    .join("");
}

/**
 * Prepare a signature for matching.
 * @param {(string | Placeholder)[]} parts
 * @returns {Plan}
 */
export function plan(parts) {
  /** @type {Plan} */
  const result = { pieces: [], slots: [], words: [], spelled: [], lineEnds: 0, size: 0 };
  /** @type {Placeholder | null} */
  let waiting = null;
  parts.forEach((part, number) => {
    if (typeof part !== "string") {
      waiting = part;
      return;
    }
    result.lineEnds += part.split("\n").length - 1;
    result.spelled.push(trimEnd(trimStart(part, SPACE), SPACE));
    const [isFirst, isLast] = [number === 0, number === parts.length - 1];
    const [piece, words] = preparePiece(part, result.pieces.length, isFirst, isLast);
    if (!piece.text && (isFirst || isLast)) return;
    result.slots.push(waiting);
    waiting = null;
    result.pieces.push(piece);
    result.words.push(...words);
    result.size += piece.text.length;
  });
  result.slots.push(waiting);
  return result;
}

/**
 * Prepare a literal; a word that touches a placeholder is part of a longer one in the text, so it is none.
 * @param {string} literal
 * @param {number} number
 * @param {boolean} starts the signature
 * @param {boolean} ends the signature
 * @returns {[Piece, Word[]]}
 */
function preparePiece(literal, number, starts, ends) {
  const clean = applyEdits(literal, decode(literal));
  const folded = starts ? fold(clean) : fold(`.${clean}`).slice(1);
  const bones = new Skeleton(folded, folded);
  const piece = {
    text: bones.text,
    gaps: bones.gaps(0, bones.text.length),
    gapBefore: /^[ \n]/.test(folded),
    gapAfter: /[ \n]$/.test(folded),
  };
  const words = [];
  for (const word of folded.matchAll(WORD)) {
    const end = word.index + word[0].length;
    if ((starts || word.index > 0) && (ends || end < folded.length)) {
      const line = folded.slice(0, word.index).split("\n").length - 1;
      words.push({ text: word[0], piece: number, offset: bones.ofClean(word.index), line });
    }
  }
  return [piece, words];
}
