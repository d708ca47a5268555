/** Values of JSON that anybody may have written: each is of its type, or empty. The twin of `report/reading.py`. */

/** @typedef {Record<string, unknown>} Json */

/**
 * @param {Json} value
 * @param {string} key
 * @returns {string}
 */
export function text(value, key) {
  const found = value[key];
  return typeof found === "string" ? found : "";
}

/**
 * A whole number from 0; 0 for anything else.
 * @param {Json} value
 * @param {string} key
 * @returns {number}
 */
export function count(value, key) {
  const found = value[key];
  return typeof found === "number" && Number.isSafeInteger(found) && found > 0 ? found : 0;
}

/**
 * @param {Json} value
 * @param {string} key
 * @returns {Json}
 */
export function record(value, key) {
  return isObject(value[key]) ? /** @type {Json} */ (value[key]) : {};
}

/** @param {unknown} value */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
