/**
 * Who voted, without knowing who: pseudonyms that hold for a day.
 *
 *     receipt = HMAC-SHA256(salt of the day, shortened address | token of the device), the device's alone
 *     reader  = SHA-256(receipt), which is kept
 *     network = HMAC-SHA256(salt of the day, shortened address), which is kept, to see what comes from one place
 *
 * An address is shortened to its /24, or /48 of IPv6, before anything else. The salt is random and deleted when its day
 * (UTC) is over. Addresses are never kept.
 */

import { DAY } from "./settings.js";

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const text = new TextEncoder();

/** @typedef {{ day: number, key: CryptoKey }} Salt `day` counts from 1970 in UTC */

/**
 * The last salt that this isolate used.
 * @type {Salt | undefined}
 */
let kept;

/**
 * The salt that holds today: made where there is none. Those of days that are over are deleted.
 * @param {import("./settings.js").Database} db
 * @returns {Promise<Salt>}
 */
export async function todaysSalt(db) {
  const today = Math.floor(Date.now() / DAY);
  // A machine whose clock is behind goes on with the salt of the day that has begun.
  if (kept && kept.day - 1 <= today && today <= kept.day) return kept;
  const fresh = hex(crypto.getRandomValues(new Uint8Array(32)));
  const none = "NOT EXISTS (SELECT 1 FROM salts)";
  const [, , , found] = await db.batch([
    db.prepare("DELETE FROM salts WHERE day NOT BETWEEN ?1 AND ?1 + 1").bind(today),
    db.prepare(`DELETE FROM allowances WHERE ${none}`), // their keys are of the day that is over
    db.prepare(`INSERT INTO salts (day, key) SELECT ?1, ?2 WHERE ${none}`).bind(today, fresh),
    db.prepare("SELECT day, key FROM salts"),
  ]);
  const { day, key } = found.results[0];
  const bytes = Uint8Array.from(key.match(/../g), (/** @type {string} */ digits) => Number.parseInt(digits, 16));
  kept = { day, key: await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]) };
  return kept;
}

/**
 * @param {Salt} salt
 * @param {string} network
 * @param {string} token
 */
export async function receiptOf(salt, network, token) {
  return (await keyed(salt, `reader ${network} ${token}`)).slice(0, 32);
}

/**
 * @param {Salt} salt
 * @param {string} network
 */
export async function networkOf(salt, network) {
  return (await keyed(salt, `network ${network}`)).slice(0, 16);
}

/**
 * What an allowance is called in the database, which is to know neither address nor token.
 * @param {Salt} salt
 * @param {(string | number)[]} parts
 */
export async function allowanceOf(salt, parts) {
  return (await keyed(salt, `allowance ${JSON.stringify(parts)}`)).slice(0, 32);
}

/**
 * The pseudonym that is kept of who has this receipt.
 * @param {string} receipt
 */
export async function readerOf(receipt) {
  return (await sha256(receipt)).slice(0, 32);
}

/** @param {string} value */
export async function sha256(value) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(value))));
}

/**
 * The network that an address is in: its /24, or its /48 of IPv6. What is no address is `unknown`.
 * @param {string} address
 */
export function shortened(address) {
  if (IPV4.test(address)) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const written = canonical(address);
  if (written === null) return "unknown";
  const [head, tail = ""] = written.split("::").map((half) => half.split(":").filter(Boolean));
  const groups = [...head, ...Array(8 - head.length - tail.length).fill("0"), ...tail];
  if (groups.slice(0, 6).join() === "0,0,0,0,0,ffff") {
    const [high, low] = groups.slice(6).map((group) => Number.parseInt(group, 16));
    return `${high >> 8}.${high & 255}.${low >> 8}.0/24`;
  }
  return `${canonical(`${groups.slice(0, 3).join(":")}::`)}/48`;
}

/**
 * An address of IPv6 as everybody writes it, https://www.rfc-editor.org/rfc/rfc5952; null for what is none.
 * @param {string} address
 */
function canonical(address) {
  const url = `http://[${address}]/`;
  return address.includes(":") && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null;
}

/**
 * @param {Salt} salt
 * @param {string} value
 */
async function keyed(salt, value) {
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", salt.key, text.encode(value))));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
