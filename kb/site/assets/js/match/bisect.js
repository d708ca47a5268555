/** Searching sorted numbers. */

/**
 * How many numbers are smaller than `value`.
 * @param {ArrayLike<number>} sorted
 * @param {number} value
 */
export function bisectLeft(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many numbers are not larger than `value`.
 * @param {ArrayLike<number>} sorted
 * @param {number} value
 */
export function bisectRight(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
