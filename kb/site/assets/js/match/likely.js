/** How much of a signature's wording stands in a text that doesn't hold the whole. The twin of `kb/match/likely.py`. */

import { cutAt, isEnough } from "./cut.js";
import { mayBeCutInValue } from "./edges.js";
import { ALIKE, CUT, FIRST_SENTENCE, FOREIGN, GAP, MOST_ALIKE, REACH, SLACK } from "./tables.js";

/** @typedef {import("./shards.js").Known} Known */
/** @typedef {import("./reading.js").Reading} Reading */
/**
 * A part's share of the weight, its first and last word in the text; `isCut`: it has no gap, and the text
 * holds no more, so that its other end or ends were cut off.
 * @typedef {{score: number, first: number, last: number, isCut: boolean}} Part
 */
/** @typedef {{place: number, own: number}} Link a word that stands in both: its place in the text and in the signature */
/**
 * Words of a signature in a text, in order: weight, pairs side by side in both, the last one, the chain without it.
 * @typedef {Link & {weight: number, pairs: number, before: Chain | null}} Chain
 */

/**
 * The heaviest part of a signature, in order, among a text's words around `word`; `null` if it is too little.
 * @param {Known} known
 * @param {Reading} reading
 * @param {number} word
 * @returns {Part | null}
 */
export function partAt(known, reading, word) {
  const links = linksOf(heaviestChain(known, reading, word));
  if (!links.length) return null;
  return partOf(known, reading, links) ?? partOf(known, reading, heaviestRun(known, links));
}

/**
 * The part that these words make; `null` if it is too little, or another message.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Link[]} links
 * @returns {Part | null}
 */
function partOf(known, reading, links) {
  const [first, last] = [links[0], links[links.length - 1]];
  const { foreign, rejoined } = between(known, reading, links);
  const isGapless = !foreign && links.length + rejoined.length === last.own - first.own + 1;
  const isSentence = startsASentence(known, reading, first);
  const places = { first: first.place, last: last.place };
  const cut = isGapless && !isSentence ? cutAt(known, reading, places, { first: first.own, last: last.own }) : null;
  const others = foreign + Number(isSentence) + Number(!cut && goesOnOtherwise(known, reading, last));
  const own = [...links.map((link) => link.own), ...rejoined];
  const weight = own.reduce((sum, place) => sum + known.weights[place], 0) - others * FOREIGN;
  const saysOtherwise = others > 0 || goesOnAfterAll(known, reading, last);
  if (!isEnough(known, weight, links.length, cut, saysOtherwise)) return null;
  const score = (weight + (cut ? cut.torn : 0)) / known.weight;
  return { score, first: first.place, last: last.place, isCut: cut !== null };
}

/**
 * The heaviest of these words that stand side by side in the signature, and in the text but for values.
 * @param {Known} known
 * @param {Link[]} links
 */
function heaviestRun({ plan, weights }, links) {
  const runs = [[links[0]]];
  links.slice(1).forEach((link, number) => {
    const before = links[number];
    const isJoined = link.place === before.place + 1 || plan.words[link.own].piece !== plan.words[before.own].piece;
    if (link.own === before.own + 1 && isJoined) runs[runs.length - 1].push(link);
    else runs.push([link]);
  });
  const weighed = runs.map((run) => run.reduce((sum, { own }) => sum + weights[own], 0));
  return runs[weighed.indexOf(Math.max(...weighed))];
}

/**
 * A chain's words, in order.
 * @param {Chain | null} chain
 */
function linksOf(chain) {
  /** @type {Link[]} */
  const links = [];
  for (let link = chain; link; link = link.before) links.push(link);
  return links.reverse();
}

/**
 * The heaviest words of a signature, in order, around a word of the text; of these, those that stand together.
 * @param {Known} known
 * @param {Reading} reading
 * @param {number} word
 */
