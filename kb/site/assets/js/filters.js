/** On a product's page: filters by version, platform and proof. What is chosen stands in the address, to be linked. */

import { compareVersions } from "./match/versions.js";
import { spoken } from "./words.js";

/** @typedef {{ranges?: [string, string][], happens?: string[], absent?: string[]}} Said of versions: see `kb/site/facets.py` */
/** @typedef {{version: string, platform: string, proven: boolean}} Chosen */

const IS_VERSION = /^[vV]?[0-9][\w.+!~-]*$/;

/**
 * Whether an error happens with a version; null where nothing is said of it. A version that was tried is decided by
 * that: `20` is any of `20.x` that were.
 * @param {Said} said
 * @param {string} version
 */
export function happensWith({ ranges = [], happens = [], absent = [] }, version) {
  const isOf = (/** @type {string} */ tried) =>
    compareVersions(tried, version) === 0 || tried.startsWith(`${version}.`);
  if (happens.some(isOf)) return true;
  if (absent.some(isOf)) return false;
  if (!ranges.length) return null;
  return ranges.some(
    ([since, before]) =>
      (!since || compareVersions(since, version) <= 0) && (!before || compareVersions(version, before) < 0),
  );
}

/** @param {HTMLFormElement} form */
export function startFilters(form) {
  const list = document.querySelector(".kb-cards");
  if (!list) return;
  const pager = /** @type {HTMLElement | null} */ (document.querySelector(".kb-pager"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const reset = /** @type {HTMLElement} */ (form.querySelector("[type=reset]"));
  const listed = [...list.children];
  /** @type {Promise<Element[]> | undefined} */
  let further;
  let turn = 0;

  async function show() {
    turn += 1;
    const mine = turn;
    const chosen = chosenIn(form);
    const isAny = !chosen.version && !chosen.platform && !chosen.proven;
    writeAddress(form);
    reset.hidden = isAny && !isNoVersion(form);
    if (pager) pager.hidden = !isAny;
    if (isAny) {
      status.textContent = isNoVersion(form) ? spoken`A version begins with a digit, such as 3.1.` : "";
      list?.replaceChildren(...listed);
      for (const item of listed) setShown(item, true);
      return;
    }
    let others = /** @type {Element[]} */ ([]);
    let lack = "";
    try {
      further ??= cardsFrom(document, location.href);
      others = await further;
    } catch {
      further = undefined;
      lack = spoken` The next pages of the list could not be loaded, so what is on them is missing here.`;
    }
    if (mine !== turn) return; // Something else was chosen while the pages came.
    const all = [...listed, ...others];
    const fitting = all.filter((item) => fits(item, chosen));
    for (const item of all) setShown(item, fitting.includes(item));
    list?.replaceChildren(...all);
    const unknown = chosen.version ? fitting.filter((item) => happensWith(saidOf(item), chosen.version) === null) : [];
    const [count, total, unclear] = [fitting.length, all.length, unknown.length];
    const said = unclear ? spoken` Of ${unclear} it is not known with which versions they happen.` : "";
    status.textContent = spoken`${count} of ${total} entries.` + said + lack;
  }

  readAddress(form);
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  if (location.search) show();
}

/**
 * The items of the pages of a list that follow on one, all of them.
 * @param {Document} from
 * @param {string} address of that page
 * @returns {Promise<Element[]>}
 */
async function cardsFrom(from, address) {
  const found = [];
  let next = from.querySelector(".kb-pager [rel=next]")?.getAttribute("href");
  let at = address;
  while (next) {
    at = new URL(next, at).href;
    const answer = await fetch(at);
    if (!answer.ok) throw new Error(`${at}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const item of page.querySelectorAll(".kb-cards > li")) {
      for (const link of item.querySelectorAll("a")) link.href = new URL(link.getAttribute("href") ?? "", at).href;
      found.push(document.adoptNode(item));
    }
    next = page.querySelector(".kb-pager [rel=next]")?.getAttribute("href");
  }
  return found;
}

/**
 * @param {Element} item
 * @param {Chosen} chosen
 */
function fits(item, { version, platform, proven }) {
  const platforms = (item.getAttribute("data-kb-platforms") ?? "").split("\n").filter(Boolean);
  return (
    (!proven || item.hasAttribute("data-kb-proven")) &&
    (!platform || !platforms.length || platforms.includes(platform)) &&
    (!version || happensWith(saidOf(item), version) !== false)
  );
}

/**
 * @param {Element} item
 * @returns {Said}
 */
const saidOf = (item) => JSON.parse(item.getAttribute("data-kb-versions-of") || "{}");

/**
 * @param {Element} item
 * @param {boolean} isShown
 */
function setShown(item, isShown) {
  /** @type {HTMLElement} */ (item).hidden = !isShown;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Chosen}
 */
function chosenIn(form) {
  const values = new FormData(form);
  const version = String(values.get("version") ?? "").trim();
  return {
    version: IS_VERSION.test(version) ? version.replace(/^[vV]/, "") : "",
    platform: String(values.get("platform") ?? ""),
    proven: values.has("proven"),
  };
}

/** @param {HTMLFormElement} form */
function isNoVersion(form) {
  const version = String(new FormData(form).get("version") ?? "").trim();
  return version !== "" && !IS_VERSION.test(version);
}

/** @param {HTMLFormElement} form */
function writeAddress(form) {
  const { version, platform, proven } = chosenIn(form);
  const query = new URLSearchParams({
    ...(version && { version }),
    ...(platform && { platform }),
    ...(proven && { proven: "yes" }),
  });
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
}

/** @param {HTMLFormElement} form */
function readAddress(form) {
  const query = new URLSearchParams(location.search);
  for (const field of /** @type {Iterable<HTMLInputElement | HTMLSelectElement>} */ (form.elements)) {
    const value = query.get(field.name);
    if (value === null || !field.name) continue;
    if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = value === "yes";
    else field.value = value.slice(0, 60);
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.selectedIndex = 0;
  }
}
