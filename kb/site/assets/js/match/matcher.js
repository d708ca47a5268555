/**
 * From a pasted text to the entries whose signatures it contains. The twin of `kb/match/matcher.py`: the same index
 * and the same text give the same answers. Nothing of the text leaves the browser.
 */

import { isOfAnotherPlatform, speaksAgainst } from "./against.js";
import { align, alignAt, Budget } from "./align.js";
import { bisectLeft, bisectRight } from "./bisect.js";
import { candidates } from "./candidates.js";
import { mayStand } from "./glance.js";
import { partAt } from "./likely.js";
import { columnsOf, lineEnd, lineStart } from "./lines.js";
import { isMention } from "./mentions.js";
import { Reading } from "./reading.js";
import { Index } from "./shards.js";
import { WORD } from "./words.js";
import {
  BLOCK,
  FEWEST_PARTS,
  GLANCES_A_TRY,
  LONG,
  LOOSE,
  MAX_VALUE,
  MAY_BE_CUT,
  MOST_LIKELY,
  NEARBY,
  NEARLY_WHOLE,
  PARTS_OF_SHORT,
  PARTS_PER_KEY,
  PARTS_PER_SIGNATURE,
  SHORT,
  STEPS,
  STEP_COST,
  WORDS_PER_PART,
} from "./tables.js";

/** @typedef {import("./candidates.js").Candidate} Candidate */
/** @typedef {import("./candidates.js").Hits} Hits */
/** @typedef {import("./shards.js").Known} Known */
/**
 * An entry whose signature stands in a text: `exact` as a whole, `likely` in part. `score` is the share of the
 * signature's wording that is there, 0 to 1; `start` and `end` count the pasted text's UTF-16 units.
 * @typedef {{id: string, signature: string, tier: "exact" | "likely", score: number, start: number, end: number,
 *   captures: Record<string, string>}} Answer
 */
/** @typedef {{answer: Answer, known: Known, literals: [start: number, end: number], length: number, isCut?: boolean, isVerbatim?: boolean}} Found with where its wording stands, the characters from its start to its end, whether the text ends inside of it, and whether the text has it as the signature spells it */

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
    this.#index.failure = undefined;
    const found = await candidates(this.#index, reading);
    const budget = Budget.ofText(reading.words.length);
    const exact = this.#exact(reading, found, budget);
    const matched = new Set(exact.map((one) => one.known.number));
    const rest = found.filter((candidate) => !matched.has(candidate.number));
    const likely = this.#likely(reading, rest, budget);
    const loose = await this.#loose(reading, budget);
    const ranked = unopposed(reading, [...exact, ...likely, ...loose]).sort(byRank);
    if (!ranked.length && this.#index.failure) throw this.#index.failure;
    return bestOfEachEntry(forReaders(withoutCovered(ranked))).slice(0, top);
  }

  /**
   * The signatures that stand in the text as a whole.
   * @param {Reading} reading
   * @param {Candidate[]} found
   * @param {Budget} budget
   */
  #exact(reading, found, budget) {
    const whole = found
      .filter((candidate) => candidate.mayBeWhole)
      .sort((one, other) => one.rarest[0].words.length - other.rarest[0].words.length);
    return whole.flatMap((candidate) => {
      if (budget.left <= 0 && budget.glances <= 0) return [];
      const known = this.#index.signature(candidate.number);
      return (known && wholeAt(known, reading, nearOthers(candidate, known), budget)) ?? [];
    });
  }

  /**
   * The signatures without a whole word that stand in the text.
   * @param {Reading} reading
   * @param {Budget} budget
   */
  async #loose(reading, budget) {
    if (!this.#index.mayHave(LOOSE)) return [];
    const postings = (await this.#index.postings([LOOSE])).get(LOOSE) ?? [];
    return postings.flatMap((posting) => {
      const known = this.#index.signature(Math.floor(posting / 64));
      const match = known && align(known.plan, reading, budget.share());
      return match ? [exactAnswer(known, reading, match)] : [];
    });
  }

  /**
   * The signatures of which a part stands in the text.
   * @param {Reading} reading
   * @param {Candidate[]} found
   * @param {Budget} budget
   */
  #likely(reading, found, budget) {
    return lookedAt(found, reading.words.length).flatMap(({ candidate, mustBeCut }) => {
      const known = this.#index.signature(candidate.number);
      return (known && partOf(candidate, known, reading, budget, mustBeCut)) ?? [];
    });
  }
}

