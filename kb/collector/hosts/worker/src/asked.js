/**
 * What a reader asks for: the body of a request, as JSON or as a form, read into taps.
 *
 *     POST /v1/votes    {"entry", "signal", "on", "workaround"?, "token", "receipt"?}
 *     POST /v1/helpful  {"entry", "helpful": true | false | null, "token", "receipt"?}
 *     POST /v1/missing  {"skeleton", "token"}
 *     POST /v1/outcomes {"entry", "workaround": number, "helped": true | false, "version"?}
 */

import { find } from "./catalog.js";
import { Refusal } from "./refusals.js";
import { HELPFUL, OF_WORKAROUNDS, SIGNALS, UNHELPFUL } from "./tables.js";

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "application/x-www-form-urlencoded";
export const MOST_BYTES = 1024;
const BODY_MILLISECONDS = 5_000;
const MOST_FIELDS = 10;
const TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
const RECEIPT = /^[0-9a-f]{32}$/;
const VERSION = /^[A-Za-z0-9 ._+~:=,/-]{0,80}$/;

/** @typedef {{ entry: string, workaround: string, signal: string, on: boolean }} Tap one thing that a reader says */

/**
 * @typedef {object} Asked a request that can be kept: its taps, the first of which is what was asked, and by whom
 * @property {Tap[]} taps
 * @property {import("./catalog.js").Known} known
 * @property {string} token
 * @property {string} receipt
 */

/** @typedef {Record<string, unknown>} Fields */

/**
 * The body, if it is small and there in time. Throws Refusal.
 * @param {Request} request
 */
export async function bodyOf(request) {
  const tooLarge = new Refusal(413, "too-large", `A body has ${MOST_BYTES} bytes at most.`);
  const told = request.headers.get("content-length") ?? "0";
  if (!/^\d{1,9}$/.test(told) || Number(told) > MOST_BYTES) throw tooLarge;
  const body = new Uint8Array(MOST_BYTES);
  let length = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Refusal(408, "too-slow", "The body did not come in time.")), BODY_MILLISECONDS);
  });
  const parts = request.body?.getReader();
  try {
    while (parts) {
      const { done, value } = /** @type {ReadableStreamReadResult<Uint8Array>} */ (
        await Promise.race([parts.read(), late])
      );
      if (done) break;
      if (length + value.length > MOST_BYTES) throw tooLarge;
      body.set(value, length);
      length += value.length;
    }
  } finally {
    clearTimeout(timer);
  }
  return body.subarray(0, length);
}

/**
 * @param {Uint8Array} body
 * @param {string} kind
 * @returns {Fields}
 */
export function fieldsOf(body, kind) {
  return kind === FORM_TYPE ? formFields(body) : jsonFields(body);
}

/** @param {Uint8Array} body */
function formFields(body) {
  const fields = [...new URLSearchParams(new TextDecoder().decode(body))];
  const isReadable = body.every((byte) => byte < 128) && !fields.flat().some((text) => text.includes("\ufffd"));
  if (!isReadable || fields.length > MOST_FIELDS) throw new Refusal(400, "bad-form", "The form can't be read.");
  return Object.fromEntries(fields.filter(([, value]) => value));
}

/** @param {Uint8Array} body */
function jsonFields(body) {
  let fields;
  try {
    fields = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400, "bad-json", "The body is no JSON.");
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    throw new Refusal(400, "bad-json", "The body is no JSON object.");
  }
  return fields;
}

/**
 * The vote that somebody casts or takes back. Throws Refusal.
 * @param {Fields} fields
 * @param {Map<string, import("./catalog.js").Known>} catalog
 * @param {boolean} isForm
 * @returns {Asked}
 */
export function readVote(fields, catalog, isForm) {
  const known = find(catalog, textOf(fields, "entry"));
  const signal = textOf(fields, "signal");
  const workaround = textOf(fields, "workaround", "");
  if (!Object.hasOwn(SIGNALS, signal) || (workaround && signal !== OF_WORKAROUNDS)) {
    throw new Refusal(400, "unknown-signal", "There is no such signal.");
  }
  if (workaround && !known.workarounds.includes(workaround)) {
    throw new Refusal(404, "unknown-workaround", "The entry has no such workaround.");
  }
  const on = isForm ? fields.on !== "false" : fields.on;
  if (typeof on !== "boolean") throw new Refusal(400, "bad-on", "`on` has to be true or false.");
  return { taps: [{ entry: known.id, workaround, signal, on }], known, ...readerIn(fields, isForm) };
}

/**
 * The answer to "Did this help?": one a reader, so that yes takes a no back. Throws Refusal.
 * @param {Fields} fields
 * @param {Map<string, import("./catalog.js").Known>} catalog
 * @param {boolean} isForm
 * @returns {Asked}
 */
export function readHelpful(fields, catalog, isForm) {
  const known = find(catalog, textOf(fields, "entry"));
  const answer = isForm ? { true: true, false: false, null: null }[String(fields.helpful)] : fields.helpful;
  if (answer !== null && typeof answer !== "boolean") {
    throw new Refusal(400, "bad-helpful", "`helpful` has to be true, false or null.");
  }
  const [said, other] = answer === false ? [UNHELPFUL, HELPFUL] : [HELPFUL, UNHELPFUL];
  const tap = { entry: known.id, workaround: "" };
  const taps = [
    { ...tap, signal: said, on: answer !== null },
    { ...tap, signal: other, on: false },
  ];
  return { taps, known, ...readerIn(fields, isForm) };
}

/**
 * The text of an error that nothing was found for, and the device's token. Throws Refusal.
 * @param {Fields} fields
 */
export function readMissing(fields) {
  return { text: textOf(fields, "skeleton"), token: readerIn(fields, false).token };
}

/**
 * What a coding agent reports of a workaround that it tried. Throws Refusal.
 * @param {Fields} fields
 * @param {Map<string, import("./catalog.js").Known>} catalog
 */
export function readOutcome(fields, catalog) {
  const known = find(catalog, textOf(fields, "entry"));
  const workaround = Number.isInteger(fields.workaround) && known.workarounds[Number(fields.workaround) - 1];
  if (!workaround) throw new Refusal(404, "unknown-workaround", "The entry has no such workaround.");
  const { helped } = fields;
  if (typeof helped !== "boolean") throw new Refusal(400, "bad-helped", "`helped` has to be true or false.");
  const version = textOf(fields, "version", "").trim();
  if (!VERSION.test(version)) {
    throw new Refusal(400, "bad-version", "`version` has to be 80 letters, digits and signs of versions at most.");
  }
  return { entry: known.id, workaround, version, helped };
}

/**
 * A form has no token: without JavaScript a device can't keep one.
 * @param {Fields} fields
 * @param {boolean} isForm
 */
function readerIn(fields, isForm) {
  const token = isForm ? "" : textOf(fields, "token");
  if (token && !TOKEN.test(token)) {
    throw new Refusal(400, "bad-token", "`token` has to be 16 to 64 letters, digits, `-` or `_`.");
  }
  const receipt = textOf(fields, "receipt", "");
  if (receipt && !RECEIPT.test(receipt)) {
    throw new Refusal(400, "bad-receipt", "`receipt` has to be what a vote was answered with.");
  }
  return { token, receipt };
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @param {string} [absent] what it is where it is left out; without that it has to be there
 */
function textOf(fields, name, absent) {
  const value = Object.hasOwn(fields, name) ? fields[name] : absent;
  if (typeof value !== "string" || (absent === undefined && !value)) {
    throw new Refusal(400, `bad-${name}`, `\`${name}\` has to be a text.`);
  }
  return value;
}
