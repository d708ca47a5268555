/**
 * References to issues and pull requests: as a person writes one, and as they stand in text. The twin of
 * `kb/github/report/references.py`, where the rules are explained.
 */

import { NAME, NUMBER, OWNER, parseIssue } from "./issue_ref.js";

const ADDRESS = `https?://([A-Za-z0-9.:-]{1,100})/(${OWNER}/${NAME})/(?:issues|pull)/(${NUMBER})(?![0-9A-Za-z_])`;
const IN_TEXT = new RegExp(
  `(?<![A-Za-z0-9_])${ADDRESS}|(?<![A-Za-z0-9_/&#.-])(${OWNER}/${NAME}#|#|[Gg][Hh]-)(${NUMBER})(?![0-9A-Za-z_])`,
  "g",
);
const ALONE = new RegExp(`^(?:${ADDRESS}(?:[/?#][!-~]{0,2000})?|(${OWNER}/${NAME})#(${NUMBER}))$`);

const BEFORE = 24;
const END = "[ \\t]{0,2}:?[ \\t]{1,3}$";
const DUPLICATES = new RegExp(
  `(?:^|[^A-Za-z0-9_])(?<!not )(?<!not a )(?:duplicated?|dup|dupe)[ \\t]{1,3}of${END}`,
  "i",
);
const CLOSES = new RegExp(`(?:^|[^A-Za-z0-9_])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)${END}`, "i");

/** @typedef {"mentions" | "duplicates" | "closes"} EdgeKind */
/** @typedef {{ref: string, kind: EdgeKind}} Mention */

/**
 * Where the issues' pages are, for the address of an API.
 * @param {string} api
 */
export function webAddress(api) {
  const address = api.replace(/\/{0,9}$/, "");
  if (address.endsWith("/api/v3")) return address.slice(0, -"/api/v3".length);
  return address.includes("://api.") ? address.replace("://api.", "://") : "https://github.com";
}

/**
 * @param {string} written
 * @returns {string | null}
 */
export function parseReference(written) {
  const found = ALONE.exec(written.trim());
  return found && reference(found[2] ?? found[4], found[3] ?? found[5]);
}

/**
 * The reference in an issue's own address, in lower case and as GitHub writes it.
 * @param {string} url
 * @returns {[string, string] | null}
 */
export function referenceOfUrl(url) {
  const found = ALONE.exec(url);
  return found?.[2] ? [reference(found[2], found[3]), `${found[2]}#${found[3]}`] : null;
}

/**
 * The references in prose, in their order.
 * @param {string} text
 * @param {string} home the reference of the text's own issue
 * @param {string} web
 * @returns {Mention[]}
 */
export function mentions(text, home, web) {
  const repository = parseIssue(home)?.repository ?? "";
  const host = web.split("://")[1].toLowerCase();
  /** @type {Mention[]} */
  const all = [];
  for (const found of text.matchAll(IN_TEXT)) {
    if (found[1] && found[1].toLowerCase() !== host) continue;
    const ref = found[1]
      ? reference(found[2], found[3])
      : reference(found[4].includes("/") ? found[4].slice(0, -1) : repository, found[5]);
    if (ref !== home) all.push({ ref, kind: kindOf(text.slice(Math.max(0, found.index - BEFORE), found.index)) });
  }
  return all;
}

/**
 * @param {string} before
 * @returns {EdgeKind}
 */
function kindOf(before) {
  if (DUPLICATES.test(before)) return "duplicates";
  return CLOSES.test(before) ? "closes" : "mentions";
}

/**
 * @param {string} repository
 * @param {string} number
 */
const reference = (repository, number) => `${repository}#${number}`.toLowerCase();
