/** An API of a host of issues, as a browser asks it: one request, and honest words when none comes. */

import { Problem } from "./collection.js";
import { spoken } from "../words.js";

const TIMEOUT_MS = 20_000;
/** @type {Record<number, string>} */
const ABSENT = { 404: "not found", 410: "deleted", 451: "deleted" };

/** What the host didn't give, said to the person who asked. */
export class ApiError extends Error {}

/** @typedef {(response: Response, message: string) => string} Refusal why the host refuses, by its answer */

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {AbortSignal} stop
 * @param {string} name the host's, as people know it
 * @param {Refusal} refusalOf
 * @returns {Promise<Response | Problem>}
 */
export async function askApi(url, headers, stop, name, refusalOf) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response;
  try {
    response = await fetch(url, {
      headers,
      signal: anyOf(stop, timeout),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch (error) {
    if (stop.aborted) throw error;
    throw new ApiError(
      timeout.aborted
        ? saidOf(name, spoken`GitHub did not answer in time. Try again.`)
        : saidOf(
            name,
            spoken`GitHub could not be reached. Are you offline, or does something in this browser block it?`,
          ),
    );
  }
  if (response.ok) return response;
  if (response.status in ABSENT) return new Problem(ABSENT[response.status]);
  throw new ApiError(refusalOf(response, await messageOf(response)));
}

/**
 * `AbortSignal.any`, which browsers have since 2023 or 2024.
 * @param {AbortSignal[]} signals
 */
function anyOf(...signals) {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/**
 * @param {Response} response
 * @param {(value: unknown) => boolean} isWhatItShouldBe
 * @param {string} name
 * @returns {Promise<unknown>}
 */
export async function jsonOf(response, isWhatItShouldBe, name) {
  let value;
  try {
    value = await response.json();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(saidOf(name, spoken`GitHub's answer was cut off. Try again.`));
  }
  if (!isWhatItShouldBe(value))
    throw new ApiError(saidOf(name, spoken`GitHub's answer is not what its API documents.`));
  return value;
}

/**
 * What a host says of a refusal.
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function messageOf(response) {
  const said = await response.json().catch(() => null);
  return String(said?.message ?? "");
}

/**
 * An address of a Link header (RFC 8288).
 * @param {Response} response
 * @param {string} relation
 */
export function linkOf(response, relation) {
  const links = (response.headers.get("link") ?? "").slice(0, 5000).split(",");
  return links.find((link) => link.includes(`rel="${relation}"`))?.match(/<([^<>]*)>/)?.[1] ?? "";
}

/**
 * That a host takes no more requests, and until when.
 * @param {string} name
 * @param {string | null} seconds since 1970
 */
export function limitOf(name, seconds) {
  const reset = new Date(Number(seconds) * 1000);
  if (Number.isNaN(reset.getTime()))
    return saidOf(name, spoken`GitHub takes no more requests from you for up to an hour.`);
  const time = reset.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return saidOf(name, spoken`GitHub takes no more requests from you until ${time}.`);
}

/**
 * Words of the catalogue, which say GitHub, of another host.
 * @param {string} name
 * @param {string} words
 */
export const saidOf = (name, words) => words.replaceAll("GitHub", name);