/**
 * The candidates of which a part is looked for in so many words, and whether it counts only if it was cut off.
 * @param {Candidate[]} found
 * @param {number} words
 * @returns {{candidate: Candidate, mustBeCut: boolean}[]}
 */
function lookedAt(found, words) {
  const ranked = [...found].sort(
    (one, other) => other.present / other.keys - one.present / one.keys || other.present - one.present,
  );
  const most = FEWEST_PARTS + Math.floor(words / WORDS_PER_PART);
  const usual = ranked.filter((candidate) => candidate.mayBePart).slice(0, most);
  const others = words > SHORT ? [] : ranked.filter((candidate) => !usual.includes(candidate)).slice(0, PARTS_OF_SHORT);
  return [
    ...usual.map((candidate) => ({ candidate, mustBeCut: false })),
    ...others.map((candidate) => ({ candidate, mustBeCut: true })),
  ];
}

/**
 * What was found but for what a text rules out; what another platform speaks against is `likely` at most.
 * @param {Reading} reading
 * @param {Found[]} found
 * @returns {Found[]}
 */
function unopposed(reading, found) {
  return found.flatMap((one) => {
    const { answer, known } = one;
    if (speaksAgainst(known.unless, reading, answer.start, answer.end)) return [];
    const isElsewhere =
      answer.tier === "exact" && isOfAnotherPlatform(known.platforms, reading, answer.start, answer.end);
    return isElsewhere ? [{ ...one, answer: { ...answer, tier: "likely", score: MOST_LIKELY, captures: {} } }] : [one];
  });
}

/**
 * The places of the signature's key that is rarest in this text that have another of its keys nearby.
 * @param {Candidate} candidate
 * @param {Known} known
 * @returns {Hits}
 */
function nearOthers(candidate, known) {
  const [pivot, other] = [...candidate.rarest, ...candidate.others].sort(
    (one, another) => one.words.length - another.words.length,
  );
  if (!other || known.isLong) return pivot;
  const reach = NEARBY + known.weights.length;
  const words = pivot.words.filter(
    (word) => bisectLeft(other.words, word - reach) < bisectRight(other.words, word + reach),
  );
  return { key: pivot.key, words };
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
  const [given, own] = [budget.share(), budget.share()];
  const found = wholeWithin(known, reading, hits, own);
  budget.spend(given, own);
  return found;
}

/**
 * @param {Known} known
 * @param {Reading} reading
 * @param {Hits} hits
 * @param {Budget} budget
 * @returns {Found | null}
 */
function wholeWithin(known, reading, hits, budget) {
  let match = alignHits(known, reading, reading.skeleton, hits, budget);
  // Over several lines, what a logger put before each of them may stand in the way, or in a value.
  if ((match ? match.overLines : mayBeOverLines(known, reading, hits)) && reading.bare) {
    match = alignHits(known, reading, reading.bare, hits, budget) ?? match;
  }
  return match && exactAnswer(known, reading, match);
}

/**
 * @param {Known} known
 * @param {Reading} reading
 * @param {import("./align.js").Match} match
 * @returns {Found}
 */
