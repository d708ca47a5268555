/** Matching one signature against a text, exactly and in linear time. The twin of `kb/match/align.py`. */

import { after, before, between } from "./captures.js";
import { find, findLast, width } from "./lines.js";
import { WORD_CHARACTER } from "./words.js";
import {
  LEAST_SHARE,
  LEAST_WORK,
  MAX_BLOCK,
  MAX_VALUE,
  MAX_WRAPS,
  STEPS,
  STEP_COST,
  STOP,
  TRIES,
  WORDS_PER_GLANCE,
  WORDS_PER_WORK,
} from "./tables.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Piece} Piece */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./reading.js").Skeleton} Skeleton */
/** @typedef {{start: number, end: number, captures: Record<string, string>, overLines: boolean,
 *   literals: [start: number, end: number]}} Match `literals`: where the first literal starts and the last one ends */

const LAST_CHARACTER = /[^]$/u;

/** Work that may still be done for a text, in known places looked at: what bounds the time for any text. */
export class Budget {
  /**
   * @param {number} left
   * @param {number} [glances] places that may be glanced at when no time is left for more
   */
  constructor(left, glances = 0) {
    this.left = left;
    this.glances = glances;
  }

  /**
   * The budget for a text of so many words.
   * @param {number} words
   */
  static ofText(words) {
    return new Budget(
      LEAST_WORK + Math.floor(words / WORDS_PER_WORK),
      LEAST_WORK + Math.floor(words / WORDS_PER_GLANCE),
    );
  }

  /** What one signature may use of it, so that none leaves nothing for the others. */
  share() {
    return new Budget(
      Math.min(this.left, Math.max(LEAST_SHARE, Math.floor(this.left / 4))),
      Math.min(this.glances, Math.max(LEAST_SHARE, Math.floor(this.glances / 2))),
    );
  }

  /**
   * Take off what was used of a share.
   * @param {Budget} given
   * @param {Budget} left
   */
  spend(given, left) {
    this.left -= given.left - left.left;
    this.glances -= given.glances - left.glances;
  }
}

/**
 * Find the first place where the whole signature stands in a text.
 * @param {Plan} signature
 * @param {Reading} reading
 * @param {Budget} budget
 * @returns {Match | null}
 */
export function align(signature, reading, budget) {
  let kept = null;
  const lengths = signature.pieces.map(({ text }) => text.length);
  const anchor = lengths.indexOf(Math.max(...lengths));
  const { text } = signature.pieces[anchor];
  for (const bones of [reading.skeleton, reading.bare]) {
    if (!bones) continue;
    for (let at = bones.text.indexOf(text); at >= 0 && budget.left > 0; at = bones.text.indexOf(text, at + 1)) {
      const match = alignAt(signature, reading, bones, [anchor, at], budget);
      if (match && (!match.overLines || !reading.bare || bones === reading.bare)) return match;
      kept ??= match;
    }
  }
  return kept;
}

/**
 * Match a signature one of whose pieces, given by its number, stands at a known place of the skeleton.
 * @param {Plan} signature
 * @param {Reading} reading
 * @param {Skeleton} bones
 * @param {[piece: number, at: number]} known
 * @param {Budget} budget
 * @returns {Match | null}
 */
export function alignAt(signature, reading, bones, known, budget) {
  const [piece, at] = known;
  budget.left -= 1;
  if (at < 0 || !stands(signature.pieces[piece], bones, at)) return null;
  return new Alignment(signature, reading, bones, known, budget).match();
}

/**
 * Whether a literal is here, with the same words: white space may differ beside punctuation and at line ends.
 * @param {Piece} piece
 * @param {Skeleton} bones
 * @param {number} at
 */
export function stands(piece, bones, at) {
  if (!bones.text.startsWith(piece.text, at)) return false;
  const end = at + piece.text.length;
  if (piece.gapBefore && !endsWords(bones, at)) return false;
  if (piece.gapAfter && !endsWords(bones, end)) return false;
  const given = bones.gaps(at, end);
  if (piece.gaps.some((gap) => !given.includes(gap) && betweenWords(piece.text, gap))) return false;
  return given.every((gap) => piece.gaps.includes(gap) || !betweenWords(piece.text, gap) || bones.breaks(at + gap));
}

/**
 * Whether words end or begin here.
 * @param {Skeleton} bones
 * @param {number} at
 */
export function endsWords(bones, at) {
  return at === 0 || bones.isGap(at) || !betweenWords(bones.text, at);
}

/**
 * Whether a piece has white space beside it that a text may lack; a piece without text is white space itself.
 * @param {Piece} piece
 * @param {boolean} ends it is punctuation that ends a signature
 */
function wantsSpace(piece, ends) {
  return piece.text !== "" && (piece.gapBefore || piece.gapAfter || ends);
}

/**
 * Whether a piece has white space beside it wherever the signature has some, not the backslash of a path.
 * @param {Piece} piece
 * @param {string} clean
 * @param {Skeleton} bones
 * @param {number} at
 * @param {boolean} ends it is punctuation that ends a signature: followed by some, or by a quote that closes
 */
