/** How much of a message's own wording a query repeats in order, and which of its words are values in it. The twin of `phrase.py`. */

/** @typedef {import("./terms.js").Word} Word */
/** @typedef {{repeated: number[], values: number[]}} Phrase words of a query, by number */

const MOST_VALUE = 4;
const LEAST = 2;
const VARIES = "*";
/** @type {Phrase} */
const NOTHING = { repeated: [], values: [] };

/**
 * The longest run of a query's words that stands in a message, over its placeholders.
 * @param {Word[]} query
 * @param {string} phrase
 * @param {Set<string>} stopStems stems of words that say nothing: the message may have them where the query leaves them out
 */
export function phraseOf(query, phrase, stopStems) {
  const message = phrase.split(" ");
  /** @param {Phrase} found */
  const weightOf = ({ repeated }) => repeated.filter((number) => !stopStems.has(query[number].terms[0])).length;
  let best = NOTHING;
  for (let start = 0; start < query.length; start += 1) {
    message.forEach((word, place) => {
      if (word !== query[start].terms[0]) return;
      const found = runFrom(query, start, message, place, stopStems);
      // As `docker` in `docker: command not found`.
      const beginsWithValue = place === 1 && message[0] === VARIES;
      if (start && beginsWithValue && query[0].run === query[start - 1].run) {
        found.values.unshift(...Array(start).keys());
      }
      if (weightOf(found) > weightOf(best)) best = found;
    });
  }
  return weightOf(best) >= LEAST ? best : NOTHING;
}

/**
 * What is repeated from two places on: word for word, and some words for a placeholder: up to `MOST_VALUE`, or one run
 * where nothing tells where they end.
 * @param {Word[]} query
 * @param {number} start
 * @param {string[]} message
 * @param {number} place
 * @param {Set<string>} stopStems
 * @returns {Phrase}
 */
function runFrom(query, start, message, place, stopStems) {
  const repeated = [];
  const values = [];
  let at = start;
  while (at < query.length && place < message.length) {
    if (message[place] !== VARIES) {
      if (message[place] === query[at].terms[0]) {
        repeated.push(at);
        at += 1;
      } else if (!stopStems.has(message[place])) break;
    } else {
      const after = message[place + 1];
      const most = Math.min(at + MOST_VALUE, query.length - 1);
      let end = at + 1;
      while (end <= most && query[end].terms[0] !== after) end += 1;
      const isLast = end > most;
      if (isLast) {
        const { run } = query[at];
        end = at;
        while (end < query.length && query[end].run === run) end += 1;
      }
      for (; at < end; at += 1) values.push(at);
      if (isLast) break;
    }
    place += 1;
  }
  return { repeated, values };
}
