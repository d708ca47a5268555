/** From a reader's own words to entries, the best first, and whether anything is known. The twin of `ranking.py`. */

import { ask } from "./asking.js";
import { phraseOf } from "./phrase.js";
import { NamedProducts, NOTHING, SAID, tell } from "./telling.js";
import { wordsIn } from "./terms.js";

/** @typedef {import("./asking.js").Asked} Asked */
/** @typedef {import("./reading.js").SearchIndex} SearchIndex */
/** @typedef {import("./reading.js").Shown} Shown */
/** @typedef {import("./telling.js").Telling} Telling */
/** @typedef {import("./terms.js").Word} Word */
/** @typedef {{number: number, shown: Shown, score: number, share: number}} Result `share`: how much of the query it accounts for */
/** @typedef {{isKnown: boolean, total: number, results: Result[], corrected: [string, string][], unknown: string[], terms: string[], lost: number}} Found where it is not known, results mean little; `terms`: those of the query that have weight; `lost`: results that can't be read */
/** @typedef {{number: number, score: number, share: number}} Ranked */
/** @typedef {{repeated: number[], values: number[], weight: number}} Said what a query repeats of an entry */

const MOST_WORDS = 24;
/** Entries of each kind that are compared with the query, word for word: the best, and the nearest. */
const COMPARED = 6;
const CERTAIN = 3;
const LISTED = 0.5;
const NEAR = 0.5;
const STEPS = 1e6;

/** @param {number} value */
const rounded = (value) => Math.floor(value * STEPS + 0.5) / STEPS;

/**
 * Find the entries that a query means.
 * @param {string} query
 * @param {SearchIndex} index
 * @param {{top?: number, only?: Record<string, string>, isTyped?: boolean}} [options] `only` narrows to a product (its
 *   id), a tag, a status; with `isTyped` the last word may be unfinished
 * @returns {Promise<Found>}
 */
export async function search(query, index, { top = 10, only = {}, isTyped = false } = {}) {
  const words = wordsIn(query).slice(0, MOST_WORDS);
  const { asked, corrected } = await ask(words, index, isTyped);
  const look = new Look(words, asked, await tell(asked, index, only), index, await index.drafts());
  const first = look.rank([...look.told.keys()], new Map(), []);
  const compared = new Set([...first.slice(0, COMPARED).map(({ number }) => number), ...look.nearest()]);
  const said = new Map(
    await Promise.all(
      [...compared].map(async (number) => /** @type {[number, Said]} */ ([number, await look.saidOf(number)])),
    ),
  );
  const values = look.valuesIn(said);
  const again = look.rank([...said.keys()], said, values);
  const best = Math.max(0, ...again.slice(0, CERTAIN).map(({ share }) => share));
  const rest = first.filter(({ number }) => !said.has(number));
  const near = [...again, ...rest].filter(({ share }) => share >= LISTED * best);
  const { known } = index.root.worth;
  const telling = asked.filter(({ number }) => !values.includes(number)).length;
  const least = known[Math.min(Math.max(telling, 1), known.length) - 1];
  const listed = best < NEAR * least ? [] : near;
  const read = await Promise.allSettled(
    listed.slice(0, top).map(async (each) => ({ ...each, shown: await index.shown(each.number) })),
  );
  const results = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = read.find((one) => one.status === "rejected");
  if (failed && !results.length) throw failed.reason;
  return {
    isKnown: listed.length > 0 && best >= least,
    total: listed.length,
    results,
    lost: read.length - results.length,
    corrected,
    terms: asked.map(({ number }) => words[number].terms[0]),
    unknown: asked
      .filter(({ meanings, number }) => !meanings.length && !values.includes(number))
      .map(({ number }) => words[number].text),
  };
}

/** A query's look at the entries of an index. */
class Look {
  #words;
  #asked;
  #index;
  #weights;
  #drafts;

  /**
   * @param {Word[]} words
   * @param {Asked[]} asked
   * @param {Telling} told
   * @param {SearchIndex} index
   * @param {Set<number>} drafts
   */
  constructor(words, asked, told, index, drafts) {
    this.told = told;
    this.#words = words;
    this.#asked = asked;
    this.#index = index;
    this.#weights = new Map(asked.map(({ number, weight }) => [number, weight]));
    this.#drafts = drafts;
  }

