/** Keys of the index: hashes of words that stand side by side. The twin of `kb/match/keys.py`. */

import { FACTORS } from "./tables.js";

const ENCODER = new TextEncoder();

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * CRC-32 of a text's UTF-8 bytes.
 * @param {string} text
 */
export function crc32(text) {
  let value = 0xffffffff;
  for (const byte of ENCODER.encode(text)) value = CRC_TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  return ~value >>> 0;
}

/**
 * The keys of all runs of one word, of two, … of `longest`: the n-th list has one for each place but the last n.
 * @param {string[]} words
 * @param {number} longest
 * @returns {Uint32Array[]}
 */
export function keys(words, longest) {
  /** @type {Map<string, number>} */
  const table = new Map();
  const hashes = Uint32Array.from(words, (word) => {
    let hash = table.get(word);
    if (hash === undefined) table.set(word, (hash = crc32(word)));
    return hash;
  });
  const lists = [hashes];
  for (let place = 1; place < longest; place += 1) {
    const shorter = lists[place - 1];
    const longer = new Uint32Array(Math.max(0, words.length - place));
    for (let first = 0; first < longer.length; first += 1) {
      longer[first] = shorter[first] ^ Math.imul(hashes[first + place], FACTORS[place]);
    }
    lists.push(longer);
  }
  return lists;
}

/**
 * The key of one run of words.
 * @param {string[]} words
 */
export function keyOf(words) {
  return words.reduce((key, word, place) => key ^ Math.imul(crc32(word), FACTORS[place]), 0) >>> 0;
}
