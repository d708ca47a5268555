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
  if (form.includes("issue%5Bdescription%5D=")) return filledOnGitLab(form, fields);
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

/** Heading of a description on GitLab -> the field that stands under it (`kb/site/forms.py`). */
const HEADINGS = { product: "### Product\n\n", error: "### The error, as it is printed\n\n```text\n" };

/**
 * The same where a form is a description that the address carries.
 * @param {string} form
 * @param {Record<string, string>} fields
 */
function filledOnGitLab(form, fields) {
  const url = new URL(form);
  const { title, ...others } = fields;
  if (title) url.searchParams.set("issue[title]", title);
  for (const [name, heading] of Object.entries(HEADINGS)) {
    const description = url.searchParams.get("issue[description]") ?? "";
    const at = description.indexOf(heading);
    const room = FORM_LENGTH - url.href.length;
    if (at < 0 || !others[name] || room <= 0) continue;
    const end = at + heading.length;
    let value = "";
    let length = 0;
    for (const point of others[name].replaceAll("```", "'''")) {
      length += encoded(point).length;
      if (length > room) break;
      value += point;
    }
    url.searchParams.set("issue[description]", description.slice(0, end) + value + description.slice(end));
  }
  return url.href;
}

/** @param {string} text */
const encoded = (text) => new URLSearchParams([["", text]]).toString().slice(1);
