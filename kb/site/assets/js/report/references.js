/**
 * References to issues and pull requests: as a person writes one, and as they stand in text. The twin of
 * `kb/github/report/references.py`, where the rules are explained.
 */

import { NAME, NUMBER, OWNER, parseIssue } from "./issue_ref.js";
import { REFERENCES } from "./tables.js";

const { ADDRESS, BEFORE } = REFERENCES;
const IN_TEXT = new RegExp(REFERENCES.IN_TEXT, "g");
const ALONE = new RegExp(`^(?:${ADDRESS}(?:[/?#][!-~]{0,2000})?|(${OWNER}/${NAME})#(${NUMBER}))$`);
const DUPLICATES = new RegExp(REFERENCES.DUPLICATES, "i");
const CLOSES = new RegExp(REFERENCES.CLOSES, "i");

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