function heaviestChain(known, reading, word) {
  const { words } = reading;
  /** @type {Map<string, number[]>} */
  const own = new Map();
  known.plan.words.forEach(({ text }, place) => {
    const places = own.get(text) ?? [];
    if (places.length < MOST_ALIKE) own.set(text, [place, ...places]);
  });
  const reach = Math.min(known.plan.words.length + SLACK, REACH);
  const start = Math.max(0, word - reach);
  const end = Math.min(words.length, word + reach);
  const present = new Set();
  for (let place = start; place < end; place += 1) own.get(words[place])?.forEach((ownPlace) => present.add(ownPlace));
  const least = Math.min(known.weight * CUT.share, FIRST_SENTENCE.weight);
  if ([...present].reduce((sum, place) => sum + known.weights[place], 0) < least) return null;

  // The heaviest chain that ends with each word of the signature so far.
  /** @type {(Chain | null)[]} */
  const chains = known.weights.map(() => null);
  /** @type {Chain | null} */
  let best = null;
  for (let place = start; place < end; place += 1) {
    for (const ownPlace of own.get(words[place]) ?? []) {
      /** @type {Chain | null} */
      let before = null;
      let [weight, pairs] = [0, 0];
      for (let last = Math.max(0, ownPlace - GAP); last < ownPlace; last += 1) {
        const chain = chains[last];
        if (!chain) continue;
        const withPair = chain.pairs + Number(chain.place === place - 1 && chain.own === ownPlace - 1);
        if (!before || (chain.weight - weight || withPair - pairs) > 0) {
          [before, weight, pairs] = [chain, chain.weight, withPair];
        }
      }
      /** @type {Chain} */
      const chain = { weight: weight + known.weights[ownPlace], pairs, place, own: ownPlace, before };
      // Of two that are alike, the later one is nearer to what follows.
      if (!isHeavier(chains[ownPlace], chain)) chains[ownPlace] = chain;
      if (isHeavier(chain, best)) best = chain;
    }
  }
  return best;
}

/**
 * Whether a chain has more weight, or as much and more words that stand together.
 * @param {Chain | null} chain
 * @param {Chain | null} other
 */
function isHeavier(chain, other) {
  if (!chain || !other) return !other;
  return (chain.weight - other.weight || chain.pairs - other.pairs) > 0;
}

/**
 * What stands between a part's words where the signature has others, or has them side by side: how many words are
 * foreign there, and which of the signature's are there in pieces.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Link[]} links
 */
function between({ plan }, reading, links) {
  let foreign = 0;
  /** @type {number[]} */
  const rejoined = [];
  links.slice(1).forEach((next, number) => {
    const { place, own } = links[number];
    const there = reading.words.slice(place + 1, next.place);
    const missing = plan.words.slice(own + 1, next.own);
    if (!there.length) return;
    if (plan.words[own].piece !== plan.words[next.own].piece) {
      // A value stands there, and beside it what else the literals around it have.
      const [after, before] = [missing[0], missing[missing.length - 1]];
      if (after?.piece === plan.words[own].piece) foreign += Number(!isForm(there[0], after.text));
      if (before?.piece === plan.words[next.own].piece)
        foreign += Number(!isForm(there[there.length - 1], before.text));
    } else if (there.join("") === missing.map(({ text }) => text).join("")) {
      missing.forEach((_, place) => rejoined.push(own + 1 + place));
    } else {
      foreign += there.filter((word) => !missing.some(({ text }) => isForm(word, text))).length;
    }
  });
  return { foreign, rejoined };
}

/**
 * Whether a literal goes on after a part, or after a value there, and the part's line with another word.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Link} last
 */
function goesOnOtherwise({ plan }, reading, last) {
  const next = plan.words[last.own + 1];
  if (!next || reading.endsLine(last.place, 0)) return false;
  if (next.piece !== plan.words[last.own].piece) return !mayBeCutInValue(plan, reading, last.place, last.own);
  return !isForm(reading.words[last.place + 1], next.text);
}

/**
 * Whether a part ends as its signature does, and the part's line goes on.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Link} last
 */
function goesOnAfterAll({ plan: { words, slots } }, reading, last) {
  return last.own === words.length - 1 && slots[slots.length - 1] === null && !reading.endsLine(last.place, 0);
}

/**
 * Whether one word is the start of the other, so that both may be forms of one.
 * @param {string} word
 * @param {string} other
 */
function isForm(word, other) {
  const [short, long] = [...word].length <= [...other].length ? [word, other] : [other, word];
  return [...short].length >= ALIKE && long.startsWith(short);
}

/**
 * Whether a part whose start is missing has a capital letter there that the signature hasn't.
 * @param {Known} known
 * @param {Reading} reading
 * @param {Link} first
 */
function startsASentence({ plan }, reading, first) {
  const own = plan.words[first.own];
  if (first.own === 0 || own.piece !== plan.words[first.own - 1].piece) return false;
  const start = reading.wordStarts[first.place];
  const there = reading.clean.slice(start, start + own.text.length);
  const [capital, small] = [there, own.text].map((text) => String.fromCodePoint(text.codePointAt(0) ?? 0));
  return capital !== small && !plan.spelled.some((literal) => literal.includes(there));
}
