/**
 * From a pasted text to the entries whose signatures it contains. The twin of `kb/match/matcher.py`: the same index
 * and the same text give the same answers. Nothing of the text leaves the browser.
 */

import { alignAt, Budget } from "./align.js";
import { bisectLeft, bisectRight } from "./bisect.js";
import { candidates } from "./candidates.js";
import { partAt } from "./likely.js";
import { Reading } from "./reading.js";
import { Index } from "./shards.js";

const PARTS_PER_KEY = 3;
const PARTS_PER_SIGNATURE = 12;
const FEWEST_PARTS = 12;
const WORDS_PER_PART = 200;
const NEARBY = 60;
const NEARLY_WHOLE = 0.7;
const BLOCK = 2048;

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./candidates.js").Hits} Hits */
/** @typedef {import("./shards.js").Known} Known */
/**
 * An entry whose signature stands in a text: `exact` as a whole, `likely` in part. `score` is the share of the
 * signature's wording that is there, 0 to 1; `start` and `end` count the pasted text's UTF-16 units.
 * @typedef {{id: string, signature: string, tier: "exact" | "likely", score: number, start: number, end: number,
 *   captures: Record<string, string>}} Answer
 */
/** @typedef {{answer: Answer, known: Known, literals: [start: number, end: number]}} Found with where its wording stands */

/** Finds the signatures of an index in texts. */
export class Matcher {
  #index;

  /** @param {Index} index */
  constructor(index) {
    this.#index = index;
  }

  /**
   * Open the index that a build wrote below a URL.
   * @param {string | URL} url of the folder, with a slash at its end
   */
  static async fromUrl(url) {
    return Matcher.fromFiles(async (name) => {
      const response = await fetch(new URL(name, url));
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.arrayBuffer();
    });
  }

  /**
   * Open an index whose files a function reads.
   * @param {import("./shards.js").ReadFile} read
   */
  static async fromFiles(read) {
    return new Matcher(await Index.open(read));
  }

  /**
   * The entries that a text shows, the best first; none if nothing in it is known.
   * @param {string} text
   * @param {number} [top] at most so many
   * @returns {Promise<Answer[]>}
   */
  async match(text, top = Infinity) {
    const reading = new Reading(text);
    const found = await candidates(this.#index, reading);
    const budget = new Budget(reading.words.length);
    const exact = await this.#exact(reading, found, budget);
    const matched = new Set(exact.map((one) => one.known.number));
    const rest = found.filter((candidate) => candidate.mayBePart && !matched.has(candidate.number));
    const likely = await this.#likely(reading, rest, budget);
    const ranked = [...exact, ...likely].sort(byRank);
    return bestOfEachEntry(withoutCovered(ranked)).slice(0, top);
  }

  /**
   * The signatures that stand in the text as a whole.
   * @param {Reading} reading
   * @param {Candidate[]} found
   * @param {Budget} budget
   */
  async #exact(reading, found, budget) {
    const whole = found
      .filter((candidate) => candidate.mayBeWhole)
      .sort((one, other) => one.rarest[0].words.length - other.rarest[0].words.length);
    await this.#index.load(whole.map((candidate) => candidate.number));
    return whole.flatMap((candidate) => {
      if (budget.left <= 0) return [];
      const known = this.#index.signature(candidate.number);
      return wholeAt(known, reading, nearOthers(candidate, known), budget) ?? [];
    });
  }

  /**
   * The signatures of which a part stands in the text.
   * @param {Reading} reading
   * @param {Candidate[]} found
   * @param {Budget} budget
   */
  async #likely(reading, found, budget) {
    const most = FEWEST_PARTS + Math.floor(reading.words.length / WORDS_PER_PART);
    const best = found
      .sort((one, other) => other.present / other.keys - one.present / one.keys || other.present - one.present)
      .slice(0, most);
    await this.#index.load(best.map((candidate) => candidate.number));
    return best.flatMap(
      (candidate) => partOf(candidate, this.#index.signature(candidate.number), reading, budget) ?? [],
    );
  }
}

/**
 * The places of a signature's rarest key that have another of its keys nearby.
 * @param {Candidate} candidate
 * @param {Known} known
 * @returns {Hits}
 */
function nearOthers(candidate, known) {
  const rarest = candidate.rarest[0];
  if (candidate.keys === 1 || known.isLong) return rarest;
  const reach = NEARBY + known.weights.length;
  const others = candidate.others.flatMap((hits) => hits.words).sort((one, other) => one - other);
  const words = rarest.words.filter((word) => bisectLeft(others, word - reach) < bisectRight(others, word + reach));
  return { key: rarest.key, words };
}

