/**
 * A signature prepared for matching: its literals as pieces of skeleton, with the placeholders between them.
 * The twin of `kb/match/plan.py`; it also reads the signature language, which the build has checked.
 */

import { trimEnd, trimStart } from "./lines.js";
import { decode, fold } from "./noise.js";
import { applyEdits, Skeleton } from "./reading.js";
import { SPACE } from "./values.js";
import { WORD } from "./words.js";

/** @typedef {{name: string, type: string}} Placeholder */
/** @typedef {{text: string, gaps: number[], gapBefore: boolean, gapAfter: boolean}} Piece */
/** @typedef {{text: string, piece: number, offset: number}} Word a whole word of a literal */
/** @typedef {{pieces: Piece[], slots: (Placeholder | null)[], words: Word[], spelled: string[], size: number}} Plan */

const INSIDE = /^([a-z][a-z0-9_]*)(?::(int|hex|word|path|url|quoted|rest|lines))?$/;

/**
 * Split a signature into literals and placeholders.
 * @param {string} text
 * @returns {(string | Placeholder)[]}
 */
function parse(text) {
  /** @type {(string | Placeholder)[]} */
  const parts = [];
  let literal = "";
  let at = 0;
  // Of three braces the first is the message's own.
  for (const opening of text.matchAll(/\\\{\{|\{\{(?!\{)/g)) {
    if (opening.index < at) continue;
    literal += text.slice(at, opening.index);
    at = opening.index + opening[0].length;
    if (opening[0].startsWith("\\")) {
      literal += "{{";
      continue;
    }
    const closing = text.indexOf("}}", at);
    const inside = INSIDE.exec(text.slice(at, Math.max(closing, at)));
    if (!inside) {
      literal += "{{";
      continue;
    }
    const [, name, type = "text"] = inside;
    if (literal) parts.push(literal);
    // Nothing tells where a placeholder ends that another one follows.
    if (literal || !parts.length) parts.push({ name, type });
    literal = "";
    at = closing + 2;
  }
  literal += text.slice(at);
  if (literal) parts.push(literal);
  return parts;
}

/**
 * Prepare a signature for matching.
 * @param {string} text
 * @returns {Plan}
 */
export function plan(text) {
  const parts = parse(text);
  /** @type {Plan} */
  const result = { pieces: [], slots: [], words: [], spelled: [], size: 0 };
  /** @type {Placeholder | null} */
  let waiting = null;
  parts.forEach((part, number) => {
    if (typeof part !== "string") {
      waiting = part;
      return;
    }
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
  const bones = new Skeleton(folded);
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
      words.push({ text: word[0], piece: number, offset: bones.ofClean(word.index) });
    }
  }
  return [piece, words];
}
