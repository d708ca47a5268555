/**
 * The graph of a report as a drawing: the issue at the left, each step further away one column to the right. The list
 * of linked issues says the same in words.
 */

import { shortened } from "./inert.js";
import { DRAWN } from "./mermaid.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 216;
const HEIGHT = 46;
const GAP_X = 104;
const GAP_Y = 14;
const MARGIN = 10;
/** Room at the right for arrows between nodes of the last column. */
const BULGE = 46;
const TITLE = 30;

/** @typedef {import("./graph.js").Node} Node */
/** @typedef {{node: Node, x: number, y: number}} Box */

/**
 * @param {import("./analysis.js").Report} report
 * @returns {SVGSVGElement}
 */
export function drawingOf(report) {
  const boxes = boxesOf(report.nodes.slice(0, DRAWN));
  const width = Math.max(...[...boxes.values()].map(({ x }) => x)) + WIDTH + BULGE + MARGIN;
  const height = Math.max(...[...boxes.values()].map(({ y }) => y)) + HEIGHT + MARGIN;
  const drawing = shape("svg", { class: "kb-graph", width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
  drawing.setAttribute("aria-label", `Graph of ${boxes.size} issues and pull requests, the same as the list above.`);
  drawing.append(arrowHead());
  for (const edge of report.edges) {
    const from = boxes.get(edge.source);
    const to = boxes.get(edge.target);
    if (from && to) drawing.append(arrow(from, to, edge.kind));
  }
  for (const box of boxes.values()) drawing.append(drawnNode(box));
  return /** @type {SVGSVGElement} */ (drawing);
}

/**
 * Where each node stands: a column a step, each centered.
 * @param {Node[]} nodes
 * @returns {Map<string, Box>}
 */
function boxesOf(nodes) {
  /** @type {Node[][]} */
  const columns = [];
  for (const node of nodes) (columns[node.step] ??= []).push(node);
  const filled = columns.filter(Boolean);
  const tallest = Math.max(...filled.map((column) => column.length));
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  filled.forEach((column, number) => {
    const top = MARGIN + ((tallest - column.length) * (HEIGHT + GAP_Y)) / 2;
    column.forEach((node, row) => {
      boxes.set(node.ref.toLowerCase(), {
        node,
        x: MARGIN + number * (WIDTH + GAP_X),
        y: top + row * (HEIGHT + GAP_Y),
      });
    });
  });
  return boxes;
}

/** @param {Box} box */
function drawnNode({ node, x, y }) {
  const state = node.state.replace(" ", "-");
  const group = shape("g", { class: `kb-graph__node kb-graph__node--${state}` });
  const round = node.kind === "pull" ? HEIGHT / 2 : 6;
  const inset = node.kind === "pull" ? 20 : 12;
  group.append(
    shape("rect", { x, y, width: WIDTH, height: HEIGHT, rx: round }),
    words(x + inset, y + 19, shortened(node.ref, TITLE), "kb-graph__ref"),
    words(x + inset, y + 36, shortened(node.title || node.problem, TITLE - 2), "kb-graph__title"),
    shape("title", {}),
  );
  const title = group.lastElementChild;
  if (title) title.textContent = `${node.ref} ${node.title} (${node.problem || node.state})`;
  return group;
}

/**
 * @param {Box} from
 * @param {Box} to
 * @param {string} kind
 */
function arrow(from, to, kind) {
  const [y1, y2] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  let path;
  if (from.x === to.x) {
    const x = from.x + WIDTH;
    path = `M${x} ${y1}C${x + BULGE} ${y1} ${x + BULGE} ${y2} ${x + 2} ${y2}`;
  } else {
    const forward = from.x < to.x;
    const x1 = forward ? from.x + WIDTH : from.x;
    const x2 = forward ? to.x - 2 : to.x + WIDTH + 2;
    const middle = (x1 + x2) / 2;
    path = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
  }
  const group = shape("g", { class: `kb-graph__edge kb-graph__edge--${kind}` });
  group.append(shape("path", { d: path, "marker-end": "url(#kb-graph-arrow)" }));
  if (kind !== "mentions" && from.x !== to.x) {
    // Beside the node at the right, where each arrow has a row of its own.
    const right = from.x < to.x ? to : from;
    const label = words(right.x - 8, right.y + HEIGHT / 2 - 5, kind, "kb-graph__kind");
    label.setAttribute("text-anchor", "end");
    group.append(label);
  }
  return group;
}

function arrowHead() {
  const definitions = shape("defs", {});
  const marker = shape("marker", {
    id: "kb-graph-arrow",
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    orient: "auto",
  });
  marker.append(shape("path", { class: "kb-graph__head", d: "M0 0L8 4L0 8z" }));
  definitions.append(marker);
  return definitions;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {string} name
 */
function words(x, y, text, name) {
  const made = shape("text", { x, y, class: name });
  made.textContent = text;
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElement}
 */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
