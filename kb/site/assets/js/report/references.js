/**
 * References to issues and pull requests: as a person writes one, and as they stand in text. The twin of
 * `kb/github/report/references.py`, where the rules are explained.
 */

import { GITHUB, parseIssue } from "./issue_ref.js";
import { REFERENCES } from "./tables.js";

const { ADDRESS, BEFORE, ON_GITLAB } = REFERENCES;
const IN_TEXT = new RegExp(REFERENCES.IN_TEXT, "g");
const IN_TEXT_ON_GITLAB = new RegExp(REFERENCES.IN_TEXT_ON_GITLAB, "g");
const NAMED = new RegExp(`^${REFERENCES.NAMED}`);
const REST = "(?:[/?#][!-~]{0,2000})?$";
const OF_URL = new RegExp(`^${ADDRESS}${REST}`);
const OF_GITLABS_URL = new RegExp(`^${ON_GITLAB}${REST}`);
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
  if (/\/api\/v[34]$/.test(address)) return address.slice(0, -"/api/v3".length);
  return address.includes("://api.") ? address.replace("://api.", "://") : `https://${GITHUB}`;
}

/**
 * What a reader wrote, as a reference of the server whose pages are at `web`; null where it names none there.
 * @param {string} written
 * @param {string} web
 * @returns {string | null}
 */
export function parseReference(written, web) {
  const host = new URL(web).host;
  const text = written.trim();
  if (/^https?:/i.test(text)) return hostOf(text) === host ? (referenceOfUrl(text)?.[0] ?? null) : null;
  const named = parseIssue(text) ?? parseIssue(`${host}/${text}`);
  if (!named) return null;
  // One that names no host is on this one.
  const isHere = named.host === host || (named.host === GITHUB && !text.toLowerCase().startsWith(`${GITHUB}/`));
  return isHere ? `${named.repository}${named.mark}${named.number}`.toLowerCase() : null;
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}

/**
 * The reference in an issue's own address, in lower case and as its host writes it.
 * @param {string} url
 * @returns {[string, string] | null}
 */
export function referenceOfUrl(url) {
  let found = OF_URL.exec(url);
  if (found) return [reference(found[2], found[3]), `${found[2]}#${found[3]}`];
  found = OF_GITLABS_URL.exec(url);
  if (!found) return null;
  const name = `${found[2]}${markOf(found[3])}${found[4]}`;
  return [name.toLowerCase(), name];
}

/** @param {string} kind */
const markOf = (kind) => (kind === "merge_requests" ? "!" : "#");

/**
 * Where people read an issue of this reference.
 * @param {string} ref
 * @param {string} web
 * @param {boolean} isPull
 * @param {boolean} onGitLab
 */
export function addressOf(ref, web, isPull, onGitLab) {
  const [, path, mark, number] = NAMED.exec(ref) ?? ["", "", "#", ""];
  if (onGitLab) return `${web}/${path}/-/${mark === "!" ? "merge_requests" : "issues"}/${number}`;
  return `${web}/${path}/${isPull ? "pull" : "issues"}/${number}`;
}

/**
 * The references in prose, in their order.
 * @param {string} text
 * @param {string} home the reference of the text's own issue
 * @param {string} web
 * @param {boolean} [onGitLab] whether they are written as GitLab takes them
 * @returns {Mention[]}
 */
export function mentions(text, home, web, onGitLab = false) {
  const repository = NAMED.exec(home)?.[1] ?? "";
  const host = web.split("://")[1].toLowerCase();
  if (onGitLab) return mentionsOnGitLab(text, home, repository, host);
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
 * @param {string} text
 * @param {string} home
 * @param {string} repository
 * @param {string} host
 * @returns {Mention[]}
 */
function mentionsOnGitLab(text, home, repository, host) {
  /** @type {Mention[]} */
  const all = [];
  for (const found of text.matchAll(IN_TEXT_ON_GITLAB)) {
    let ref;
    if (found[1]) {
      if (found[1].toLowerCase() !== host) continue;
      ref = `${found[2]}${markOf(found[3])}${found[4]}`.toLowerCase();
    } else {
      const path = found[5] || repository;
      const beside = path.includes("/") ? "" : repository.slice(0, repository.lastIndexOf("/") + 1);
      ref = `${beside}${path}${found[6]}${found[7]}`.toLowerCase();
    }
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
