/** What was said on this device goes to the collector, as soon as that answers. Loaded where there is something to send. */

import { KEPT, change, keptToken, waiting } from "./taps.js";
import { spoken } from "../words.js";

/** @typedef {import("./taps.js").Counts} Counts */
/** @typedef {import("./taps.js").Tap} Tap */

/** What `sent` is while it is not known what the collector has: an answer is on its way, or was lost. */
const UNSURE = "?";
/** Milliseconds in which the collector has to answer. */
const PATIENCE = 10_000;
/** Seconds until the next try, where the collector does not say. */
const PAUSE = 30;
/** Milliseconds after which a tap that the collector refuses for what it is, and not for the moment, is dropped. */
const WEEK = 604_800_000;

/** What a collector did not take: why, in words, and in how many seconds to try again. */
class Refused extends Error {
  /**
   * @param {string} message
   * @param {number} pause
   * @param {boolean} [isForGood]
   */
  constructor(message, pause, isForGood = false) {
    super(message);
    this.name = "Refused";
    this.pause = pause;
    this.isForGood = isForGood;
  }
}

/**
 * Send what waits, tab after tab.
 * @param {string} url of the collector
 * @param {string} [about] the entry of the page: what others are refused for is not told there
 * @param {(entry: string, counts: Counts) => void} [onCounts] is told what stands after each
 * @returns {Promise<Refused | undefined>} why something still waits, if it does
 */
export async function sendWaiting(url, about = "", onCounts = () => {}) {
  const send = () => sendAll(url, about, onCounts);
  // Where a browser refuses locks, two tabs may send the same: it is counted once.
  return navigator.locks ? navigator.locks.request(KEPT, send).catch(send) : send();
}

/**
 * @param {string} url
 * @param {string} about
 * @param {(entry: string, counts: Counts) => void} onCounts
 */
async function sendAll(url, about, onCounts) {
  /** @type {Refused | undefined} */
  let refused;
  const tried = new Set();
  for (;;) {
    const [entry, question, tap] = waiting().find(([...place]) => !tried.has(place.slice(0, 2).join(" "))) ?? [];
    if (!entry || !question || !tap) return refused;
    if (!navigator.onLine) return new Refused(spoken`There is no connection.`, PAUSE);
    change(entry, question, (now) => ({ ...now, sent: UNSURE }));
    try {
      const { receipt, ...counts } = await post(url, entry, question, tap);
      change(entry, question, (now) => ({ ...now, sent: tap.said, receipt }));
      onCounts(entry, counts);
    } catch (error) {
      if (!(error instanceof Refused)) return new Refused(spoken`The counter can't be reached.`, PAUSE);
      const isOver = error.isForGood && !(Date.now() - tap.at < WEEK);
      change(entry, question, (now) => ({ ...now, sent: tap.sent, ...(isOver && { said: tap.sent }) }));
      // The others may be taken all the same.
      tried.add(`${entry} ${question}`);
      if (entry === about || !error.isForGood) refused = error;
    }
  }
}

/**
 * @param {string} url
 * @param {string} entry
 * @param {string} question
 * @param {Tap} tap
 * @returns {Promise<Counts & {receipt: string}>}
 */
async function post(url, entry, question, { said, receipt }) {
  const [signal, workaround] = question.split("@");
  const about = question === "helpful" ? { helpful: said ? said === "true" : null } : { signal, on: said === "true" };
  const body = { entry, ...about, token: keptToken(), ...(workaround && { workaround }), ...(receipt && { receipt }) };
  return send(`${url}/v1/${question === "helpful" ? "helpful" : "votes"}`, body);
}

/**
 * Ask the collector to keep something. Raises Refused, or whatever `fetch` does.
 * @param {string} address
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function send(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    // A tap is sent even if its reader leaves the page at once.
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.ok) return response.json();
  const { message } = await response.json().catch(() => ({}));
  const isForGood = response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status);
  throw new Refused(
    String(message ?? spoken`It was not taken.`),
    Number(response.headers.get("Retry-After")) || PAUSE,
    isForGood,
  );
}
