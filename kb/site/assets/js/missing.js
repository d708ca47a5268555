/**
 * The page for missing addresses, where the address is an issue's with this site's in place of github.com: leads on to
 * the entry if it is only spelt in another way than the redirects, and else says what can be done about the issue.
 */

import { ROOT } from "./addresses.js";

const ISSUE = /^([A-Za-z\d][A-Za-z\d-]*)\/([\w.-]+)\/(?:issues|pull|pulls)\/([1-9]\d{0,9})(?:\/.*)?$/;
const SHORT = /^r\/([A-Za-z\d][A-Za-z\d-]*)\/([\w.-]+)\/([1-9]\d{0,9})\/?$/;

/** @param {Document} document */
export async function startMissing(document) {
  const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-missing]"));
  const path = location.pathname.slice(ROOT.pathname.length);
  const [, owner, name, number] = path.match(SHORT) ?? path.match(ISSUE) ?? [];
  if (!offer || !number || name === "." || name === "..") return;
  const entry = new URL(`r/${owner}/${name}/${number}/`.toLowerCase(), ROOT);
  if (entry.pathname !== location.pathname && (await exists(entry))) {
    location.replace(entry.href + location.search + location.hash);
    return;
  }
  makeOffer(document, offer, `${owner}/${name}`, number);
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
 * @param {string} repository
 * @param {string} number
 */
function makeOffer(document, offer, repository, number) {
  const ref = `${repository}#${number}`;
  document.title = document.title.replace(/^Not found/, () => `Nothing on ${ref} yet`);
  const heading = document.querySelector("#main h1");
  if (heading) heading.textContent = "Nothing on this issue yet";
  for (const place of offer.querySelectorAll("[data-kb-ref]")) place.textContent = place.getAttribute("data-kb-ref") + ref;

  /** @type {Record<string, [string, string]>} */
  const products = JSON.parse(offer.getAttribute("data-kb-products") ?? "{}");
  const [id, product] = products[repository.toLowerCase()] ?? [];
  lead(offer, "report", new URL(`report/#${ref}`, ROOT).href);
  lead(offer, "github", `https://github.com/${repository}/issues/${number}`);
  const fields = new URLSearchParams({ title: `Add: ${ref}`, ...(product && { product }) });
  lead(offer, "add", `${offer.getAttribute("data-kb-new")}&${fields}`);
  if (id) lead(offer, "product", new URL(`${id}/`, ROOT).href, product);
  else offer.querySelector("[data-kb-way=product]")?.closest("li")?.remove();
  offer.hidden = false;
  document.querySelector("[data-kb-missing-else]")?.remove();
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