function hasSpace(piece, clean, bones, at, ends) {
  const end = at + piece.text.length;
  if (piece.gapBefore && !(bones.isGap(at) && clean[bones.inClean(at) - 1] !== "\\")) return false;
  if (ends && bones.text[end] === "'") return true;
  return !(piece.gapAfter || ends) || (bones.isGap(end) && clean[bones.afterInClean(end)] !== "\\");
}

/**
 * @param {string} text
 * @param {number} at
 */
function betweenWords(text, at) {
  if (at <= 0 || at >= text.length) return false;
  // A letter beyond the BMP has two units.
  const before = LAST_CHARACTER.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? "";
  return WORD_CHARACTER.test(before) && WORD_CHARACTER.test(text.slice(at, at + 2));
}

/** The search outwards from one known place. */
class Alignment {
  /** @type {Map<number, number>} */
  #places;
  /** @type {Map<string, string[]>} */
  #captures = new Map();
  #start = 0;
  #end = 0;
  #steps = STEPS;
  /** @type {Set<string>} */
  #dead = new Set();

  /**
   * @param {Plan} signature
   * @param {Reading} reading
   * @param {Skeleton} bones
   * @param {[piece: number, at: number]} known
   * @param {Budget} budget
   */
  constructor(signature, reading, bones, known, budget) {
    this.signature = signature;
    this.reading = reading;
    this.bones = bones;
    this.known = known[0];
    this.budget = budget;
    this.#places = new Map([known]);
  }

