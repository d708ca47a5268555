/**
 * What names an issue: `owner/name#123`, on another host than github.com with that before. The twin of
 * `kb/entry/issue_ref.py`, where the form is explained; both take the vectors in `tests/data/issue_refs.json`.
 */

import { REFERENCES } from "./tables.js";

export const { OWNER, NAME, NUMBER, GITHUB } = REFERENCES;
const HOST = "(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z0-9-]{1,63}(?::[0-9]{1,5})?";
const PATH = `${NAME}(?:/${NAME}){1,21}`;
const LONGEST = 400;

const SHORT = new RegExp(`^(${OWNER}/${NAME})#(${NUMBER})$`);
const LONG = new RegExp(`^(${HOST})/(${PATH})([#!])(${NUMBER})$`);
const SHORT_PATH = new RegExp(`^r/(?:(${OWNER}/${NAME})|(${HOST}/${PATH}))/(!?)(${NUMBER})/?$`);
const ON_GITHUB = new RegExp(`^(${OWNER}/${NAME})/(?:issues|pulls?)/(${NUMBER})(?:/.*)?$`);

/** @typedef {{host: string, repository: string, number: number, mark: string}} IssueRef */

/**
 * The issue of a reference; null where it is none.
 * @param {string} text
 * @returns {IssueRef | null}
 */
export function parseIssue(text) {
  if (text.length > LONGEST) return null;
  const short = SHORT.exec(text);
  if (short) return { host: GITHUB, repository: short[1], number: Number(short[2]), mark: "#" };
  const long = LONG.exec(text);
  if (!long) return null;
  const found = { host: long[1].toLowerCase(), repository: long[2], number: Number(long[4]), mark: long[3] };
  return found.host !== GITHUB || SHORT.test(nameOf(found)) ? found : null;
}

/**
 * The issue that an address of the site means: `owner/name/issues/123`, or in short `r/owner/name/123`.
 * @param {string} path relative to the site's root
 */
export function issueOfPath(path) {
  const short = SHORT_PATH.exec(path);
  if (short) return parseIssue(`${short[1] ?? short[2]}${short[3] || "#"}${short[4]}`);
  const found = ON_GITHUB.exec(path);
  return found && parseIssue(`${found[1]}#${found[2]}`);
}

/** @param {IssueRef} ref */
const placeOf = (ref) => (ref.host === GITHUB ? ref.repository : `${ref.host}/${ref.repository}`);

/**
 * As references are written.
 * @param {IssueRef} ref
 */
export const nameOf = (ref) => `${placeOf(ref)}${ref.mark}${ref.number}`;

/**
 * Folders that no other issue has.
 * @param {IssueRef} ref
 */
export const shortPathOf = (ref) => `${placeOf(ref)}/${ref.mark === "!" ? "!" : ""}${ref.number}`;

/**
 * The issue's address on its host.
 * @param {IssueRef} ref
 */
export function urlOf(ref) {
  const repository = `https://${ref.host}/${ref.repository}`;
  if (ref.mark === "!") return `${repository}/-/merge_requests/${ref.number}`;
  const isOnGitLab = ref.repository.split("/").length > 2 || ref.host.startsWith("gitlab.");
  return `${repository}/${isOnGitLab ? "-/" : ""}issues/${ref.number}`;
}