/**
 * The first place where a signature stands as a whole, if its keys stand in these places.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Hits} hits
 * @param {Budget} budget
 * @returns {Found | null}
 */
function wholeAt(known, reading, hits, budget) {
  let match = align(known, reading, reading.skeleton, hits, budget);
  // Over several lines, what a logger put before each of them may stand in the way, or in a value.
  if ((!match || match.overLines) && reading.bare) {
    match = align(known, reading, reading.bare, hits, budget) ?? match;
  }
  if (!match) return null;
  const { start, end, captures, literals } = match;
  const answer = { id: known.id, signature: known.text, tier: /** @type {const} */ ("exact"), score: 1, start, end, captures };
  return { answer, known, literals };
}

/**
 * @param {Known} known
 * @param {Reading} reading
 * @param {import("./reading.js").Skeleton} bones
 * @param {Hits} hits
 * @param {Budget} budget
 */
function align(known, reading, bones, hits, budget) {
  for (const hit of hits.words) {
    const at = bones.ofClean(reading.wordStarts[hit]);
    for (const number of known.anchors.get(hits.key) ?? []) {
      const word = known.plan.words[number];
      const match = alignAt(known.plan, reading, bones, [word.piece, at - word.offset], budget);
      if (match || budget.left <= 0) return match;
    }
  }
  return null;
}

/**
 * The heaviest part of a signature in a text.
 * @param {Candidate} candidate
 * @param {Known} known
 * @param {Reading} reading
 * @param {Budget} budget
 * @returns {Found | null}
 */
function partOf(candidate, known, reading, budget) {
  const hits = [...candidate.rarest, ...candidate.others]
    .flatMap(({ key, words }) => words.slice(0, PARTS_PER_KEY).map((word) => ({ key, words: [word] })))
    .slice(0, PARTS_PER_SIGNATURE);
  /** @type {import("./likely.js").Part | null} */
  let part = null;
  let place = hits[0];
  for (const hit of hits) {
    const here = partAt(known, reading.words, hit.words[0]);
    if (here && (!part || here.score > part.score)) [part, place] = [here, hit];
  }
  if (!part) return null;
  // Nearly all of it: it may be whole, with the rarest key cut by a line end.
  const whole = part.score >= NEARLY_WHOLE ? wholeAt(known, reading, place, budget) : null;
  if (whole) return whole;
  const { words, wordStarts } = reading;
  const start = reading.origin(wordStarts[part.first]);
  const end = reading.originEnd(wordStarts[part.last] + words[part.last].length);
  const score = Math.round(Math.min(part.score, 0.99) * 1e4) / 1e4;
  const answer = { id: known.id, signature: known.text, tier: /** @type {const} */ ("likely"), score, start, end, captures: {} };
  return { answer, known, literals: [start, end] };
}

/**
 * What answers are ranked by: exact, tells more, covers more, leaves less open, stands earlier in the index.
 * @param {Found} found
 */
function rank({ answer, known }) {
  const isExact = answer.tier === "exact";
  return [
    isExact ? 0 : 1,
    -answer.score * known.weight,
    isExact ? -known.plan.size : 0,
    answer.start - answer.end,
    known.plan.slots.filter(Boolean).length,
    known.number,
  ];
}

/**
 * @param {Found} one
 * @param {Found} other
 * @param {number} [depth] how many criteria count
 */
function byRank(one, other, depth = 6) {
  const [own, others] = [rank(one), rank(other)];
  for (let place = 0; place < depth; place += 1) {
    if (own[place] !== others[place]) return own[place] - others[place];
  }
  return 0;
}

/**
 * The answers that aren't part of a better one's text.
 * @param {Found[]} ranked
 */
function withoutCovered(ranked) {
  /** @type {Map<number, Found[]>} */
  const kept = new Map();
  return ranked.filter((one) => {
    const { start, end } = one.answer;
    const [first, last] = one.literals;
    const isCovered = (kept.get(Math.floor(first / BLOCK)) ?? []).some(
      (other) => other.answer.start <= first && last <= other.answer.end && byRank(other, one, 3) < 0,
    );
    if (isCovered) return false;
    for (let block = Math.floor(start / BLOCK); block <= Math.floor(end / BLOCK); block += 1) {
      kept.set(block, [...(kept.get(block) ?? []), one]);
    }
    return true;
  });
}

/** @param {Found[]} ranked */
function bestOfEachEntry(ranked) {
  const seen = new Set();
  return ranked.flatMap(({ answer }) => (seen.has(answer.id) ? [] : (seen.add(answer.id), [answer])));
}