  /**
   * Complete the match, or find that there is none.
   * @returns {Match | null}
   */
  match() {
    if (!this.#backward(this.known) || !this.#forward(this.known)) return null;
    /** @type {Record<string, string>} */
    const captures = {};
    for (const slot of this.signature.slots) {
      if (slot) captures[slot.name] = /** @type {string[]} */ (this.#captures.get(slot.name))[0];
    }
    const first = this.bones.inClean(this.#place(0));
    const last = this.bones.afterInClean(this.#after(this.signature.pieces.length - 1));
    return {
      literals: [this.reading.origin(first), this.reading.originEnd(last)],
      start: this.reading.origin(this.#start),
      end: this.reading.originEnd(this.#end),
      captures,
      overLines: find(this.reading.clean, "\n", this.#start, this.#end) >= 0,
    };
  }

  /** Whether the match may start where its first piece is; notes where it does. */
  #starts() {
    const slot = this.signature.slots[0];
    const first = this.#place(0);
    this.#start = this.bones.inClean(first);
    if (!slot) return endsWords(this.bones, first);
    const edge = before(slot.type, this.reading, this.bones, this.#start);
    if (!edge || !this.#capture(slot.name, edge.value)) return false;
    this.#start = edge.start;
    return true;
  }

  /** Whether the match may end where its last piece does; notes where it does. */
  #ends() {
    const slot = this.signature.slots[this.signature.slots.length - 1];
    const last = this.#after(this.signature.pieces.length - 1);
    this.#end = this.bones.afterInClean(last);
    if (!slot) return endsWords(this.bones, last);
    const edge = after(slot.type, this.reading, this.bones, this.#end, this.#columns());
    if (!edge || !this.#capture(slot.name, edge.value)) return false;
    this.#end = edge.end;
    return true;
  }

  /** How wide this match shows the lines to be: by a word that was cut, or by lines that agree; 0 if unknown. */
  #columns() {
    const { clean, folded } = this.bones;
    const end = this.bones.afterInClean(this.#after(this.signature.pieces.length - 1));
    const widths = [];
    let at = find(folded, "\n", this.bones.inClean(this.#place(0)), end);
    while (widths.length < MAX_WRAPS && at >= 0) {
      if (!this.bones.wraps(at)) return 0;
      widths.push(width(clean, folded, at));
      at = find(folded, "\n", at + 1, end);
    }
    return widths.length > 1 || this.#cutsWord() ? Math.max(0, ...widths) : 0;
  }

  /** Whether a line end stands inside a word of this signature. */
  #cutsWord() {
    return this.signature.pieces.some((piece, number) => {
      const at = this.#place(number);
      const gaps = this.bones.gaps(at, at + piece.text.length);
      return gaps.some((gap) => !piece.gaps.includes(gap) && this.bones.breaks(at + gap));
    });
  }

  /** @param {number} piece */
  #place(piece) {
    return /** @type {number} */ (this.#places.get(piece));
  }

  /**
   * Where a placed piece ends in the skeleton.
   * @param {number} piece
   */
  #after(piece) {
    return this.#place(piece) + this.signature.pieces[piece].text.length;
  }

  /**
   * Place the pieces after `piece`, each as near to the one before it as its placeholder's type allows.
   * @param {number} piece
   * @returns {boolean}
   */
  #forward(piece) {
    const following = piece + 1;
    if (following === this.signature.pieces.length) return this.#ends();
    const end = this.#after(piece);
    const places = (/** @type {boolean} */ isSpaced) => this.#placesAfter(following, end, isSpaced);
    return this.#tryPlaces(following, following, end, places, (at) => [end, at]);
  }

  /**
   * Place the pieces before `piece`, each as near to the one after it as its placeholder's type allows.
   * @param {number} piece
   * @returns {boolean}
   */
  #backward(piece) {
    if (piece === 0) return this.#starts();
    const at = this.#place(piece);
    const { length } = this.signature.pieces[piece - 1].text;
    const places = (/** @type {boolean} */ isSpaced) => this.#placesBefore(piece - 1, at, isSpaced);
    return this.#tryPlaces(piece - 1, piece, at, places, (place) => [place + length, at]);
  }

  /**
   * Try places for a piece and go on from there. First those with white space beside the piece as the signature has it:
   * `: ` is rather that than a URL's colon.
   * @param {number} piece
   * @param {number} slot of the value beside it
   * @param {number} origin the place that it is sought from
   * @param {(isSpaced: boolean) => Iterable<number>} places
   * @param {(place: number) => [number, number]} bounds of the value
   * @returns {boolean}
   */
  #tryPlaces(piece, slot, origin, places, bounds) {
    const placeholder = this.signature.slots[slot];
    const state = `${piece} ${origin}`;
    if (!placeholder || this.#dead.has(state)) return false;
    for (const isSpaced of [true, false]) {
      for (const place of places(isSpaced)) {
        this.#steps -= 1;
        this.budget.left -= STEP_COST;
        if (this.#steps < 0 || this.budget.left < 0) return false;
        const { value, mayGrow } = between(placeholder.type, this.reading, this.bones, ...bounds(place));
        if (value !== null && this.#fitsGaps(slot, value) && this.#capture(placeholder.name, value)) {
          this.#places.set(piece, place);
          if (piece === slot ? this.#forward(piece) : this.#backward(piece)) return true;
          this.#captures.get(placeholder.name)?.pop();
        }
        if (!mayGrow) break;
      }
    }
    this.#dead.add(state);
    return false;
  }

  /**
   * Whether an empty value is possible: white space on both sides of a placeholder has something between.
   * @param {number} slot
   * @param {string} value
   */
  #fitsGaps(slot, value) {
    return value !== "" || !(this.signature.pieces[slot - 1].gapAfter && this.signature.pieces[slot].gapBefore);
  }

  /**
   * Note a placeholder's value; a name used twice means the same value.
   * @param {string} name
   * @param {string} value
   */
  #capture(name, value) {
    const known = this.#captures.get(name) ?? [];
    if (known.length && known[0].toLowerCase() !== value.toLowerCase()) return false;
    known.push(value);
    this.#captures.set(name, known);
    return true;
  }

  /**
   * Where a piece may stand if its placeholder's value begins at `start`, the nearest first.
   * @param {number} number
   * @param {number} start
   * @param {boolean} isSpaced
   */
  *#placesAfter(number, start, isSpaced) {
    const { bones } = this;
    const piece = this.signature.pieces[number];
    const isLast = number === this.signature.pieces.length - 1 && !this.signature.slots.at(-1);
    const ends = isLast && [...piece.text].every((character) => STOP.includes(character));
    if (!isSpaced && !wantsSpace(piece, ends)) return;
    const isBlock = this.signature.slots[number]?.type === "lines";
    const reach = start + (isBlock ? MAX_BLOCK : MAX_VALUE) + piece.text.length;
    let at = piece.text ? find(bones.text, piece.text, start, reach) : start;
    if (at < 0) return;
    const last = isBlock ? start + MAX_BLOCK : bones.lineEnd(start);
    if (!piece.text) {
      yield* bones.nextGaps(start, TRIES).filter((gap) => gap <= last);
      return;
    }
    for (let attempt = 0; attempt < TRIES && at >= 0 && at <= last; attempt += 1) {
      if (stands(piece, bones, at) && hasSpace(piece, this.reading.clean, bones, at, ends) === isSpaced) yield at;
      at = find(bones.text, piece.text, at + 1, last + piece.text.length);
    }
  }

  /**
   * Where a piece may stand if the value after it ends at `end`, the nearest first.
   * @param {number} number
   * @param {number} end
   * @param {boolean} isSpaced
   */
  *#placesBefore(number, end, isSpaced) {
    const { bones } = this;
    const piece = this.signature.pieces[number];
    if (!isSpaced && !wantsSpace(piece, false)) return;
    const isBlock = this.signature.slots[number + 1]?.type === "lines";
    const reach = Math.max(0, end - (isBlock ? MAX_BLOCK : MAX_VALUE) - piece.text.length);
    let at = piece.text ? findLast(bones.text, piece.text, reach, end) : end;
    if (at < 0) return;
    const first = isBlock ? end - MAX_BLOCK : bones.lineStart(end);
    if (!piece.text) {
      yield* bones.lastGaps(end, TRIES).filter((gap) => gap >= first);
      return;
    }
    const limit = Math.max(0, first - piece.text.length);
    for (let attempt = 0; attempt < TRIES && at >= limit; attempt += 1) {
      if (stands(piece, bones, at) && hasSpace(piece, this.reading.clean, bones, at, false) === isSpaced) yield at;
      at = findLast(bones.text, piece.text, limit, at + piece.text.length - 1);
    }
  }
}
