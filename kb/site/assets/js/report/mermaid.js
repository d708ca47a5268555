/** The graph of a report as a Mermaid flowchart, which GitHub draws. The twin of `kb/github/report/mermaid.py`. */

import { mermaid, shortened, stripped } from "./inert.js";
import { MERMAID } from "./tables.js";

const { ARROWS, LABEL, STYLES } = MERMAID;
export const { DRAWN } = MERMAID;

/**
 * @param {import("./analysis.js").Report} report
 * @returns {string} the flowchart, without its fence
 */
export function toMermaid(report) {
  const lines = ["flowchart LR"];
  const nodes = report.nodes.slice(0, DRAWN);
  const numbers = new Map(nodes.map((node, number) => [node.ref.toLowerCase(), number]));
  nodes.forEach((node, number) => {
    const label = mermaid(stripped(`${node.ref} ${shortened(node.title, LABEL)}`, " ", false));
    const [start, end] = node.kind === "pull" ? ["([", "])"] : ["[", "]"];
    lines.push(`  n${number}${start}"${label}"${end}:::${styleOf(node.state)}`);
  });
  const drawn = report.edges.filter(({ source, target }) => numbers.has(source) && numbers.has(target));
  for (const { source, target, kind } of drawn.slice(0, ARROWS)) {
    lines.push(`  n${numbers.get(source)} -->|${kind}| n${numbers.get(target)}`);
  }
  const used = new Set(nodes.map((node) => styleOf(node.state)));
  for (const [name, style] of Object.entries(STYLES)) if (used.has(name)) lines.push(`  classDef ${name} ${style}`);
  return lines.join("\n");
}

/** @param {string} state */
const styleOf = (state) => state.replace(" ", "");
