/**
 * Collecting an issue and the issues around it, step by step, within bounds. The twin of
 * `kb/github/report/collection.py`.
 */

import { VERSION } from "./analysis.js";
import { linksOf } from "./graph.js";
import { text } from "./reading.js";
import { referenceOfUrl } from "./references.js";

/** @typedef {import("./reading.js").Json} Json */
/** @typedef {import("./graph.js").Link} Link */
/** @typedef {import("./graph.js").Snapshot} Snapshot */
/** @typedef {{depth: number, nodes: number, calls: number}} Bounds */
/**
 * @typedef {{onGitLab?: boolean, issue: (ref: string) => Promise<Json | Problem>,
 *   timeline: (ref: string) => Promise<Json[] | Problem>}} Source
 */

/** Why an issue can't be had. */
export class Problem {
  /** @param {string} reason */
  constructor(reason) {
    this.reason = reason;
  }
}

/**
 * @param {string} root
 * @param {Source} source
 * @param {string} web
 * @param {string} fetched
 * @param {Bounds} bounds
 * @param {(done: number, known: number) => void} onProgress
 * @returns {Promise<Snapshot | Problem>}
 */
export async function collect(root, source, web, fetched, bounds, onProgress = () => {}) {
  /** @type {Snapshot} */
  const snapshot = { version: VERSION, web, fetched, root, depth: bounds.depth, nodes: {}, moved: {}, left_out: 0 };
  if (source.onGitLab) snapshot.on_gitlab = true;
  const collecting = new Collecting(snapshot, source, bounds);
  const problem = await collecting.readRoot();
  if (problem) return problem;
  let reached = [snapshot.root];
  for (let step = 1; step <= bounds.depth; step += 1) {
    const links = reached.flatMap((ref) => collecting.links(ref));
    reached = [];
    for (const [number, link] of links.entries()) {
      const done = Object.keys(snapshot.nodes).length;
      onProgress(done, done + links.length - number);
      const ref = await collecting.read(link, step < bounds.depth);
      if (ref) reached.push(ref);
    }
  }
  return snapshot;
}

/** A snapshot that is being filled. */
class Collecting {
  /**
   * @param {Snapshot} snapshot
   * @param {Source} source
   * @param {Bounds} bounds
   */
  constructor(snapshot, source, bounds) {
    this.snapshot = snapshot;
    this.source = source;
    this.bounds = bounds;
    this.calls = 0;
    /** @type {Set<string>} */
    this.leftOut = new Set();
  }

  /** @returns {Promise<Problem | null>} */
  async readRoot() {
    const issue = await this.source.issue(this.snapshot.root);
    if (issue instanceof Problem) return issue;
    this.snapshot.root = this.named(this.snapshot.root, issue);
    this.calls = 1;
    await this.add(this.snapshot.root, issue, true);
    return null;
  }

  /**
   * @param {string} ref
   * @returns {Link[]}
   */
  links(ref) {
    const { issue, timeline } = this.snapshot.nodes[ref];
    if (issue === null) return [];
    /** @type {Map<string, Link>} */
    const found = new Map();
    for (const link of linksOf(ref, issue, timeline ?? [], this.snapshot.web, this.snapshot.on_gitlab)) {
      const other = link.target === ref ? link.source : link.target;
      const before = found.get(other);
      if (!before || (link.issue && !before.issue)) found.set(other, { ...link, source: other });
    }
    return [...found.values()];
  }

  /**
   * @param {Link} link
   * @param {boolean} withTimeline
   * @returns {Promise<string | null>}
   */
  async read(link, withTimeline) {
    const { snapshot, bounds } = this;
    const ref = link.source;
    if (Object.hasOwn(snapshot.nodes, ref) || Object.hasOwn(snapshot.moved, ref)) return null;
    const calls = Number(!link.issue) + Number(withTimeline);
    if (Object.keys(snapshot.nodes).length >= bounds.nodes || this.calls + calls > bounds.calls) {
      this.leftOut.add(ref);
      snapshot.left_out = this.leftOut.size;
      return null;
    }
    let { issue } = link;
    if (!issue) {
      this.calls += 1;
      const answer = await this.source.issue(ref);
      if (answer instanceof Problem) {
        snapshot.nodes[ref] = { issue: null, problem: answer.reason };
        return null;
      }
      issue = answer;
    }
    const actual = this.named(ref, issue);
    if (Object.hasOwn(snapshot.nodes, actual)) return null;
    await this.add(actual, issue, withTimeline);
    return actual;
  }

  /**
   * @param {string} asked
   * @param {Json} issue
   */
  named(asked, issue) {
    const found = referenceOfUrl(text(issue, "html_url"));
    if (!found || found[0] === asked) return asked;
    this.snapshot.moved[asked] = found[0];
    return found[0];
  }

  /**
   * @param {string} ref
   * @param {Json} issue
   * @param {boolean} withTimeline
   */
  async add(ref, issue, withTimeline) {
    this.snapshot.nodes[ref] = { issue };
    if (!withTimeline) return;
    this.calls += 1;
    const timeline = await this.source.timeline(ref);
    this.snapshot.nodes[ref].timeline = timeline instanceof Problem ? [] : timeline;
  }
}
