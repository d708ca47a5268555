/**
 * The page for missing addresses. Where the address is an issue's with this site's in place of github.com, it leads on
 * to the entry if one lists it, in whatever spelling (`kb/site/redirects.py`), and else says what can be done about it.
 * The address of a code that a single entry has leads to that entry.
 */

import { ROOT, entryUrl, formUrl } from "./addresses.js";
import { issueOfPath, nameOf, shortPathOf, urlOf } from "./report/issue_ref.js";
import { shardOf } from "./shards.js";
import { spoken } from "./words.js";

/** What an entry's id may be: it becomes an address. */
const ENTRY = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/;

/** The address of a translation, which goes when its file does; the entry's stays. */
const TRANSLATION = /^([a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*)\/[a-z]{2,3}(?:-[A-Za-z0-9]+)*\/?$/;

/** The address of a code. */
const CODE = /^(codes\/[a-z0-9-]+)\/?$/i;

/** @typedef {import("./report/issue_ref.js").IssueRef} IssueRef */

/** @param {Document} document */
export async function startMissing(document) {
  const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-missing]"));
  if (!offer) return;
  const path = location.pathname.slice(ROOT.pathname.length);
  const translated = TRANSLATION.exec(path);
  if (translated?.[1] && (await isThere(translated[1]))) {
    location.replace(entryUrl(translated[1], {}) + location.search + location.hash);
    return;
  }
  const ref = issueOfPath(path);
  const address = ref ? shortPathOf(ref) : CODE.exec(path)?.[1];
  if (!address) return;
  const entry = await entryAt(address.toLowerCase(), Number(offer.getAttribute("data-kb-shortcuts")));
  if (entry) location.replace(entryUrl(entry, {}) + location.search + location.hash);
  else if (ref) makeOffer(document, offer, ref);
}

/**
 * Whether there is an entry, also under a former id.
 * @param {string} entry
 * @returns {Promise<boolean>}
 */
async function isThere(entry) {
  try {
    return (await fetch(new URL(`${entry}/`, ROOT))).ok;
  } catch (error) {
    console.error(error);
    return false;
  }
}

/**
 * The entry that an address leads to; nothing where there is none, or the map can't be read.
 * @param {string} address as the map has it: `owner/name/123`, `codes/eresolve`
 * @param {number} count of the map's files
 * @returns {Promise<string | undefined>}
 */
async function entryAt(address, count) {
  try {
    const response = await fetch(new URL(`r/-/${shardOf(address, count)}.json`, ROOT));
    const map = response.ok ? await response.json() : {};
    const entry = Object.hasOwn(map, address) ? map[address] : undefined;
    return typeof entry === "string" && ENTRY.test(entry) ? entry : undefined;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/**
 * @param {Document} document
 * @param {HTMLElement} offer
 * @param {IssueRef} ref
 */
function makeOffer(document, offer, ref) {
  const name = nameOf(ref);
  document.title = document.title.replace(spoken`Not found`, () => spoken`Nothing on ${name} yet`);
  const heading = document.querySelector("#main h1");
  if (heading) heading.textContent = spoken`Nothing on this issue yet`;
  for (const place of offer.querySelectorAll("[data-kb-ref]"))
    place.textContent = place.getAttribute("data-kb-ref") + name;

  const [id, product] = productsOf(offer)[name.slice(0, -`${ref.mark}${ref.number}`.length).toLowerCase()] ?? [];
  // The page of reports asks one API.
  if (ref.host === offer.getAttribute("data-kb-asks")) lead(offer, "report", new URL(`report/#${name}`, ROOT).href);
  lead(offer, "github", urlOf(ref));
  const fields = { title: `Add: ${name}`, ...(product && { product }) };
  lead(offer, "add", formUrl(offer.getAttribute("data-kb-new") ?? "", fields));
  if (id) lead(offer, "product", new URL(`${id}/`, ROOT).href, product);
  for (const way of offer.querySelectorAll("[data-kb-way]:not([href])")) way.closest("li")?.remove();
  offer.hidden = false;
  document.querySelector("[data-kb-missing-else]")?.remove();
}

/**
 * The products of repositories; none where the list can't be read.
 * @param {HTMLElement} offer
 * @returns {Record<string, [string, string]>}
 */
function productsOf(offer) {
  try {
    return JSON.parse(offer.getAttribute("data-kb-products") ?? "{}");
  } catch (error) {
    console.error(error);
    return {};
  }
}

/**
 * @param {HTMLElement} offer
 * @param {string} way
 * @param {string} url
 * @param {string} [name]
 */
function lead(offer, way, url, name) {
  const link = offer.querySelector(`[data-kb-way=${way}]`);
  link?.setAttribute("href", url);
  const place = link?.querySelector("[data-kb-name]");
  if (name && place) place.textContent = name;
}
