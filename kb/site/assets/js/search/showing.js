/** How results of a search are shown: the entry with a line of its fix, how many there are, and ways on from nothing. */

import { ROOT, entryUrl, formUrl } from "../addresses.js";
import { element, mark } from "../elements.js";
import { fitting } from "../linking.js";
import { ago } from "../proven.js";
import { wordsIn } from "./terms.js";

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
  const title = `A machine has proven a workaround, ${day}`;
  return [" ", element("span", "kb-proven-mark", { title }, "Proven", ago(day, new Date()))];
}

/**
 * What a search comes to, in one line.
 * @param {Found} found
 * @param {number} shown how many results are shown
 */
export function statusOf({ isKnown, total, unknown }, shown) {
  if (!isKnown)
    return total ? "Nothing known about this yet. By its words the closest:" : "Nothing known about this yet.";
  if (unknown.length) {
    const named = unknown.slice(0, NAMED).map((word) => `“${word}”`);
    return `No page has ${named.join(" or ")}. The closest:`;
  }
  const count = `${total.toLocaleString("en")} ${total === 1 ? "result" : "results"}`;
  return total > shown ? `${count}; the best ${shown} are shown` : count;
}

/** Where to go from a pasted error that nothing is known of, besides adding it. */
export function otherWays() {
  /** @param {string} name @param {string} to */
  const link = (name, to) => element("a", "", { href: new URL(to, ROOT).href }, name);
  const ways = element("p", "kb-search__ways", {}, "Or ", link("search", "search/"), " for its rarer words, browse ");
  ways.append(link("products", "products/"), ", ", link("tags", "tags/"), " and ", link("codes", "codes/"));
  ways.append(
    ", see what is known of ",
    link("an issue", "report/"),
    ", or ",
    link("write its page", "contribute/"),
    ".",
  );
  return ways;
}

/**
 * Where to go from a search that finds nothing.
 * @param {string} text what was searched for
 * @param {string} newUrl the form for an error without an entry; empty where there is none
 */
export function waysOn(text, newUrl) {
  /** @param {string} name @param {string} to */
  const link = (name, to) => element("a", "", { href: new URL(to, ROOT).href }, name);
  const ways = element("p", "kb-search__ways", {}, "Try a code, or fewer and rarer words of the message. ");
  ways.append(
    "Or browse ",
    link("products", "products/"),
    ", ",
    link("tags", "tags/"),
    " and ",
    link("codes", "codes/"),
  );
  ways.append(", or paste the whole error to ", link("match it", "match/"), ".");
  if (newUrl) {
    const href = formUrl(newUrl, { error: fitting(text).text });
    ways.append(" ", element("a", "", { href, rel: "noopener" }, "Add this error"), ", even without a fix.");
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
