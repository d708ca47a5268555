/**
 * What a reader says on this device. It is kept here first, and sent to the collector as soon as that answers: until
 * then it waits, over pages and days. Every page and tab reads it anew, so that they don't overwrite each other.
 */

import { ROOT } from "../addresses.js";
import { spoken } from "../words.js";

/** Of this site alone: several may share an origin. */
const KEPT = `kb-taps:${ROOT.pathname}`;
/** What `sent` is while it is not known what the collector has: an answer is on its way, or was lost. */
const UNSURE = "?";
/** Milliseconds in which the collector has to answer. */
const PATIENCE = 10_000;
/** Seconds until the next try, where the collector does not say. */
const PAUSE = 30;
/** Milliseconds after which a tap that the collector refuses for what it is, and not for the moment, is dropped. */
const WEEK = 604_800_000;

/**
 * One answer to a question about an entry. The questions are `helpful`, the signals, and `works@` with a workaround's key.
 * @typedef {object} Tap
 * @property {string} said what the reader says: `true`, `false`, or nothing
 * @property {string} sent what the collector has kept of that
 * @property {string} receipt with which it can be taken back on a later day
 * @property {number} at when it was said, in milliseconds since 1970
 */

/** @typedef {Record<string, Tap>} Taps the taps of an entry, by their questions */
/** @typedef {{token: string, entries: Record<string, Taps>}} Device */
/** @typedef {{counts: Record<string, number>, workarounds: Record<string, Record<string, number>>}} Counts */

/** What is kept where the browser keeps nothing: as long as the page is open. @type {Device | null} */
let memory = null;

/** @returns {Device} */
function read() {
  /** @type {unknown} */
  let kept = memory;
  try {
    kept ??= JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    // Forbidden or spoilt: then nothing was said.
  }
  const { token, entries } = /** @type {Partial<Device>} */ (kept ?? {});
  return {
    token: typeof token === "string" && /^[0-9a-f]{32}$/.test(token) ? token : newToken(),
    entries: entries && typeof entries === "object" ? entries : {},
  };
}

/** @param {Device} device */
function write(device) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(device));
    memory = null;
  } catch {
    // Forbidden or full: from now on it is kept as long as the page is.
    memory = device;
  }
}

const newToken = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * The taps of an entry; what can't be one is left out.
 * @param {string} entry
 * @returns {Taps}
 */
export function tapsOf(entry) {
  const taps = Object.entries(read().entries[entry] ?? {});
  return Object.fromEntries(taps.filter(([, tap]) => isTap(tap)));
}

/** @param {unknown} tap */
function isTap(tap) {
  const { said, sent, receipt } = /** @type {Record<string, unknown>} */ (tap ?? {});
  return [said, sent, receipt].every((each) => typeof each === "string");
}

/** Whether another tab changed what is said. @param {StorageEvent} event */
export const isOfTaps = (event) => event.key === KEPT;

/**
 * @param {string} entry
 * @param {string} question
 * @param {string} said
 */
export function say(entry, question, said) {
  change(entry, question, (tap) => ({ ...tap, said, at: Date.now() }));
}

/**
 * @param {string} entry
 * @param {string} question
 * @param {(tap: Tap) => Tap} changed
 */
function change(entry, question, changed) {
  const device = read();
  const taps = tapsOf(entry);
  const tap = changed(taps[question] ?? { said: "", sent: "", receipt: "", at: 0 });
  if (tap.said || tap.sent) taps[question] = tap;
  else delete taps[question];
  if (Object.keys(taps).length) device.entries[entry] = taps;
  else delete device.entries[entry];
  write(device);
}

/**
 * Let an entry have what was said of it under its former ids.
 * @param {string} entry
 * @param {string[]} former
 */
export function takeOver(entry, former) {
  const device = read();
  const known = former.filter((id) => device.entries[id]);
  if (!known.length) return;
  device.entries[entry] = Object.assign({}, ...[...known, entry].map(tapsOf));
  for (const id of known) delete device.entries[id];
  write(device);
}

/** @returns {[entry: string, question: string, tap: Tap][]} */
function waiting() {
  return Object.keys(read().entries).flatMap((entry) =>
    Object.entries(tapsOf(entry)).flatMap(([question, tap]) =>
      tap.said === tap.sent ? [] : [/** @type {[string, string, Tap]} */ ([entry, question, tap])],
    ),
  );
}

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

/** Whether anything was not sent yet. */
export const isWaiting = () => waiting().length > 0;

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

/** The token of this device, which is made when it is needed first. */
export function keptToken() {
  const device = read();
  write(device);
  return device.token;
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
