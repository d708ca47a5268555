/**
 * What a reader says on this device. It is kept here first, and waits over pages and days until `sending.js` has sent it.
 * Every page and tab reads it anew, so that they don't overwrite each other.
 */

import { ROOT } from "../addresses.js";

/** Of this site alone: several may share an origin. */
export const KEPT = `kb-taps:${ROOT.pathname}`;
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
export function change(entry, question, changed) {
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

/**
 * What was not sent yet.
 * @returns {[entry: string, question: string, tap: Tap][]}
 */
export function waiting() {
  return Object.keys(read().entries).flatMap((entry) =>
    Object.entries(tapsOf(entry)).flatMap(([question, tap]) =>
      tap.said === tap.sent ? [] : [/** @type {[string, string, Tap]} */ ([entry, question, tap])],
    ),
  );
}

/** Whether anything was not sent yet. */
export const isWaiting = () => waiting().length > 0;

/** The token of this device, which is made when it is needed first. */
export function keptToken() {
  const device = read();
  write(device);
  return device.token;
}
