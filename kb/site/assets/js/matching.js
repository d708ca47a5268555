/** Matching pasted errors and dropped logs against the index of this site. Nothing of them leaves the browser. */

import { ROOT } from "./addresses.js";
import { Matcher } from "./match/matcher.js";
import { shardOf } from "./shards.js";

const INDEX = new URL("match/index/", ROOT);
const FIXES = new URL("match/fixes/", ROOT);

/** Texts from this length on are matched in a worker, so that the page never stands still. */
export const LONG = 50_000;

/** @typedef {import("./match/matcher.js").Answer} Answer */
/** @typedef {{id: string, title: string, product: string, summary: string, number?: number, step: string, markdown: string, html: string, types: Record<string, string[]>, proven?: import("./proven.js").FixProof[], drafted?: boolean, versions?: import("./match/versions.js").Versions}} Fix */

/** @type {Promise<Matcher> | undefined} */
let matcher;

/** Open the index, once. A failure is not kept. */
export function openMatcher() {
  matcher ??= Matcher.fromUrl(INDEX);
  matcher.catch(() => {
    matcher = undefined;
  });
  return matcher;
}

/**
 * The entries that a text shows, the best first.
 * @param {string} text
 * @param {number} top
 * @returns {Promise<Answer[]>}
 */
export async function findErrors(text, top) {
  if (text.length < LONG) return (await openMatcher()).match(text, top);
  /** @type {Answer[]} */
  const answers = [];
  await findErrorsIn(
    new Blob([text]),
    (answer) => answers.push(answer),
    () => {},
  );
  return answers.slice(0, top);
}

/**
 * Look through a file in a worker.
 * @param {Blob} file
 * @param {(answer: Answer & {excerpt: Excerpt}) => void} onAnswer
 * @param {(share: number) => void} onProgress is told how much of the file was looked at, 0 to 1
 * @param {AbortSignal} [signal] stops the search
 * @returns {Promise<void>} fulfilled at the end of the file
 */
export function findErrorsIn(file, onAnswer, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("match-worker.js", import.meta.url), { type: "module" });
    const end = () => {
      worker.terminate();
      resolve();
    };
    worker.addEventListener("error", (event) => {
      worker.terminate();
      reject(new Error(event.message || "the worker could not be started"));
    });
    worker.addEventListener("message", ({ data }) => {
      if (data.answer) onAnswer(data.answer);
      if (data.share !== undefined) onProgress(data.share);
      if (data.error) {
        worker.terminate();
        reject(new Error(data.error));
      }
      if (data.done) end();
    });
    signal?.addEventListener("abort", end);
    worker.postMessage({ file, index: INDEX.href });
  });
}

/** @typedef {{before: string, match: string, after: string}} Excerpt */

/**
 * Text without what a terminal takes for colors, and without other characters that show nothing.
 * @param {string} text
 */
const printable = (text) => text.replace(/\x1b\[[0-9;:]*[A-Za-z]/g, "").replace(/[^\P{C}\n\t]/gu, "");

const AROUND = 80;
const LONGEST_MATCH = 400;
/** The rest of a match's own line, and one more: with more lines the match itself would be out of sight. */
const LINES_AROUND = 2;

/**
 * What surrounds a match in its text.
 * @param {string} text
 * @param {{start: number, end: number}} place
 * @returns {Excerpt}
 */
export function excerptOf(text, { start, end }) {
  const match = text.slice(start, end);
  const lead = text
    .slice(Math.max(0, start - AROUND), start)
    .split("\n")
    .slice(-LINES_AROUND);
  const rest = text
    .slice(end, end + AROUND)
    .split("\n")
    .slice(0, LINES_AROUND);
  const before = lead.join("\n").replace(/^\s*\n/, "");
  const after = rest.join("\n").trimEnd();
  return {
    before: (before.length < start ? "…" : "") + printable(before),
    match: printable(match.length > LONGEST_MATCH ? `${match.slice(0, LONGEST_MATCH)}…` : match),
    after: printable(after) + (end + after.length < text.length ? "…" : ""),
  };
}

/** @type {Map<string, Promise<any>>} */
const shards = new Map();

/** @param {string} name */
function readShard(name) {
  let shard = shards.get(name);
  if (!shard) {
    shard = fetch(new URL(name, FIXES)).then((response) => {
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.json();
    });
    shards.set(name, shard);
    shard.catch(() => shards.delete(name));
  }
  return shard;
}

/**
 * What an answer shows of its entry: see `kb/match/fixes.py`.
 * @param {string} id
 * @returns {Promise<Fix | undefined>}
 */
export async function readFix(id) {
  const { shards: count } = await readShard("root.json");
  const fix = (await readShard(`${shardOf(id, count)}.json`))?.[id];
  return isFix(fix) ? fix : undefined;
}

/**
 * Whether a record is a fix.
 * @param {unknown} record
 * @returns {record is Fix}
 */
function isFix(record) {
  const fields = /** @type {Record<string, unknown>} */ (record ?? {});
  return ["title", "product", "step", "html"].every((name) => typeof fields[name] === "string");
}
