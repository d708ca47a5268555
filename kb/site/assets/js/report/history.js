/**
 * The timeline of an issue in short: what happened, when, and who did it. The twin of `kb/github/report/history.py`,
 * where the rules are explained.
 */

import { oneLine } from "./inert.js";
import { record, text } from "./reading.js";
import { referenceOfUrl } from "./references.js";
import { HISTORY } from "./tables.js";

const { LINES, NAMES_IN_LINE } = HISTORY;
export const { NAME, MAINTAINERS } = HISTORY;
const DATE = new RegExp(`^${HISTORY.DATE}`);
const COMMIT = new RegExp(`^${HISTORY.COMMIT}`);
/**
 * Event -> what is said of it, and where the name stands that it is about.
 * @type {Record<string, string[]>}
 */
const NAMED = HISTORY.NAMED;
/** @type {Record<string, string>} */
const PLAIN = HISTORY.PLAIN;
/** @type {Record<string, string>} */
const REASONS = { completed: " as completed", not_planned: " as not planned", duplicate: " as a duplicate" };

/** @typedef {import("./reading.js").Json} Json */
/** @typedef {{date: string, what: string}} Event */
/** @typedef {{date: string, words: string, name?: string, by?: string}} Step */

/**
 * @param {Json} value
 * @param {string} key
 */
export const dateOf = (value, key) => DATE.exec(text(value, key))?.[0] ?? "";

/**
 * @param {Json} value
 * @param {string} key
 */
export const loginOf = (value, key) => oneLine(text(record(value, key), "login"), NAME);

/**
 * @param {Json} issue
 * @param {Json[]} timeline
 * @returns {Event[]}
 */
export function historyOf(issue, timeline) {
  const lines = [told([{ date: dateOf(issue, "created_at"), words: "opened", by: loginOf(issue, "user") }])];
  /** @type {Step[]} */
  let group = [];
  for (const step of timeline.flatMap(stepsOf)) {
    const first = group[0];
    if (first && (step.date !== first.date || step.words !== first.words || (step.by ?? "") !== (first.by ?? ""))) {
      lines.push(told(group));
      group = [];
    }
    group.push(step);
  }
  if (group.length) lines.push(told(group));
  if (lines.length <= LINES) return lines;
  const half = LINES / 2;
  return [...lines.slice(0, half), { date: "", what: `… ${lines.length - LINES} more …` }, ...lines.slice(-half)];
}

/**
 * @param {Json} event
 * @returns {Step[]}
 */
function stepsOf(event) {
  const kind = text(event, "event");
  const date = dateOf(event, "created_at");
  const by = loginOf(event, "actor");
  if (Object.hasOwn(NAMED, kind)) {
    const [words, key, part] = NAMED[kind];
    const name = oneLine(text(record(event, key), part), 2 * NAME);
    return name ? [{ date, words, name, by: kind === "renamed" ? by : "" }] : [];
  }
  switch (kind) {
    case "closed":
      return [{ date, words: `closed${reasonOf(event)}${commitOf(event, " by commit ")}`, by }];
    case "referenced": {
      const commit = commitOf(event, "");
      return commit ? [{ date, words: "mentioned in commit", name: commit }] : [];
    }
    case "cross-referenced": {
      const found = referenceOfUrl(text(record(record(event, "source"), "issue"), "html_url"));
      return found ? [{ date, words: "mentioned in", name: found[1] }] : [];
    }
    case "commented":
      if (!MAINTAINERS.includes(text(event, "author_association"))) return [];
      return [{ date, words: "answered", by: loginOf(event, "user") || by }];
    default:
      return Object.hasOwn(PLAIN, kind) ? [{ date, words: PLAIN[kind], by }] : [];
  }
}

/** @param {Json} event */
function reasonOf(event) {
  const reason = text(event, "state_reason");
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : "";
}

/**
 * @param {Json} event
 * @param {string} before
 */
function commitOf(event, before) {
  const commit = text(event, "commit_id");
  return COMMIT.test(commit) ? before + commit.slice(0, 10) : "";
}

/**
 * @param {Step[]} group
 * @returns {Event}
 */
function told(group) {
  const [first] = group;
  const names = [...new Set(group.flatMap(({ name }) => (name ? [name] : [])))];
  let what = first.words;
  if (names.length) {
    what += ` ${names.slice(0, NAMES_IN_LINE).join(", ")}`;
    if (names.length > NAMES_IN_LINE) what += ` and ${names.length - NAMES_IN_LINE} more`;
  } else if (group.length > 1) what += ` ${group.length} times`;
  if (first.by) what += ` by ${first.by}`;
  return { date: first.date, what };
}