function exactAnswer(known, reading, { start, end, captures, literals }) {
  const answer = {
    id: known.id,
    signature: known.text,
    tier: /** @type {const} */ ("exact"),
    score: 1,
    start,
    end,
    captures,
  };
  const place = reading.pasted.slice(start, end);
  const isVerbatim = known.plan.spelled.every((literal) => place.includes(literal));
  return { answer, known, literals, length: columnsOf(place), isVerbatim };
}

/**
 * Whether nearly all words of a signature stand near one of these places, but not all of them in its line.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Hits} hits
 */
function mayBeOverLines(known, { folded, words, wordStarts }, hits) {
  const own = [...new Set(known.plan.words.map(({ text }) => text))];
  const reach = NEARBY + known.weights.length;
  return hits.words.slice(0, PARTS_PER_SIGNATURE).some((word) => {
    const at = wordStarts[word];
    const near = new Set(words.slice(Math.max(0, word - reach), word + reach));
    if (own.filter((one) => !near.has(one)).length > MAY_BE_CUT) return false;
    const line = new Set(folded.slice(lineStart(folded, at, MAX_VALUE), lineEnd(folded, at, MAX_VALUE)).match(WORD));
    return own.some((one) => !line.has(one));
  });
}

/**
 * @param {Known} known
 * @param {Reading} reading
 * @param {import("./reading.js").Skeleton} bones
 * @param {Hits} hits
 * @param {Budget} budget
 */
function alignHits(known, reading, bones, hits, budget) {
  const places = placesOf(known, reading, bones, hits);
  while (budget.left > 0) {
    const { value: place, done } = places.next();
    if (done) return null;
    const match = alignAt(known.plan, reading, bones, place, budget);
    if (match && !isMention(reading, match.start)) return match;
  }
  return known.isLong ? null : alignSeen(known, reading, bones, places, budget);
}

/**
 * The first of many places where a signature stands as printed: each is glanced at, and tried if that helps.
 * @param {Known} known
 * @param {Reading} reading
 * @param {import("./reading.js").Skeleton} bones
 * @param {Iterable<[piece: number, at: number]>} places
 * @param {Budget} budget
 */
function alignSeen(known, reading, bones, places, budget) {
  for (const place of places) {
    budget.glances -= 1;
    if (budget.glances < 0) return null;
    if (mayStand(known.plan, bones, place)) {
      budget.glances -= GLANCES_A_TRY;
      const match = alignAt(known.plan, reading, bones, place, new Budget(STEPS * STEP_COST));
      if (match && !isMention(reading, match.start)) return match;
    }
  }
  return null;
}

/**
 * The pieces of a signature that one of its keys stands in, with their places in the skeleton.
 * @param {Known} known
 * @param {Reading} reading
 * @param {import("./reading.js").Skeleton} bones
 * @param {Hits} hits
 * @returns {Generator<[piece: number, at: number], void>}
 */
function* placesOf(known, reading, bones, hits) {
  for (const hit of hits.words) {
    const at = bones.ofClean(reading.wordStarts[hit]);
    for (const number of known.anchors.get(hits.key) ?? []) {
      const word = known.plan.words[number];
      yield [word.piece, at - word.offset];
    }
  }
}

/**
 * The heaviest part of a signature in a text.
 * @param {Candidate} candidate
 * @param {Known} known
 * @param {Reading} reading
 * @param {Budget} budget
 * @param {boolean} mustBeCut whether it counts only if it was cut off
 * @returns {Found | null}
 */
