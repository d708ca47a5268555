/** Addresses inside of the site, and a reader's values in them. */

/** The site's root; this file lies in `assets/kb-<hash>/js/`. */
export const ROOT = new URL("../../../", import.meta.url);

/**
 * The address of an entry with a reader's values in its fragment, which browsers send to no server.
 * @param {string} id
 * @param {Record<string, string>} values
 */
export function entryUrl(id, values) {
  const url = new URL(`${id}/`, ROOT);
  const query = new URLSearchParams(values).toString();
  if (query) url.hash = `fill:${query}`;
  return url.href;
}

/**
 * The values in a fragment that `entryUrl` made; none for any other.
 * @param {string} hash
 * @returns {Record<string, string>}
 */
export function valuesOf(hash) {
  if (!hash.startsWith("#fill:")) return {};
  return Object.fromEntries(new URLSearchParams(hash.slice("#fill:".length)));
}
