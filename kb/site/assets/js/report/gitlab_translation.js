/**
 * GitLab's documented JSON as GitHub's. The twin of `kb/github/gitlab/translation.py`, where the rules are explained.
 */

import { count, isObject, record, text } from "./reading.js";
import { TRANSLATION } from "./tables.js";

const { TOLD, STATES, NAMED } = TRANSLATION;
const BOT = new RegExp(`^${TRANSLATION.BOT}`);
const MENTIONED = new RegExp(`^${TRANSLATION.MENTIONED}`);
const IN_COMMIT = new RegExp(`^${TRANSLATION.IN_COMMIT}`);
const RENAMED = new RegExp(`^${TRANSLATION.RENAMED}`);
const MARKS = new RegExp(TRANSLATION.MARKS, "g");

/** @typedef {import("./reading.js").Json} Json */
/**
 * What the API says of one issue: the lists as they came.
 * @typedef {{notes: Json[], labels: Json[], states: Json[], milestones: Json[], related: Json[], closing: Json[]}} Answers
 */

/**
 * An issue or merge request, as an issue.
 * @param {Json} found
 * @param {boolean} isMerge
 * @returns {Json}
 */
export function issueOf(found, isMerge) {
  /** @type {Json} */
  const made = {
    number: found.iid ?? null,
    title: found.title ?? null,
    state: ["opened", "locked"].includes(text(found, "state")) ? "open" : "closed",
    html_url: found.web_url ?? null,
    created_at: found.created_at ?? null,
    user: userOf(record(found, "author")),
    comments: count(found, "user_notes_count"),
    labels: textsOf(found, "labels").map((name) => ({ name })),
    body: text(found, "description"),
    closed_at: text(found, "merged_at") || text(found, "closed_at") || null,
    closed_by: userOf(record(found, "closed_by")),
    reactions: { total_count: count(found, "upvotes") + count(found, "downvotes") },
  };
  if (text(record(found, "_links"), "closed_as_duplicate_of")) made.state_reason = "duplicate";
  if (isMerge) {
    made.pull_request = { merged_at: text(found, "merged_at") || null };
    made.draft = found.draft === true || found.work_in_progress === true;
  }
  return made;
}

/**
 * An account; nothing where it is gone.
 * @param {Json} found
 */
function userOf(found) {
  const login = text(found, "username");
  return login ? { login, type: found.bot === true || BOT.test(login) ? "Bot" : "User" } : null;
}

/**
 * The issues and merge requests in which the issue `home` is mentioned, each once.
 * @param {Json[]} notes
 * @param {string} home
 */
export function mentionsOf(notes, home) {
  const found = notes.filter((note) => note.system === true).map((note) => mentioned(note, home));
  return [...new Set(found.filter(Boolean))];
}

/**
 * The events of the issue `home`, oldest first.
 * @param {string} home
 * @param {Answers} answers
 * @param {Map<string, Json>} others the issues in which it is mentioned, by name
 * @returns {Json[]}
 */
export function timelineOf(home, answers, others) {
  const merges = new Map([...answers.related, ...answers.closing].map((each) => [nameOf(each), each]));
  const closing = new Set(answers.closing.map(nameOf));
  const left = new Map(merges);
  /** @type {Json[]} */
  const events = [];
  for (const note of answers.notes) {
    const when = whenOf(note, "author");
    if (note.system !== true) {
      events.push({ event: "commented", ...when, body: text(note, "body"), user: when.actor });
      continue;
    }
    const name = mentioned(note, home);
    if (name) {
      left.delete(name);
      const issue = merges.get(name) ?? others.get(name);
      events.push(referenceOf(note, issue, name.includes("!"), closing.has(name)));
    } else events.push(...toldBy(note));
  }
  for (const [name, each] of left) events.push(referenceOf(each, each, true, closing.has(name)));
  events.push(...namedIn("label", answers.labels), ...namedIn("milestone", answers.milestones));
  for (const each of answers.states) {
    const event = valueOf(STATES, text(each, "state"));
    if (event) events.push({ event, ...whenOf(each, "user") });
  }
  return events.sort((one, other) => compare(String(one.created_at), String(other.created_at)));
}

/**
 * @param {string} one
 * @param {string} other
 */
const compare = (one, other) => (one < other ? -1 : Number(one > other));

/**
 * @template Value
 * @param {Record<string, Value>} values
 * @param {string} key
 * @returns {Value | undefined}
 */
const valueOf = (values, key) => (Object.hasOwn(values, key) ? values[key] : undefined);

/**
 * @param {Json} told
 * @param {Json | undefined} issue
 * @param {boolean} isMerge
 * @param {boolean} closes
 * @returns {Json}
 */
function referenceOf(told, issue, isMerge, closes) {
  /** @type {Json} */
  const made = { event: "cross-referenced", ...whenOf(told, "author") };
  if (issue) made.source = { issue: issueOf(issue, isMerge) };
  if (closes) made.closes = true;
  return made;
}

/**
 * The event that a note of GitLab's own tells; nothing where it is none of interest.
 * @param {Json} note
 * @returns {Json[]}
 */
function toldBy(note) {
  const body = text(note, "body");
  const when = whenOf(note, "author");
  const commit = IN_COMMIT.exec(body);
  if (commit) return [{ event: "referenced", ...when, commit_id: commit[1] }];
  const title = RENAMED.exec(body);
  if (title) return [{ event: "renamed", ...when, rename: { to: title[1].replace(MARKS, "") } }];
  const kind = Object.entries(TOLD).find(([start]) => body.startsWith(start))?.[1];
  return kind ? [{ event: kind, ...when }] : [];
}

/**
 * Labels and milestones that came and went. One that was deleted since has no name.
 * @param {"label" | "milestone"} kind
 * @param {Json[]} held
 * @returns {Json[]}
 */
function namedIn(kind, held) {
  const part = kind === "label" ? "name" : "title";
  return held.flatMap((each) => {
    const event = valueOf(/** @type {Record<string, string>} */ (NAMED[kind]), text(each, "action"));
    return event ? [{ event, ...whenOf(each, "user"), [kind]: { [part]: text(record(each, kind), part) } }] : [];
  });
}

/**
 * @param {Json} found
 * @param {string} who
 */
const whenOf = (found, who) => ({ created_at: text(found, "created_at"), actor: userOf(record(found, who)) });

/**
 * The name in a note that says where the issue is mentioned, in lower case; empty where it says something else.
 * @param {Json} note
 * @param {string} home
 */
function mentioned(note, home) {
  const found = MENTIONED.exec(text(note, "body"));
  if (!found) return "";
  const place = home.slice(0, Math.max(home.lastIndexOf("#"), home.lastIndexOf("!")));
  let path = found[1] || place;
  if (!path.includes("/")) path = place.slice(0, place.lastIndexOf("/") + 1) + path;
  return `${path}${found[2]}${found[3]}`.toLowerCase();
}

/**
 * The name of a merge request, in lower case.
 * @param {Json} merge
 */
const nameOf = (merge) => text(record(merge, "references"), "full").toLowerCase();

/**
 * The names of labels, which come as text, or as objects where details were asked for.
 * @param {Json} found
 * @param {string} key
 * @returns {string[]}
 */
function textsOf(found, key) {
  const held = found[key];
  const names = Array.isArray(held) ? held.filter((each) => typeof each === "string") : [];
  if (names.length || !Array.isArray(held)) return names;
  return held.filter(isObject).map((each) => text(each, "name"));
}
