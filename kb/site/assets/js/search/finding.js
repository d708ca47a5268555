/** A search in this site's index, which is opened once and only when it is used. */

import { ROOT } from "../addresses.js";
import { search } from "./ranking.js";
import { SearchIndex } from "./reading.js";

const INDEX = new URL("search/index/", ROOT);

/** @typedef {import("./ranking.js").Found} Found */

/** @type {Promise<SearchIndex> | undefined} */
let index;

/** Open the index, once. A failure is not kept. */
export function openIndex() {
  index ??= SearchIndex.fromUrl(INDEX);
  index.catch(() => {
    index = undefined;
  });
  return index;
}

/**
 * The entries that a reader's words mean, the best first.
 * @param {string} query
 * @param {Parameters<typeof search>[2]} options
 */
export async function findByWords(query, options) {
  return search(query, await openIndex(), options);
}

/**
 * The page of all results. What is searched for stands in the fragment, which goes to no server.
 * @param {string} query
 */
export function allResultsUrl(query) {
  const url = new URL("search/", ROOT);
  url.hash = new URLSearchParams({ q: query }).toString();
  return url.href;
}
