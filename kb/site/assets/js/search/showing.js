/** How results of a search are shown: the entry with a line of its fix, how many there are, and ways on from nothing. */

import { ROOT, entryUrl, formUrl } from "../addresses.js";
import { element, mark } from "../elements.js";
import { fitting } from "../linking.js";
import { ago, shownDay } from "../proven.js";
import { wordsIn } from "./terms.js";
import { spoken, spokenOf } from "../words.js";

/** @typedef {import("./ranking.js").Found} Found */
/** @typedef {import("./ranking.js").Result} Result */

/** Unknown words that are named. */
const NAMED = 3;
const WORD = /([\p{L}\p{N}_]+)/u;

/**
 * A result as an option of a list.
 * @param {Result} result
 * @param {Found} found
 */
export function resultOption(result, found) {
  const link = resultLink(result, found);
  for (const [name, value] of [
    ["role", "option"],
    ["tabindex", "-1"],
    ["aria-selected", "false"],
  ]) {
    link.setAttribute(name, value);
  }
  return element("li", "", { role: "presentation" }, link);
}

/**
 * A result as a link: title, product, and what helps first.
 * @param {Result} result
 * @param {Found} found
 */
export function resultLink({ shown }, { terms }) {
  const link = element("a", "kb-search__result", { href: entryUrl(shown.id, {}) });
  link.append(
    element("span", "kb-search__title", {}, ...highlighted(shown.title, new Set(terms))),
    element("span", "kb-search__meta", {}, shown.product, ...provenMark(shown.proven)),
    element("span", "kb-search__fix", {}, shown.step),
  );
  return link;
}

/**
 * The mark of an entry of which a workaround is proven.
 * @param {string | undefined} day of the last proof
 */
function provenMark(day) {
  if (!day) return [];
  const on = shownDay(day);
  const title = spoken`A machine has proven a workaround, ${on}`;
  return [" ", element("span", "kb-proven-mark", { title }, spoken`Proven`, ago(day, new Date()))];
}

/**
 * What a search comes to, in one line.
 * @param {Found} found
 * @param {number} shown how many results are shown
 */
export function statusOf({ isKnown, total, unknown }, shown) {
  if (!isKnown)
    return total
      ? spoken`Nothing known about this yet. By its words the closest:`
      : spoken`Nothing known about this yet.`;
  if (unknown.length) {
    const named = unknown
      .slice(0, NAMED)
      .map((word) => spoken`“${word}”`)
      .join(spoken` or `);
    return spoken`No page has ${named}. The closest:`;
  }
  const number = total.toLocaleString(document.documentElement.lang);
  const count = spokenOf(total, spoken`${number} result`, spoken`${number} results`);
  return total > shown ? spoken`${count}; the best ${shown} are shown` : count;
}

/** What stands for a link in a sentence: characters that no text has. */
const MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5";

/**
 * A sentence with its links, in whatever order the page's language has them.
 * @param {string} sentence in which a mark stands for each
 * @param {HTMLElement[]} links
 */
const linked = (sentence, ...links) =>
  sentence.split(/([\ufdd0-\ufdd5])/).map((part) => (part && links[MARKS.indexOf(part)]) || part);

/** @param {string} name @param {string} to */
const link = (name, to) => element("a", "", { href: new URL(to, ROOT).href }, name);

/** Where to go from a pasted error that nothing is known of, besides adding it. */
export function otherWays() {
  const [search, products, tags, codes, issue, page] = MARKS;
  const sentence = spoken`Or ${search} for its rarer words, browse ${products}, ${tags} and ${codes}, see what is known of ${issue}, or ${page}.`;
  const links = linked(
    sentence,
    link(spoken`search`, "search/"),
    link(spoken`products`, "products/"),
    link(spoken`tags`, "tags/"),
    link(spoken`codes`, "codes/"),
    link(spoken`an issue`, "report/"),
    link(spoken`write its page`, "contribute/"),
  );
  return element("p", "kb-search__ways", {}, ...links);
}

/**
 * Where to go from a search that finds nothing.
 * @param {string} text what was searched for
 * @param {string} newUrl the form for an error without an entry; empty where there is none
 */
export function waysOn(text, newUrl) {
  const [products, tags, codes, match] = MARKS;
  const links = linked(
    spoken`Or browse ${products}, ${tags} and ${codes}, or paste the whole error to ${match}.`,
    link(spoken`products`, "products/"),
    link(spoken`tags`, "tags/"),
    link(spoken`codes`, "codes/"),
    link(spoken`match it`, "match/"),
  );
  const tried = spoken`Try a code, or fewer and rarer words of the message.`;
  const ways = element("p", "kb-search__ways", {}, tried, " ", ...links);
  if (newUrl) {
    const href = formUrl(newUrl, { error: fitting(text).text });
    const add = element("a", "", { href, rel: "noopener" }, spoken`Add this error`);
    const [added] = MARKS;
    ways.append(" ", ...linked(spoken`${added}, even without a fix.`, add));
  }
  return ways;
}

/**
 * Text with the words of a query marked, in whatever form they stand there.
 * @param {string} text
 * @param {Set<string>} asked
 */
function highlighted(text, asked) {
  return text.split(WORD).map((part, number) => {
    const isAsked = number % 2 === 1 && wordsIn(part).some(({ terms }) => asked.has(terms[0]));
    return isAsked ? mark(part) : part;
  });
}
