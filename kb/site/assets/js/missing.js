/**
 * The page for missing addresses, where the address is an issue's with this site's in place of github.com: leads on to
 * the entry if it is only spelt in another way than the redirects, and else says what can be done about the issue.
 */

import { ROOT, formUrl } from "./addresses.js";
import { GITHUB, issueOfPath, nameOf, shortPathOf, urlOf } from "./report/issue_ref.js";

/** @typedef {import("./report/issue_ref.js").IssueRef} IssueRef */

/** @param {Document} document */
export async function startMissing(document) {
  const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-missing]"));
  const path = location.pathname.slice(ROOT.pathname.length);
  const ref = issueOfPath(path);
  if (!offer || !ref) return;
  const entry = new URL(`r/${shortPathOf(ref)}/`.toLowerCase(), ROOT);
  if (entry.pathname !== location.pathname && (await exists(entry))) {
    location.replace(entry.href + location.search + location.hash);
    return;
  }
  makeOffer(document, offer, ref);
}

/** @param {URL} url */
async function exists(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/**
 * @param {Document} document
 * @param {HTMLElement} offer
 * @param {IssueRef} ref
 */
function makeOffer(document, offer, ref) {
  const name = nameOf(ref);
  document.title = document.title.replace(/^Not found/, () => `Nothing on ${name} yet`);
  const heading = document.querySelector("#main h1");
  if (heading) heading.textContent = "Nothing on this issue yet";
  for (const place of offer.querySelectorAll("[data-kb-ref]"))
    place.textContent = place.getAttribute("data-kb-ref") + name;

  const [id, product] = productsOf(offer)[name.slice(0, -`${ref.mark}${ref.number}`.length).toLowerCase()] ?? [];
  // The page of reports asks one API, and that is hardly another host's.
  if (ref.host === GITHUB) lead(offer, "report", new URL(`report/#${name}`, ROOT).href);
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
