/** Results of a search for words: which pages, in which order, and how each is shown. */

import { element, mark } from "./elements.js";

const SHOWN = 12;
/** Words of a query that are searched for one by one where no page has all of them. */
const RARE_WORDS = 8;
/** Where Pagefind's marks begin and end in an excerpt. */
const MARKS = /<\/?mark>/;

/** @typedef {{url: string, title: string, excerpt: string}} Part */
/** @typedef {{url: string, excerpt: string, meta: Record<string, string>, sub_results: Part[]}} Found */
/**
 * `exact`: each page has all words of the query; `lost`: how many pages could not be read
 * @typedef {{found: Found[], total: number, lost: number, exact: boolean}} Answer
 */

/**
 * The first pages that have all words of the query; where there are none, those that have most of its longest words.
 * @param {any} index
 * @param {string} query
 * @param {Record<string, string>} filters
 * @returns {Promise<Answer>}
 */
export async function find(index, query, filters) {
  const words = wordsOf(query);
  const { results } = await index.search(query, { filters });
  const whole = await firstPages(results, (text) => words.every((word) => text.includes(stemOf(word))));
  if (whole.found.length || words.length < 2) return { ...whole, exact: true };
  /** @type {Map<string, {result: any, score: number}>} */
  const best = new Map();
  for (const word of words.sort((one, other) => other.length - one.length).slice(0, RARE_WORDS)) {
    const partial = await index.search(word, { filters });
    // All pages found for an unknown word have no more than its first letters.
    if (!(await firstPages(partial.results.slice(0, 1), (text) => text.includes(stemOf(word)))).found.length) continue;
    // A word that many pages have says little of any of them.
    const weight = 1 / Math.log2(2 + partial.results.length);
    for (const result of partial.results) {
      const entry = best.get(result.id) ?? { result, score: 0 };
      entry.score += weight;
      best.set(result.id, entry);
    }
  }
  // Pages with the same words stand in Pagefind's own order; an id is a hash, which any edit of a page changes.
  const ranked = [...best.values()].sort(
    (one, other) =>
      other.score - one.score || other.result.score - one.result.score || (one.result.id < other.result.id ? -1 : 1),
  );
  const telling = words.filter((word) => word.length > 2);
  const part = await firstPages(
    ranked.map(({ result }) => result),
    (text) => telling.some((word) => text.includes(stemOf(word))),
  );
  return { ...part, exact: false };
}

/**
 * The first of some results whose text holds what was asked for. Pagefind answers an unknown word with pages that have
 * its first letters, which is no answer to an error.
 * @param {any[]} results
 * @param {(text: string) => boolean} holds
 */
async function firstPages(results, holds) {
  const read = await Promise.allSettled(results.slice(0, SHOWN).map((result) => result.data()));
  const failed = read.find((one) => one.status === "rejected");
  /** @type {(Found & {content: string, filters: Record<string, string[]>})[]} */
  const pages = read.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  if (failed && !pages.length) throw failed.reason;
  const found = pages.filter(({ content = "", meta = {}, filters = {} }) =>
    holds(`${Object.values(meta).join(" ")} ${content} ${Object.values(filters).flat().join(" ")}`.toLowerCase()),
  );
  return { found, total: results.length - (read.length - found.length), lost: read.length - pages.length };
}

/**
 * The part of a word that its other forms have, too: pages are found by word stems.
 * @param {string} word
 */
const stemOf = (word) => word.slice(0, Math.max(3, Math.ceil(word.length * 0.7)));

/**
 * What an answer comes to, in one line.
 * @param {Answer} answer
 */
export function statusOf({ found, total, exact }) {
  if (!found.length) return "Nothing known about this yet. Try a code, or fewer and rarer words of the message.";
  if (!exact) return "No page has all of these words. The closest:";
  return `${total} ${total === 1 ? "result" : "results"}${total > SHOWN ? `; the best ${SHOWN} are shown` : ""}`;
}