function partOf(candidate, known, reading, budget, mustBeCut) {
  const hits = [...candidate.rarest, ...candidate.others]
    .flatMap(({ key, words }) => words.slice(0, PARTS_PER_KEY).map((word) => ({ key, words: [word] })))
    .slice(0, PARTS_PER_SIGNATURE);
  /** @type {import("./likely.js").Part | null} */
  let part = null;
  let place = hits[0];
  for (const hit of hits) {
    const here = partAt(known, reading, hit.words[0]);
    if (mustBeCut && !(here?.isCut && here.last - here.first + 1 >= LONG)) continue;
    if (here && isMention(reading, reading.origin(reading.wordStarts[here.first]))) continue;
    if (here && (!part || here.score > part.score)) [part, place] = [here, hit];
  }
  if (!part) return null;
  // Nearly all of it: it may be whole, with the rarest key cut by a line end, or parted by what a log has there.
  const isNear = part.score >= NEARLY_WHOLE || mayBeOverLines(known, reading, place);
  const whole = isNear ? wholeAt(known, reading, place, budget) : null;
  if (whole) return whole;
  const { words, wordStarts } = reading;
  const start = reading.origin(wordStarts[part.first]);
  const end = reading.originEnd(wordStarts[part.last] + words[part.last].length);
  const score = Math.round(Math.min(part.score, MOST_LIKELY) * 1e4) / 1e4;
  const answer = {
    id: known.id,
    signature: known.text,
    tier: /** @type {const} */ ("likely"),
    score,
    start,
    end,
    captures: {},
  };
  const length = columnsOf(reading.pasted.slice(start, end));
  return { answer, known, literals: [start, end], length, isCut: part.isCut };
}

/**
 * What answers are ranked by: exact, tells more, covers more, leaves less open, is spelled so, stands first.
 * @param {Found} found
 */
function rank(found) {
  const { answer, known } = found;
  const isExact = answer.tier === "exact";
  return [
    kind(found),
    known.isLoose ? -found.length : -found.answer.score * known.weight,
    isExact ? -known.plan.size : 0,
    -found.length,
    known.plan.slots.filter(Boolean).length,
    found.isVerbatim ? 0 : 1,
    known.number,
  ];
}

/**
 * Exact is best; a signature without a whole word tells less than nearly all of another one.
 * @param {Found} found
 */
function kind(found) {
  if (found.answer.tier === "exact") return found.known.isLoose ? 2 : 0;
  return shareOf(found) >= NEARLY_WHOLE ? 1 : 3;
}

/**
 * How much of the signature was there, as far as one can tell: half of what the text's end cut off.
 * @param {Found} found
 */
function shareOf({ answer, isCut }) {
  return isCut ? (1 + answer.score) / 2 : answer.score;
}

/**
 * @param {Found} one
 * @param {Found} other
 * @param {number} [depth] how many criteria count
 */
function byRank(one, other, depth = 7) {
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
      (other) =>
        other.answer.start <= first && last <= other.answer.end && !isToldOf(one, other) && byRank(other, one, 3) < 0,
    );
    if (isCovered) return false;
    for (let block = Math.floor(start / BLOCK); block <= Math.floor(end / BLOCK); block += 1) {
      kept.set(block, [...(kept.get(block) ?? []), one]);
    }
    return true;
  });
}

/**
 * Whether one is what failed, and the other says only that it did.
 * @param {Found} one
 * @param {Found} other
 */
const isToldOf = (one, other) => other.known.isSymptom && !one.known.isSymptom && one.answer.tier === "exact";

/**
 * Behind all others that are as sure, what only says that something failed; last, what nobody has reviewed.
 * @param {Found[]} ranked
 */
function forReaders(ranked) {
  return [...ranked].sort(
    (one, other) =>
      kind(one) - kind(other) ||
      Number(one.known.isDraft) - Number(other.known.isDraft) ||
      Number(one.known.isSymptom) - Number(other.known.isSymptom),
  );
}

/**
 * The best answer of each entry. What its other signatures captured elsewhere in the text, it has too.
 * @param {Found[]} ranked
 */
function bestOfEachEntry(ranked) {
  /** @type {Map<string, Answer>} */
  const best = new Map();
  for (const { answer } of ranked) {
    const known = best.get(answer.id) ?? answer;
    const captures = known.tier === "exact" ? { ...known.captures, ...answer.captures, ...known.captures } : {};
    best.set(answer.id, { ...known, captures });
  }
  return [...best.values()];
}