  /**
   * Entries, the best first: by what the words tell and by what the query repeats of them.
   * @param {number[]} numbers
   * @param {Map<number, Said>} said
   * @param {number[]} values
   * @returns {Ranked[]}
   */
  rank(numbers, said, values) {
    const isValue = (/** @type {Asked} */ { number }) => values.includes(number);
    const products = new NamedProducts(
      this.#asked.filter((word) => !isValue(word)),
      this.#index,
    );
    return numbers
      .map((number) => this.#ranked(number, said.get(number), values, products))
      .sort((one, other) => other.score - one.score || one.number - other.number);
  }

  /** The entries that are about most of the words that name no product, and of which these tell most. */
  nearest() {
    const named = new NamedProducts(this.#asked, this.#index).words;
    const words = this.#asked.filter(({ number }) => !named.has(number));
    return [...this.told]
      .map(([number, told]) => {
        let about = 0;
        let score = 0;
        for (const word of words) {
          const found = told.get(word.number) ?? NOTHING;
          if (found.share >= SAID) about += word.weight;
          score += found.score;
        }
        return { number, about: rounded(about), score: rounded(score) };
      })
      .sort((one, other) => other.about - one.about || other.score - one.score || one.number - other.number)
      .slice(0, COMPARED)
      .map(({ number }) => number);
  }

  /**
   * The words of the query that are values, as the message says of which it repeats most; of messages that are repeated
   * alike, one of a product that the query names.
   * @param {Map<number, Said>} said
   */
  valuesIn(said) {
    const products = new NamedProducts(this.#asked, this.#index);
    const named = [...said].filter(([number]) => products.has(number)).map(([, each]) => each);
    const other = most([...said.values()]);
    const own = most(named);
    return own.weight >= other.weight ? own.values : other.values;
  }

  /**
   * How well an entry fits. Words that are values count little for that, and nothing for being known.
   * @param {number} number
   * @param {Said | undefined} said
   * @param {number[]} values
   * @param {NamedProducts} products
   * @returns {Ranked}
   */
  #ranked(number, said, values, products) {
    const { value, coverage, phrase, draft } = this.#index.root.worth;
    const told = this.told.get(number) ?? new Map();
    let total = 0;
    let known = 0;
    let score = 0;
    for (const word of this.#asked) {
      const found = told.get(word.number) ?? NOTHING;
      if (values.includes(word.number)) {
        score += value * found.score;
        continue;
      }
      score += found.score;
      total += word.weight;
      known += word.weight * Math.min(1, found.share);
    }
    const share = total ? Math.min(1, known / total) : 0;
    score *= products.worthOf(number, told) * (1 - coverage + coverage * share);
    if (said) score += phrase * (said.weight + this.#weightOf(said.values.filter((each) => values.includes(each))));
    if (this.#drafts.has(number)) score *= draft;
    return { number, score: rounded(score), share: rounded(share) };
  }

  /**
   * What the query repeats of an entry's title and messages: of the one of which it repeats most.
   * @param {number} number
   * @returns {Promise<Said>}
   */
  async saidOf(number) {
    // An entry that can't be read is ranked by its words alone, and hides no other.
    const { phrases } = await this.#index.shown(number).catch(() => ({ phrases: [] }));
    const found = phrases.map((phrase) => phraseOf(this.#words, phrase, this.#index.stopStems));
    return most(
      found.map((phrase) => ({
        ...phrase,
        weight: this.#weightOf(phrase.repeated),
      })),
    );
  }

  /** @param {number[]} repeated */
  #weightOf(repeated) {
    return rounded(repeated.reduce((sum, number) => sum + (this.#weights.get(number) ?? 0), 0));
  }
}

/**
 * What is repeated most; of two that repeat as much, what explains more words as values.
 * @param {Said[]} all
 * @returns {Said}
 */
function most(all) {
  let best = all[0] ?? { repeated: [], values: [], weight: 0 };
  for (const each of all) {
    const isMore =
      each.weight > best.weight || (each.weight === best.weight && each.values.length > best.values.length);
    if (isMore) best = each;
  }
  return best;
}
