/** What the words of a query may stand for in an index, and what each weighs. The twin of `asking.py`. */

import { completions, nearest } from "./spelling.js";
import { stem } from "./terms.js";

/** @typedef {import("./reading.js").SearchIndex} SearchIndex */
/** @typedef {import("./terms.js").Word} Word */
/** @typedef {{terms: string[], worth: number}} Meaning terms that a word may stand for, all of them together */
/** @typedef {{number: number, meanings: Meaning[], weight: number, names: Set<string>}} Asked a word of the query that has weight */

const MOST_COMPLETIONS = 6;
const SHORTEST_BEGINNING = 2;
/** Letters up to which a word that some entry has may still be the beginning of another. */
const LONGEST_BEGINNING = 3;

/**
 * Look the words of a query up; with `isTyped`, the last one may be unfinished.
 * @param {Word[]} words
 * @param {SearchIndex} index
 * @param {boolean} isTyped
 * @returns {Promise<{asked: Asked[], corrected: [string, string][]}>}
 */
export async function ask(words, index, isTyped) {
  const telling = words.flatMap((word, number) => (index.stopWords.has(word.text) ? [] : [number]));
  const numbers = telling.length ? telling : words.map((_, number) => number);
  const wanted = numbers.map((number) => wantedMeanings(words[number], index));
  await index.fetchPostings(wanted.flat().flatMap(({ terms }) => terms));
  /** @type {([string, string] | undefined)[]} */
  const corrected = [];
  const meanings = await Promise.all(
    numbers.map(async (number, place) => {
      const known = wanted[place].filter((meaning) => isKnown(meaning, index));
      const isLast = isTyped && number === words.length - 1;
      const mayBeBegun = isLast && (!known.length || [...words[number].text].length <= LONGEST_BEGINNING);
      const begun = mayBeBegun ? await completed(words[number], index) : [];
      known.push(...begun.filter(({ terms }) => terms[0] !== words[number].terms[0]));
      if (known.length) return known;
      const near = await nearest(words[number].terms[0], index);
      if (near.length) corrected[place] = [words[number].text, near[0][0]];
      return near.map(([term, slips]) => ({ terms: [term], worth: index.root.worth.slip[slips] }));
    }),
  );
  await index.fetchPostings(meanings.flat().flatMap(({ terms }) => terms));
  const asked = numbers.map((number, place) => ({
    number,
    meanings: meanings[place],
    weight: weightOf(meanings[place], index),
    names: namesOf(meanings[place]),
  }));
  return { asked, corrected: corrected.filter((pair) => pair !== undefined) };
}

/** @typedef {Meaning & {isName?: boolean}} Wanted `isName`: the parts of a name, of which one is enough */

/**
 * The word itself, its synonyms, and the parts of a name.
 * @param {Word} word
 * @param {SearchIndex} index
 * @returns {Wanted[]}
 */
function wantedMeanings(word, index) {
  const { synonym, part } = index.root.worth;
  const [own, ...parts] = word.terms;
  const others = index.meantBy([word.text, stem(word.text)]).map((terms) => ({ terms, worth: synonym }));
  const named = parts.length ? [{ terms: parts, worth: part, isName: true }] : [];
  return [{ terms: [own], worth: 1 }, ...others, ...named];
}

/**
 * @param {Wanted} meaning
 * @param {SearchIndex} index
 */
function isKnown({ terms, isName }, index) {
  /** @param {string} term */
  const has = (term) => index.postings(term).entries > 0;
  return isName ? terms.some(has) : terms.every(has);
}

/**
 * @param {Meaning[]} meanings
 * @returns {Set<string>}
 */
function namesOf(meanings) {
  const own = meanings.filter(({ worth }) => worth === 1).map(({ terms }) => terms[0]);
  const others = meanings.filter(({ worth }) => worth < 1).map(({ terms }) => terms);
  return new Set(others.length === 1 && others[0].length === 1 ? [...own, others[0][0]] : own);
}

/**
 * @param {Word} word
 * @param {SearchIndex} index
 * @returns {Promise<Meaning[]>}
 */
async function completed(word, index) {
  if ([...word.text].length < SHORTEST_BEGINNING) return [];
  const begun = await completions(word.text, index);
  begun.sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1));
  return begun.slice(0, MOST_COMPLETIONS).map(([term]) => ({ terms: [term], worth: index.root.worth.beginning }));
}

/**
 * What a word weighs: as much as the most telling of its meanings; a share of the most there is if it has none.
 * @param {Meaning[]} meanings
 * @param {SearchIndex} index
 */
function weightOf(meanings, index) {
  if (!meanings.length) return index.root.worth.unknown * rarity(1, index.root.entries);
  const weights = meanings.map(({ terms, worth }) => {
    const sum = terms.reduce((total, term) => total + tells(term, index), 0);
    return (worth * sum) / terms.length;
  });
  return Math.max(...weights);
}

/**
 * How much a term tells: BM25's inverse document frequency, where prose that has it in passing counts little.
 * @param {string} term
 * @param {SearchIndex} index
 */
export function tells(term, index) {
  const { entries, about } = index.postings(term);
  return rarity(about + index.root.worth.prose * (entries - about), index.root.entries);
}

/**
 * @param {number} count
 * @param {number} entries
 */
function rarity(count, entries) {
  // In thousandths, so that it is the same whatever the last digit of a logarithm is.
  return Math.floor(1000 * Math.log(1 + (entries - count + 0.5) / (count + 0.5)) + 0.5) / 1000;
}