/**
 * A page as an option of the list of results.
 * @param {Found} entry
 * @param {string} query
 */
export function resultItem(entry, query) {
  const link = element("a", "kb-search__result", {
    role: "option",
    href: entry.url,
    tabindex: "-1",
    "aria-selected": "false",
  });
  link.append(
    element("span", "kb-search__title", {}, ...highlighted(entry.meta.title ?? entry.url, query)),
    element("span", "kb-search__meta", {}, entry.meta.product ?? ""),
    element("span", "kb-search__excerpt", {}, ...marked(bestExcerpt(entry, query), query)),
  );
  return element("li", "", { role: "presentation" }, link);
}

/**
 * The excerpt of a page that says most. The part before the first heading repeats the title: a section is better, best
 * one with a word of the query.
 * @param {Found} entry
 * @param {string} query
 */
function bestExcerpt(entry, query) {
  const sections = entry.sub_results.filter(({ url }) => url.includes("#")).map(withoutHeading);
  const telling = sections.find((excerpt) =>
    excerpt.split(MARKS).some((part, number) => number % 2 && isOf(part, query)),
  );
  return telling ?? sections[0] ?? entry.excerpt;
}

/**
 * A section's excerpt without the heading that it begins with, or the end of it: an excerpt can begin amid the heading,
 * which Pagefind ends with a period.
 * @param {Part} part
 */
function withoutHeading({ title, excerpt }) {
  const heading = (title ?? "").match(/\S+/g) ?? [];
  const parts = [...excerpt.matchAll(/\S+/g)].map((part) => ({
    word: part[0].replace(/<\/?mark>/g, ""),
    end: part.index + part[0].length,
  }));
  // Something has to follow the heading; what of it does not fit into the excerpt is not there.
  for (let start = Math.max(0, heading.length - parts.length + 1); start < heading.length; start += 1) {
    const length = heading.length - start;
    const isThere = heading.slice(start).every((word, number) => {
      const { word: shown } = parts[number];
      return number < length - 1 ? shown === word : shown === `${word}.` || (start === 0 && shown === word);
    });
    if (isThere) return excerpt.slice(parts[length - 1].end).trimStart();
  }
  return excerpt;
}

/**
 * Pagefind's excerpt as nodes: text, with its marks. Nothing else of it becomes an element. Pagefind also marks words that
 * share but their first letter with an unknown one: these are left plain.
 * @param {string} excerpt
 * @param {string} query
 */
function marked(excerpt, query) {
  return excerpt.split(MARKS).map((part, number) => {
    // The parser drops white space at the start of a body, so something else stands there.
    const text = (new DOMParser().parseFromString(`<body>.${part}`, "text/html").body.textContent ?? "").slice(1);
    return number % 2 && isOf(text, query) ? mark(text) : text;
  });
}

/**
 * Whether a text has a form of a word of the query.
 * @param {string} text
 * @param {string} query
 */
function isOf(text, query) {
  const stems = wordsOf(query).map(stemOf);
  return wordsOf(text).some((word) => stems.some((stem) => word.startsWith(stem)));
}

/**
 * The words of a text, each once, in lower case.
 * @param {string} text
 */
const wordsOf = (text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [])];

/**
 * Text with the words of a query marked.
 * @param {string} text
 * @param {string} query
 */
function highlighted(text, query) {
  const words = new Set(wordsOf(query));
  return text.split(/([\p{L}\p{N}_]+)/u).map((part) => (words.has(part.toLowerCase()) ? mark(part) : part));
}

/**
 * The words of a text that are worth a search: the longest ones, each once.
 * @param {string} text
 */
export function rareWords(text) {
  const words = [...new Set(text.match(/[\p{L}\p{N}_]{4,40}/gu) ?? [])];
  return words
    .sort((one, other) => other.length - one.length)
    .slice(0, RARE_WORDS)
    .join(" ");
}
