/**
 * What a report leaves open: questions that a reader of the issue would ask next. The twin of
 * `kb/github/report/questions.py`.
 */

import { MAINTAINERS } from "./history.js";
import { text } from "./reading.js";
import { QUESTIONS } from "./tables.js";

const { LISTED } = QUESTIONS;
const VERSION = new RegExp(QUESTIONS.VERSION, "i");
const NUMBER = new RegExp(QUESTIONS.NUMBER);
const SYSTEM = new RegExp(QUESTIONS.SYSTEM, "i");
const IN_PROSE = new RegExp(QUESTIONS.IN_PROSE);
const WAITS = new RegExp(QUESTIONS.WAITS, "i");

/** @typedef {import("./analysis.js").Report} Report */

/**
 * @param {Report} report complete but for the questions
 * @param {import("./reading.js").Json[]} timeline
 * @param {boolean} onGitLab which does not say who looks after a project
 * @returns {string[]}
 */
export function questionsOf(report, timeline, onGitLab) {
  const answers = onGitLab ? [] : aboutAnswers(report, timeline);
  return [...aboutTheText(report), ...answers, ...aboutPulls(report), ...aboutTheGraph(report)];
}

/** @param {string[]} names */
const listed = (names) => names.slice(0, LISTED).join(", ");

/** @param {Report} report */
const namesVersion = ({ title, summary, environment }) =>
  environment.some(({ name, value }) => VERSION.test(name) || (NUMBER.test(value) && !SYSTEM.test(name))) ||
  IN_PROSE.test(`${title}\n${summary}`);

/** @param {Report} report */
function* aboutTheText(report) {
  if (report.kind === "issue") {
    if (!report.errors.length) yield "Which error is printed? The issue quotes none.";
    if (!namesVersion(report)) {
      yield "Which version is affected? The issue names none.";
    }
  }
  const waits = report.labels.filter((label) => WAITS.test(label));
  if (waits.length && report.state === "open") yield `What is still missing? It is labeled ${listed(waits)}.`;
  if (!report.known.length && report.kind === "issue") {
    yield "Is it a new error? No entry of this knowledge base matches it.";
  }
}

/**
 * @param {Report} report
 * @param {import("./reading.js").Json[]} timeline
 */
function* aboutAnswers(report, timeline) {
  const answered = timeline.some(
    (event) => text(event, "event") === "commented" && MAINTAINERS.includes(text(event, "author_association")),
  );
  if (report.state === "open" && !answered) yield "What do the maintainers say? None of them has answered yet.";
}

/** @param {Report} report */
function* aboutPulls({ nodes: [root, ...others], edges }) {
  if (root.kind === "pull") return;
  const key = root.ref.toLowerCase();
  const closing = new Set(
    edges.filter(({ kind, target }) => kind === "closes" && target === key).map(({ source }) => source),
  );
  const pulls = others.filter(({ kind, ref }) => kind === "pull" && closing.has(ref.toLowerCase()));
  const waiting = pulls.filter(({ state }) => state === "open" || state === "draft").map(({ ref }) => ref);
  const merged = pulls.filter(({ state }) => state === "merged").map(({ ref }) => ref);
  if (waiting.length) yield `When will the fix be merged? Still open: ${listed(waiting)}.`;
  if (merged.length && root.state === "open") yield `Is it fixed? ${listed(merged)} was merged, but the issue is open.`;
  if (merged.length && root.state !== "open") yield "Which release holds the fix?";
  if (root.state === "closed" && !merged.length) yield "What closed it? No merged pull request is linked.";
}

/** @param {Report} report */
function* aboutTheGraph(report) {
  const missing = report.nodes
    .slice(1)
    .filter(({ problem }) => problem)
    .map(({ ref }) => ref);
  if (missing.length) yield `What do these say? They could not be read: ${listed(missing)}.`;
  if (report.left_out) yield `Is there more? ${report.left_out} further references were not followed.`;
}
