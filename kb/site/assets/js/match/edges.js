/** What cuts a message off in a text. The twin of `kb/match/edges.py`. */

import { WORD } from "./words.js";
import { prefixOfType } from "./values.js";
import { BESIDE, BESIDE_VALUE, CLOSED_BY, OPENED_BY, PARTED_BY, QUOTES, STOPS } from "./tables.js";

/** @typedef {import("./shards.js").Known} Known */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./plan.js").Word} Word */
/**
 * Whether the text itself ends there; the weight of a word cut in two; whether a sentence or a line of the signature
 * ends there, too.
 * @typedef {{isByText: boolean, torn: number, isAtStop: boolean}} Edge
 */

/** Where nothing is missing. @type {Edge} */
export const WHOLE = { isByText: true, torn: 0, isAtStop: false };

/**
 * What cuts off a part before a word of the text, which is this word of the signature.
 * @param {Known} known
 * @param {Reading} reading
 * @param {number} word
 * @param {number} own
 * @returns {Edge | null}
 */
export function startOf({ plan, weights }, reading, word, own) {
  const [missing, first] = [plan.words[own - 1], plan.words[own]];
  const isValue = missing.piece !== first.piece;
  let [beside, torn] = [isValue ? BESIDE_VALUE : 0, 0];
  if (word && missing.text.endsWith(reading.words[word - 1]) && reading.startsLine(word, BESIDE)) {
    torn = part(weights[own - 1], reading.words[word - 1], missing.text);
    beside = Math.max(beside, BESIDE);
  }
  if (!reading.startsLine(word, beside)) return null;
  if (isValue && !mayFollowValue(plan, reading, word, first)) return null;
  return { isByText: word <= beside, torn, isAtStop: false };
}

/**
 * What cuts off a part after a word of the text, which is this word of the signature.
 * @param {Known} known
 * @param {Reading} reading
 * @param {number} word
 * @param {number} own
 * @returns {Edge | null}
 */
export function endOf({ plan, weights }, reading, word, own) {
  const { words: text } = reading;
  const last = plan.words[own];
  /** @type {Word | undefined} */
  const missing = plan.words[own + 1];
  const isValue = !missing || missing.piece !== last.piece;
  const isTorn = word + 1 < text.length && missing?.text.startsWith(text[word + 1]) && reading.endsLine(word, BESIDE);
  const torn = isTorn ? part(weights[own + 1], text[word + 1], missing.text) : 0;
  const beside = Math.max(isValue ? BESIDE_VALUE : 0, isTorn ? BESIDE : 0);
  if (!reading.endsLine(word, beside)) return null;
  const isElided = reading.isElidedAfter(word);
  if (isValue && !isElided && !mayBeCutInValue(plan, reading, word, own)) return null;
  const isByText = isElided || word + beside >= text.length - 1;
  const mayStop = !missing || STOPS.some((stop) => marksAfter(plan, last).startsWith(stop));
  if (!isByText && !isTorn && !mayStop) return null;
  const isAtStop = missing !== undefined && !isValue && (mayStop || missing.line !== last.line);
  return { isByText, torn, isAtStop };
}

/**
 * Whether what stands before a word on its line may be the end of a value, with the marks between them.
 * @param {Known["plan"]} plan
 * @param {Reading} reading
 * @param {number} word
 * @param {Word} first
 */
function mayFollowValue(plan, reading, word, first) {
  const [marks, there] = [marksBefore(plan, first), reading.marksBefore(word)];
  return there.endsWith(marks) || (reading.startsLine(word, 0) && marks.endsWith(there));
}

/**
 * Whether what follows a word on its line may be the start of a value, with what goes before and after it.
 * @param {Known["plan"]} plan
 * @param {Reading} reading
 * @param {number} word
 * @param {number} own
 */
export function mayBeCutInValue(plan, reading, word, own) {
  const last = plan.words[own];
  const [marks, there] = [marksAfter(plan, last), reading.marksAfter(word)].map(withoutQuotes);
  const isAtEnd = reading.endsLine(word, 0);
  if (!there.startsWith(marks) && !(isAtEnd && marks.startsWith(there))) return false;
  if (isAtEnd || own === plan.words.length - 1 || last.piece + 1 >= plan.pieces.length) return true;
  // Where the value may end, the message goes on as it does here, or it is another one.
  const [following, slot] = [plan.pieces[last.piece + 1].text, plan.slots[last.piece + 1]];
  const ends = endsOfValue(slot?.type, following, without(OPENED_BY, reading.lineAfter(word)));
  // A value takes marks behind it that are the message's own.
  const goesOn = without(PARTED_BY, following);
  const found = ends.map((end) => without(PARTED_BY, end.replaceAll(" ", "")));
  return !found.length || found.some((end) => end.startsWith(goesOn) || goesOn.startsWith(end));
}

/**
 * What may follow the value that a line begins with; nothing where that may go on to the line's end. A value in quotes
 * or brackets ends at their like, one of a type at what the type has not.
 * @param {string | undefined} type
 * @param {string} following
 * @param {string} line
 */
function endsOfValue(type, following, line) {
  const closing = CLOSED_BY.find((mark) => following.startsWith(mark));
  if (closing)
    return line
      .split(closing)
      .flatMap((before, number, all) => (number ? [closing + all.slice(number).join(closing)] : []));
  const rest = type === undefined ? "" : line.slice(prefixOfType(type, line)?.length ?? line.length);
  return rest.replace(/ +$/, "").includes(" ") ? [rest] : [];
}

/**
 * A text without such marks at its start.
 * @param {string} marks
 * @param {string} text
 */
function without(marks, text) {
  let start = 0;
  while (start < text.length && marks.includes(text[start])) start += 1;
  return text.slice(start);
}

/**
 * The marks between a word of a signature and the word, or the placeholder, before it.
 * @param {Known["plan"]} plan
 * @param {Word} word
 */
function marksBefore(plan, word) {
  return plan.pieces[word.piece].text.slice(0, word.offset).split(WORD).pop() ?? "";
}

/**
 * The marks between a word of a signature and the word, or the placeholder, after it.
 * @param {Known["plan"]} plan
 * @param {Word} word
 */
function marksAfter(plan, word) {
  return plan.pieces[word.piece].text.slice(word.offset + word.text.length).split(WORD, 1)[0];
}

/** @param {string} text */
function withoutQuotes(text) {
  return [...text].filter((character) => !QUOTES.includes(character)).join("");
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
