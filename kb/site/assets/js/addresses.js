/** Addresses inside of the site, and a reader's values in them. */

/** The site's root; this file lies in `assets/kb-<hash>/js/`. */
export const ROOT = new URL("../../../", import.meta.url);

/** Where readers' taps are counted, without a slash at its end; empty where nobody counts them. */
export const collectorUrl = () => document.querySelector("meta[name=kb-votes]")?.getAttribute("content") ?? "";

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

/** What an address of a form may hold: GitHub answers those of some 8,000 characters with 414. */
const FORM_LENGTH = 7000;

/**
 * The address of an issue form with fields filled in, each cut where the address would become too long to be answered.
 * @param {string} form an address with a query
 * @param {Record<string, string>} fields
 */
export function formUrl(form, fields) {
  let query = "";
  let room = FORM_LENGTH - form.length;
  for (const [name, value] of Object.entries(fields)) {
    room -= encoded(name).length + 2;
    let filled = "";
    for (const point of value) {
      const part = encoded(point);
      if (part.length > room) break;
      room -= part.length;
      filled += part;
    }
    if (room > 0) query += `&${encoded(name)}=${filled}`;
  }
  return form + query;
}

/** @param {string} text */
const encoded = (text) => new URLSearchParams([["", text]]).toString().slice(1);
