/**
 * The graph of a snapshot: which issue or pull request says what of which other. The twin of
 * `kb/github/report/graph.py`, where the rules are explained.
 */

import { proseOf } from "./body.js";
import { oneLine } from "./inert.js";
import { record, text } from "./reading.js";
import { addressOf, mentions, referenceOfUrl } from "./references.js";
import { GRAPH } from "./tables.js";

const { TITLE, STRENGTH } = GRAPH;

/** @typedef {import("./reading.js").Json} Json */
/** @typedef {import("./references.js").EdgeKind} EdgeKind */
/** @typedef {{issue: Json | null, problem?: string, timeline?: Json[]}} SnapshotNode */
/**
 * @typedef {{version: number, web: string, fetched: string, root: string, depth: number,
 *   nodes: Record<string, SnapshotNode>, moved: Record<string, string>, left_out: number,
 *   on_gitlab?: boolean}} Snapshot
 */
/** @typedef {{source: string, target: string, kind: EdgeKind, issue?: Json}} Link */
/** @typedef {{source: string, target: string, kind: EdgeKind}} Edge */
/**
 * @typedef {{ref: string, url: string, title: string, kind: "issue" | "pull", state: string, step: number,
 *   problem: string}} Node
 */

/**
 * @param {string} ref
 * @param {Json} issue
 * @param {Json[]} timeline
 * @param {string} web
 * @param {boolean} [onGitLab]
 * @returns {Generator<Link>}
 */
export function* linksOf(ref, issue, timeline, web, onGitLab = false) {
  for (const mention of saidIn(issue, ref, web, onGitLab))
    yield { source: ref, target: mention.ref, kind: mention.kind };
  for (const event of timeline) {
    const kind = text(event, "event");
    if (kind === "commented") {
      for (const mention of mentions(proseOf(text(event, "body")), ref, web, onGitLab)) {
        yield { source: ref, target: mention.ref, kind: mention.kind === "duplicates" ? "duplicates" : "mentions" };
      }
    } else if (kind === "cross-referenced") {
      const source = record(record(event, "source"), "issue");
      const found = referenceOfUrl(text(source, "html_url"));
      if (!found || found[0] === ref) continue;
      /** @type {EdgeKind} */
      let strongest = event.closes === true ? "closes" : "mentions";
      for (const mention of saidIn(source, found[0], web, onGitLab)) {
        if (mention.ref === ref && STRENGTH[mention.kind] > STRENGTH[strongest]) strongest = mention.kind;
      }
      yield { source: found[0], target: ref, kind: strongest, issue: source };
    }
  }
}

/**
 * @param {Json} issue
 * @param {string} ref
 * @param {string} web
 * @param {boolean} onGitLab
 * @returns {import("./references.js").Mention[]}
 */
function saidIn(issue, ref, web, onGitLab) {
  const isPull = "pull_request" in issue;
  return mentions(proseOf(text(issue, "body")), ref, web, onGitLab).map((mention) =>
    isPull || mention.kind !== "closes" ? mention : { ref: mention.ref, kind: "mentions" },
  );
}

/**
 * @param {Snapshot} snapshot
 * @returns {Edge[]}
 */
export function edgesOf(snapshot) {
  /** @type {Map<string, Edge>} */
  const found = new Map();
  for (const [ref, node] of Object.entries(snapshot.nodes)) {
    if (node.issue === null) continue;
    for (const link of linksOf(ref, node.issue, node.timeline ?? [], snapshot.web, snapshot.on_gitlab)) {
      const source = moved(snapshot, link.source);
      const target = moved(snapshot, link.target);
      if (source === target || !Object.hasOwn(snapshot.nodes, source) || !Object.hasOwn(snapshot.nodes, target))
        continue;
      const key = `${source} ${target}`;
      const before = found.get(key);
      if (!before) found.set(key, { source, target, kind: link.kind });
      else if (STRENGTH[link.kind] > STRENGTH[before.kind]) before.kind = link.kind;
    }
  }
  return [...found.values()];
}

/**
 * @param {Snapshot} snapshot
 * @param {string} ref
 */
const moved = (snapshot, ref) => (Object.hasOwn(snapshot.moved, ref) ? snapshot.moved[ref] : ref);

/**
 * @param {Snapshot} snapshot
 * @param {Edge[]} edges
 * @returns {Node[]}
 */
export function nodesOf(snapshot, edges) {
  const steps = stepsFrom(snapshot.root, edges);
  const last = snapshot.depth + 1;
  const nodes = Object.keys(snapshot.nodes).map((ref) => nodeOf(snapshot, ref, steps.get(ref) ?? last));
  return nodes.sort((one, other) => one.step - other.step);
}

/**
 * @param {string} root
 * @param {Edge[]} edges
 */
function stepsFrom(root, edges) {
  /** @type {Map<string, string[]>} */
  const neighbours = new Map();
  /**
   * @param {string} one
   * @param {string} other
   */
  const add = (one, other) => {
    const known = neighbours.get(one);
    if (known) known.push(other);
    else neighbours.set(one, [other]);
  };
  for (const { source, target } of edges) {
    add(source, target);
    add(target, source);
  }
  const steps = new Map([[root, 0]]);
  // A Map is walked through in the order in which it grew, what is added on the way included.
  for (const [ref, step] of steps) {
    for (const other of neighbours.get(ref) ?? []) if (!steps.has(other)) steps.set(other, step + 1);
  }
  return steps;
}

/**
 * @param {Snapshot} snapshot
 * @param {string} ref
 * @param {number} step
 * @returns {Node}
 */
function nodeOf(snapshot, ref, step) {
  const { issue, problem } = snapshot.nodes[ref];
  const shown = shownReference(ref, issue);
  const isPull = issue !== null && "pull_request" in issue;
  return {
    ref: shown,
    url: addressOf(shown, snapshot.web, isPull, snapshot.on_gitlab ?? false),
    title: issue ? oneLine(text(issue, "title"), TITLE) : "",
    kind: isPull ? "pull" : "issue",
    state: issue ? stateOf(issue) : "unknown",
    step,
    problem: oneLine(problem ?? "", TITLE),
  };
}

/**
 * @param {string} ref
 * @param {Json | null} issue
 */
function shownReference(ref, issue) {
  const found = issue && referenceOfUrl(text(issue, "html_url"));
  return found && found[0] === ref ? found[1] : ref;
}

/** @param {Json} issue */
function stateOf(issue) {
  if (text(record(issue, "pull_request"), "merged_at")) return "merged";
  if (text(issue, "state") === "closed") {
    const reason = text(issue, "state_reason");
    if (reason === "duplicate") return "duplicate";
    return reason === "not_planned" ? "not planned" : "closed";
  }
  return issue.draft === true ? "draft" : "open";
}
