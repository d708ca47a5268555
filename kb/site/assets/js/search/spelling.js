/** Words that nobody knows: slips of the keys, and beginnings of longer words. The twin of `spelling.py`. */

/** @typedef {import("./reading.js").SearchIndex} SearchIndex */

const SHORTEST = 5;
const TWO_SLIPS = 7;
const MOST = 4;
const LETTERS = /^[a-z]+$/;

/**
 * Terms that differ by a slip or two from an unknown one, with the number of slips: the fewest there are.
 * @param {string} term
 * @param {SearchIndex} index
 * @returns {Promise<[term: string, slips: number][]>}
 */
export async function nearest(term, index) {
  if (term.length < SHORTEST || !LETTERS.test(term)) return [];
  const most = term.length < TWO_SLIPS ? 1 : 2;
  const letters = [...new Set([letterOf(term), letterOf(term.slice(1))])];
  const words = (await Promise.all(letters.map((letter) => index.words(letter)))).flat();
  const found = words
    .filter(([word]) => Math.abs(word.length - term.length) <= most && LETTERS.test(word))
    .filter(([word]) => word[0] === term[0] || (word[0] === term[1] && word[1] === term[0]))
    .map(([word, count]) => ({ word, count, slips: distance(term, word, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips || other.count - one.count || (one.word < other.word ? -1 : 1));
  return found
    .filter(({ slips }) => slips === found[0].slips)
    .slice(0, MOST)
    .map(({ word, slips }) => [word, slips]);
}

/**
 * The terms that begin with some letters, and how many entries have each.
 * @param {string} start
 * @param {SearchIndex} index
 */
export async function completions(start, index) {
  return (await index.words(letterOf(start))).filter(([word]) => word.startsWith(start));
}

/**
 * The name of the file that lists a term: its first letter or digit, `_` for all others.
 * @param {string} term
 */
const letterOf = (term) => (/^[a-z0-9]/i.test(term) ? term[0] : "_");

/**
 * Letters that were left out, put in, exchanged or swapped with the next; `most` + 1 where they are more.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const above = row;
    row = [at];
    for (let place = 1; place <= other.length; place += 1) {
      let cost = Math.min(
        above[place] + 1,
        row[place - 1] + 1,
        above[place - 1] + Number(one[at - 1] !== other[place - 1]),
      );
      if (at > 1 && place > 1 && one[at - 1] === other[place - 2] && one[at - 2] === other[place - 1]) {
        cost = Math.min(cost, before[place - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    before = above;
  }
  return row[other.length];
}
