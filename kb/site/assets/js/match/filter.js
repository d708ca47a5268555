/** The reader of the XOR filter that `kb/match/filter.py` builds. */

import { GOLDEN } from "./tables.js";

/**
 * MurmurHash3's finalizer.
 * @param {number} value
 */
function mix(value) {
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A set of keys that may take a stranger for a member but misses none. */
export class KeyFilter {
  #packed;
  #bits;
  #seed;
  #block;

  /**
   * @param {Uint8Array} packed
   * @param {number} count how many keys are in it
   * @param {{seed: number, bits: number}} options
   */
  constructor(packed, count, { seed, bits }) {
    this.#packed = packed;
    this.#bits = bits;
    this.#seed = seed;
    this.#block = Math.floor((Math.floor((count * 123) / 100) + 32) / 3) + 1;
  }

  /**
   * Whether a key may be in the set.
   * @param {number} key
   */
  has(key) {
    const first = mix(key ^ this.#seed);
    const second = mix(first + GOLDEN);
    const third = mix(second + GOLDEN);
    const fingerprint = mix(third + GOLDEN);
    const found =
      this.#value(this.#slot(first)) ^
      this.#value(this.#block + this.#slot(second)) ^
      this.#value(2 * this.#block + this.#slot(third));
    return found === (fingerprint & ((1 << this.#bits) - 1));
  }

  /** @param {number} hash */
  #slot(hash) {
    return Math.floor((hash * this.#block) / 0x100000000);
  }

  /** @param {number} slot */
  #value(slot) {
    const place = slot * this.#bits;
    const byte = Math.floor(place / 8);
    const two = this.#packed[byte] | ((this.#packed[byte + 1] ?? 0) << 8);
    return (two >>> (place % 8)) & ((1 << this.#bits) - 1);
  }
}
