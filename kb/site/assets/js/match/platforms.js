/** Which platforms a text shows, by what only they print. The twin of `kb/match/platforms.py`. */

import { PLATFORMS } from "./tables.js";

const SHOWN = Object.entries(PLATFORMS).map(([name, pattern]) => /** @type {const} */ ([name, new RegExp(pattern)]));

/**
 * The platforms that a text shows, as `affects.platforms` names them; none where it shows none.
 * @param {string} text
 * @returns {Set<string>}
 */
export function platformsShown(text) {
  return new Set(SHOWN.filter(([, shown]) => shown.test(text)).map(([name]) => name));
}
