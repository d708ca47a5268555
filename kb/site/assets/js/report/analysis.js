/**
 * From a snapshot to a report: values to values, the same in Python and in the browser. The twin of
 * `kb/github/report/analysis.py`; `tests/data/report/` holds for both.
 */

import { blocks, environmentOf, errorsOf, summaryOf } from "./body.js";
import { edgesOf, nodesOf } from "./graph.js";
import { NAME, dateOf, historyOf, loginOf } from "./history.js";
import { clean, firstOf, oneLine } from "./inert.js";
import { questionsOf } from "./questions.js";
import { count, record, text } from "./reading.js";
import { ANALYSIS, MODEL } from "./tables.js";

export const { VERSION } = MODEL;
const { LABELS, ERRORS, MATCHED, KNOWN, KNOWN_TEXT } = ANALYSIS;
const LINK = new RegExp(ANALYSIS.LINK, "g");

/** @typedef {import("./reading.js").Json} Json */
/** @typedef {import("./graph.js").Snapshot} Snapshot */
/** @typedef {{id: string, url: string, title: string, tier: string, score: number, summary: string, step: string}} Known */
/**
 * @typedef {{version: number, ref: string, url: string, title: string, kind: "issue" | "pull", state: string,
 *   author: string, opened: string, closed: string, fetched: string, labels: string[], comments: number,
 *   participants: number, reactions: number, summary: string, environment: import("./body.js").Fact[],
 *   errors: string[], timeline: import("./history.js").Event[], nodes: import("./graph.js").Node[],
 *   edges: import("./graph.js").Edge[], left_out: number, known: Known[], questions: string[]}} Report
 */

/**
 * What of the root is to be matched with a knowledge base.
 * @param {Snapshot} snapshot
 */
export function textToMatch(snapshot) {
  const { issue, timeline } = rootOf(snapshot);
  return clean(
    `${text(issue, "title")}\n\n${firstOf(text(issue, "body"), MATCHED)}\n\n${errorsIn(issue, timeline).join("\n\n")}`,
  );
}

/**
 * @param {Snapshot} snapshot whose root could be read
 * @param {Known[]} known what a knowledge base has on `textToMatch`
 * @returns {Report}
 */
export function analyse(snapshot, known) {
  const { issue, timeline } = rootOf(snapshot);
  const parts = blocks(text(issue, "body"));
  const edges = edgesOf(snapshot);
  const nodes = nodesOf(snapshot, edges);
  const { ref, url, title, kind, state } = nodes[0];
  /** @type {Report} */
  const report = {
    version: VERSION,
    ref,
    url,
    title,
    kind,
    state,
    author: loginOf(issue, "user"),
    opened: dateOf(issue, "created_at"),
    closed: dateOf(issue, "closed_at"),
    fetched: oneLine(snapshot.fetched, NAME),
    labels: labelsOf(issue),
    comments: count(issue, "comments"),
    participants: participantsIn(issue, timeline).size,
    reactions: count(record(issue, "reactions"), "total_count"),
    summary: summaryOf(parts),
    environment: environmentOf(parts),
    errors: errorsIn(issue, timeline),
    timeline: historyOf(issue, timeline),
    nodes,
    edges,
    left_out: snapshot.left_out,
    known: known.slice(0, KNOWN).map((each) => ({
      ...each,
      title: oneLine(each.title, KNOWN_TEXT),
      summary: oneLine(withoutLinks(each.summary), KNOWN_TEXT),
      step: oneLine(each.step, KNOWN_TEXT),
    })),
    questions: [],
  };
  report.questions = questionsOf(report, timeline, snapshot.on_gitlab ?? false);
  return report;
}

/**
 * @param {Snapshot} snapshot
 * @returns {{issue: Json, timeline: Json[]}}
 */
function rootOf(snapshot) {
  const { issue, timeline } = snapshot.nodes[snapshot.root];
  return { issue: issue ?? {}, timeline: timeline ?? [] };
}

/**
 * The names of labels. Old ones come as text alone.
 * @param {Json} issue
 */
function labelsOf(issue) {
  const labels = Array.isArray(issue.labels) ? issue.labels.slice(0, LABELS) : [];
  const names = labels.map((label) => (typeof label === "string" ? label : text(label ?? {}, "name")));
  return names.map((name) => oneLine(name, NAME)).filter(Boolean);
}

/**
 * An entry's Markdown with the words of its links alone: relative ones lead nowhere from a report.
 * @param {string} prose
 */
const withoutLinks = (prose) => prose.replace(LINK, "$1");

/** @param {Json[]} timeline */
const commentsIn = (timeline) => timeline.filter((event) => text(event, "event") === "commented");

/**
 * @param {Json} issue
 * @param {Json[]} timeline
 */
function errorsIn(issue, timeline) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const body of [text(issue, "body"), ...commentsIn(timeline).map((event) => text(event, "body"))]) {
    for (const error of errorsOf(blocks(body))) found.add(error);
    if (found.size >= ERRORS) break;
  }
  return [...found].slice(0, ERRORS);
}

/**
 * @param {Json} issue
 * @param {Json[]} timeline
 */
function participantsIn(issue, timeline) {
  const logins = commentsIn(timeline).map((event) => loginOf(event, "user") || loginOf(event, "actor"));
  return new Set([loginOf(issue, "user"), ...logins].filter(Boolean));
}
