/** Keys of the index: hashes of words that stand side by side. The twin of `kb/match/keys.py`. */

const FACTOR = 0x9e3779b1;
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
 * The key of a run of words and one more; the key of no words is 0.
 * @param {number} key
 * @param {number} hash the word's
 */
export function extend(key, hash) {
  return (Math.imul(key, FACTOR) + hash) >>> 0;
}

/**
 * The keys of all runs of one word, of two, … of `longest`: the n-th list has one for each place but the last n.
 * @param {string[]} words
 * @param {number} longest
 * @returns {number[][]}
 */
export function keys(words, longest) {
  /** @type {Map<string, number>} */
  const table = new Map();
  const hashes = words.map((word) => {
    let hash = table.get(word);
    if (hash === undefined) table.set(word, (hash = crc32(word)));
    return hash;
  });
  const lists = [hashes];
  for (let length = 1; length < longest; length += 1) {
    const shorter = lists[length - 1];
    lists.push(hashes.slice(length).map((hash, place) => extend(shorter[place], hash)));
  }
  return lists;
}

/**
 * The key of one run of words.
 * @param {string[]} words
 */
export function keyOf(words) {
  return words.reduce((key, word) => extend(key, crc32(word)), 0);
}
