/** A report on the page. Whatever comes from GitHub goes in as text. */

import { answerCard } from "../answers.js";
import { copyText, startCopyButtons } from "../copy.js";
import { element } from "../elements.js";
import { excerptOf } from "../matching.js";
import { drawingOf } from "./drawing.js";
import { counted, neighbours, toMarkdown } from "./markdown.js";
import { DRAWN } from "./mermaid.js";

const SHOWN_MS = 1600;

/** @typedef {import("./analysis.js").Report} Report */
/** @typedef {import("../matching.js").Answer} Answer */

/**
 * @param {Report} report
 * @param {Answer[]} answers what is known of `text`
 * @param {string} text
 * @returns {Promise<HTMLElement>}
 */
export async function viewOf(report, answers, text) {
  const cards = await Promise.all(
    answers.map((answer) => answerCard({ ...answer, excerpt: excerptIn(text, answer) }, text)),
  );
  const view = element("article", "kb-report__view", { "aria-label": `Report on ${report.ref}` });
  view.append(
    ...headOf(report),
    toolbar(report),
    ...section(
      "What is known",
      cards.length ? cards : [element("p", "", {}, "No entry of this knowledge base matches.")],
    ),
    ...section("What is reported", report.summary ? [element("blockquote", "", {}, report.summary)] : []),
    ...section("Environment", report.environment.length ? [factsOf(report)] : []),
    ...section("Error messages", report.errors.map(code)),
    ...section("Timeline in short", [timelineOf(report)]),
    ...section("Linked issues and pull requests", linkedOf(report)),
    ...section("Open questions", report.questions.length ? [listOf(report.questions)] : []),
  );
  startCopyButtons(view);
  return view;
}

/**
 * A match with no more before it than its own line.
 * @param {string} text
 * @param {Answer} answer
 */
function excerptIn(text, answer) {
  const excerpt = excerptOf(text, answer);
  return { ...excerpt, before: excerpt.before.slice(excerpt.before.lastIndexOf("\n") + 1) };
}

/**
 * @param {string} title
 * @param {Node[]} parts
 */
const section = (title, parts) => (parts.length ? [element("h3", "", {}, title), ...parts] : []);

/** @param {string[]} items */
const listOf = (items) => element("ul", "", {}, ...items.map((item) => element("li", "", {}, item)));

/** @param {Report} report */
function headOf(report) {
  const link = element("a", "", { href: report.url, rel: "noopener noreferrer" }, report.ref);
  const facts = [
    report.opened && `opened ${report.opened}` + (report.author && ` by ${report.author}`),
    report.closed && `closed ${report.closed}`,
    counted(report.comments, "comment"),
    counted(report.participants, "participant"),
    counted(report.reactions, "reaction"),
    ...(report.labels.length ? [`labels: ${report.labels.join(", ")}`] : []),
  ];
  return [
    element("h2", "kb-report__title", { tabindex: "-1" }, report.title || "Untitled"),
    element("p", "kb-report__facts", {}, badge(report.state), " ", link, ` ${facts.filter(Boolean).join(", ")}`),
  ];
}

/** @param {string} state */
const badge = (state) => element("span", `kb-report__state kb-report__state--${state.replace(" ", "-")}`, {}, state);

/** @param {Report} report */
function toolbar(report) {
  const markdown = toMarkdown(report);
  const name = report.ref.replace(/[^A-Za-z0-9]+/g, "-");
  const bar = element("p", "kb-report__buttons", {});
  bar.append(
    button("Copy as Markdown", async (made) => {
      const copied = await copyText(markdown);
      made.textContent = copied ? "Copied" : "Your browser refused; download it";
      setTimeout(() => {
        made.textContent = "Copy as Markdown";
      }, SHOWN_MS);
    }),
    button("Download Markdown", () => download(`${name}.md`, markdown, "text/markdown")),
    button("Download JSON", () => download(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`, "application/json")),
  );
  return bar;
}

/**
 * @param {string} label
 * @param {(made: HTMLButtonElement) => void} act
 */
function button(label, act) {
  const made = element("button", "kb-button kb-button--quiet", { type: "button" }, label);
  made.addEventListener("click", () => act(made));
  return made;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", "", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {Report} report */
function factsOf(report) {
  const list = element("dl", "kb-report__environment");
  for (const { name, value } of report.environment)
    list.append(element("dt", "", {}, name), element("dd", "", {}, value));
  return list;
}

/** @param {string} text */
function code(text) {
  const copy = element("button", "kb-copy", { type: "button", "data-kb-copy": "" }, "Copy");
  return element("div", "kb-code", {}, copy, element("pre", "", { tabindex: "0" }, element("code", "", {}, text)));
}

/** @param {Report} report */
function timelineOf(report) {
  const items = report.timeline.map(({ date, what }) =>
    element("li", "", {}, ...(date ? [element("time", "", { datetime: date }, date), " "] : []), what),
  );
  return element("ol", "kb-report__timeline", {}, ...items);
}

/** @param {Report} report */
function linkedOf(report) {
  const items = [...neighbours(report)].map(({ node, told }) => {
    const link = element("a", "", { href: node.url, rel: "noopener noreferrer" }, node.ref);
    const kind = node.kind === "pull" ? "pull request, " : "";
    const how = node.problem ? `could not be read: ${node.problem}` : "";
    return element("li", "", {}, badge(node.state), " ", link, ` ${node.title} (${kind}${how && how + "; "}${told})`);
  });
  if (!items.length) return [];
  const region = { role: "region", "aria-label": "Graph", tabindex: "0" };
  const parts = [
    element("ul", "kb-report__linked", {}, ...items),
    element("div", "kb-graph__scroll", region, drawingOf(report)),
  ];
  if (report.nodes.length > DRAWN) {
    parts.push(element("p", "kb-muted", {}, `The ${DRAWN} nearest of ${report.nodes.length} are drawn.`));
  }
  return parts;
}
