/** What is said of proofs: in one line, and whether they are of long ago by the reader's clock. The twin of `kb/match/proven.py`. */

import { spoken } from "./words.js";

const DAY_MS = 86_400_000;
/** `LONG_AGO` of `kb/entry/proven.py`. */
const LONG_AGO_DAYS = 365;

/** @typedef {{workaround: number, versions: string, day: string}} FixProof */

/** @param {unknown} value @returns {value is FixProof} */
function isProof(value) {
  const { workaround, versions, day } = /** @type {Record<string, unknown>} */ (value ?? {});
  if (typeof workaround !== "number" || typeof versions !== "string" || typeof day !== "string") return false;
  return Number.isInteger(workaround) && workaround > 0 && workaround < 1000 && isDay(day);
}

/** @param {string} day */
function isDay(day) {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/**
 * Whether what was proven on a day is said to be proven long ago.
 * @param {string} day as `2026-11-28`
 * @param {Date} now
 */
export function isLongAgo(day, now) {
  return Math.floor(now.getTime() / DAY_MS) - Date.parse(day) / DAY_MS > LONG_AGO_DAYS;
}

/**
 * `Proven: workarounds 1 and 2 with pip 26.3, 2026-11-28`; nothing where no workaround is.
 * @param {unknown} proofs as a fix has them; what is none is left out
 * @param {Date} now
 */
export function provenLine(proofs, now) {
  /** @type {{numbers: number[], of: string, day: string}[]} */
  const groups = [];
  for (const { workaround, versions, day } of Array.isArray(proofs) ? proofs.filter(isProof) : []) {
    const said = versions.split(/\s+/).filter(Boolean).join(" ");
    const on = shownDay(day);
    const of = said ? spoken` with ${said}, ${on}` : spoken`, ${on}`;
    const last = groups.at(-1);
    if (last?.of === of) last.numbers.push(workaround);
    else groups.push({ numbers: [workaround], of, day });
  }
  const said = groups.map(({ numbers, of, day }) => `${numbered(numbers)}${of}${ago(day, now)}`);
  const proven = said.join("; ");
  return proven ? spoken`Proven: ${proven}` : "";
}

/**
 * A day as people of the page's language write it.
 * @param {string} day as `2026-11-28`
 */
export function shownDay(day) {
  const language = globalThis.document?.documentElement.lang || "en";
  if (language === "en") return day;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

/**
 * What is added to a proof of long ago.
 * @param {string} day
 * @param {Date} now
 */
export const ago = (day, now) => (isLongAgo(day, now) ? spoken`, long ago` : "");

/** @param {number[]} numbers */
function numbered(numbers) {
  const others = numbers.slice(0, -1).join(", ");
  const last = numbers.at(-1);
  return others ? spoken`workarounds ${others} and ${last}` : spoken`workaround ${last}`;
}

/**
 * Say of the proofs on a page that they are of long ago. The build said it by the newest entry: a page may be read later.
 * @param {Document} document
 */
export function startProofs(document) {
  for (const place of document.querySelectorAll("[data-kb-since]")) {
    if (!place.textContent) place.textContent = ago(place.getAttribute("data-kb-since") ?? "", new Date());
  }
}
