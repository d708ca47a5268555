/**
 * A report as Markdown, fit for sharing: foreign text in it is inert, and posting it mentions nobody. The twin of
 * `kb/github/report/markdown.py`.
 */

import { fenced, markdown as escaped } from "./inert.js";
import { DRAWN, toMermaid } from "./mermaid.js";
import { MARKDOWN } from "./tables.js";

/** @typedef {import("./analysis.js").Report} Report */

/**
 * What a neighbour is: where the root says something of it, and where it says something of the root.
 * @type {Record<import("./references.js").EdgeKind, string[]>}
 */
const SAID = MARKDOWN.SAID;

/** `owner/name#1` as it looks once it is escaped. */
const REFERENCE = new RegExp(MARKDOWN.REFERENCE, "g");

/**
 * @param {Report} report
 * @returns {string}
 */
export function toMarkdown(report) {
  const known = report.known.length ? report.known.map(knownEntry) : ["No entry of this knowledge base matches."];
  const addresses = new Map(report.nodes.map(({ ref, url }) => [escaped(ref), link(ref, url)]));
  /**
   * A line as inert Markdown, in which the issues of this report are links to them.
   * @param {string} line
   */
  const linked = (line) => escaped(line).replace(REFERENCE, (found) => addresses.get(found) ?? found);
  const sections = [
    heading(report),
    section("What is reported", report.summary ? [`> ${escaped(report.summary)}`] : []),
    section("Environment", [list(report.environment.map(({ name, value }) => `${escaped(name)}: ${escaped(value)}`))]),
    section("Error messages", report.errors.map(fenced)),
    section("What is known", known),
    section("Timeline in short", [
      list(report.timeline.map(({ date, what }) => (date ? `${date} ` : "") + linked(what))),
    ]),
    section("Linked issues and pull requests", [list([...neighbours(report)].map(item))]),
    section("Graph", graph(report)),
    section("Open questions", [list(report.questions.map(linked))]),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/**
 * @param {string} title
 * @param {string[]} parts
 */
function section(title, parts) {
  const filled = parts.filter(Boolean);
  return filled.length ? [`## ${title}`, ...filled].join("\n\n") : "";
}

/** @param {Report} report */
function heading(report) {
  const lines = [`# ${escaped(report.title) || "Untitled"}`];
  const author = report.author && ` by ${escaped(report.author)}`;
  const opened = report.opened && `opened ${report.opened}${author}`;
  const facts = [
    `${report.kind === "issue" ? "Issue" : "Pull request"} ${link(report.ref, report.url)}`,
    `**${report.state}**`,
    opened,
    report.closed && `closed ${report.closed}`,
    counted(report.comments, "comment"),
    counted(report.participants, "participant"),
    counted(report.reactions, "reaction"),
  ];
  lines.push(`${facts.filter(Boolean).join(", ")}.`);
  if (report.labels.length) lines.push(`Labels: ${report.labels.map(escaped).join(", ")}.`);
  lines.push(`As of ${escaped(report.fetched)}.`);
  return lines.join("\n\n");
}

/**
 * @param {number} number
 * @param {string} name
 */
export const counted = (number, name) => `${number} ${name}${number === 1 ? "" : "s"}`;

/**
 * @param {string} ref
 * @param {string} url
 */
const link = (ref, url) => `[${ref.replaceAll("_", "\\_")}](${url})`;

/** @param {string[]} items */
const list = (items) => items.map((each) => `- ${each}`).join("\n");

/** @param {import("./analysis.js").Known} known */
function knownEntry(known) {
  const lines = [`**[${escaped(known.title)}](${known.url})** (${howSure(known)})`, escaped(known.summary)];
  if (known.step) lines.push(`First workaround: ${escaped(known.step)}`);
  return lines.filter(Boolean).join("\n\n");
}

/** @param {import("./analysis.js").Known} known */
export function howSure({ tier, score }) {
  return tier === "exact" ? "exact match" : `likely, ${Math.floor(score * 100 + 0.5)} % of its wording`;
}

/** @typedef {{node: import("./graph.js").Node, told: string}} Neighbour */

/**
 * The neighbours of the root by what connects them, then what is further away.
 * @param {Report} report
 * @returns {Generator<Neighbour>}
 */
export function* neighbours(report) {
  const root = report.nodes[0].ref.toLowerCase();
  const nodes = new Map(report.nodes.map((node) => [node.ref.toLowerCase(), node]));
  const shown = new Set([root]);
  for (const [kind, [outward, inward]] of Object.entries(SAID)) {
    for (const edge of report.edges) {
      if (edge.kind !== kind || (edge.source !== root && edge.target !== root)) continue;
      const isOutward = edge.source === root;
      const other = isOutward ? edge.target : edge.source;
      const node = nodes.get(other);
      if (!node || shown.has(other)) continue;
      shown.add(other);
      yield { node, told: isOutward ? outward : inward };
    }
  }
  for (const [ref, node] of nodes) if (!shown.has(ref)) yield { node, told: "further away" };
}

/** @param {Neighbour} neighbour */
function item({ node, told }) {
  const title = node.title ? ` ${escaped(node.title)}` : "";
  const state = node.problem ? `could not be read: ${escaped(node.problem)}` : node.state;
  return `${link(node.ref, node.url)}${title} (${node.kind === "pull" ? "pull request, " : ""}${state}; ${told})`;
}

/** @param {Report} report */
function graph(report) {
  const parts = report.nodes.length > 1 ? [`\`\`\`mermaid\n${toMermaid(report)}\n\`\`\``] : [];
  if (report.nodes.length > DRAWN) parts.push(`The ${DRAWN} nearest of ${report.nodes.length} are drawn.`);
  return parts;
}
