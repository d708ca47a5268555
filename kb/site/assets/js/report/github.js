/** GitHub's API as a browser asks it: issues and their timelines, few requests, and honest words when it refuses. */

import { Problem } from "./collection.js";
import { parseIssue } from "./issue_ref.js";
import { spoken } from "../words.js";

/** GitHub gives no more than a hundred events a page. */
const PAGE = 100;
const TIMEOUT_MS = 20_000;
/** @type {Record<number, string>} */
const ABSENT = { 404: "not found", 410: "deleted", 451: "deleted" };

/** What GitHub didn't give, said to the person who asked. */
export class GitHubError extends Error {}

/** @typedef {import("./reading.js").Json} Json */

/** Issues of one API, for one reader. */
export class GitHubSource {
  /**
   * @param {string} api
   * @param {string} token may be empty
   * @param {AbortSignal} signal stops all requests
   */
  constructor(api, token, signal) {
    this.api = api.replace(/\/{1,9}$/, "");
    this.token = token;
    this.signal = signal;
  }

  /**
   * @param {string} ref
   * @returns {Promise<Json | Problem>}
   */
  async issue(ref) {
    const answer = await this.ask(this.address(ref));
    return answer instanceof Problem ? answer : /** @type {Promise<Json>} */ (jsonOf(answer, isObject));
  }

  /**
   * The first hundred events, and where there are more the last ones: the end tells how things stand now. Where no
   * last page is named, the next one.
   * @param {string} ref
   * @returns {Promise<Json[] | Problem>}
   */
  async timeline(ref) {
    const first = await this.ask(`${this.address(ref)}/timeline?per_page=${PAGE}`);
    if (first instanceof Problem) return first;
    const events = /** @type {Json[]} */ (await jsonOf(first, Array.isArray));
    const last = linkOf(first, "last") || linkOf(first, "next");
    if (last && new URL(last).origin === new URL(this.api).origin) {
      const end = await this.ask(last);
      if (!(end instanceof Problem)) events.push(.../** @type {Json[]} */ (await jsonOf(end, Array.isArray)));
    }
    return events.filter(isObject);
  }

  /** @param {string} ref */
  address(ref) {
    const named = parseIssue(ref);
    return `${this.api}/repos/${named?.repository}/issues/${named?.number}`;
  }

  /**
   * @param {string} url
   * @returns {Promise<Response | Problem>}
   */
  async ask(url) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/vnd.github+json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response;
    try {
      response = await fetch(url, {
        headers,
        signal: anyOf(this.signal, timeout),
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
    } catch (error) {
      if (this.signal.aborted) throw error;
      throw new GitHubError(
        timeout.aborted
          ? spoken`GitHub did not answer in time. Try again.`
          : spoken`GitHub could not be reached. Are you offline, or does something in this browser block it?`,
      );
    }
    if (response.ok) return response;
    if (response.status in ABSENT) return new Problem(ABSENT[response.status]);
    throw new GitHubError(refusalOf(response, await messageOf(response), this.token !== ""));
  }
}

/** @param {unknown} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

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
 * @returns {Promise<unknown>}
 */
async function jsonOf(response, isWhatItShouldBe) {
  let value;
  try {
    value = await response.json();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new GitHubError(spoken`GitHub's answer was cut off. Try again.`);
  }
  if (!isWhatItShouldBe(value)) throw new GitHubError(spoken`GitHub's answer is not what its API documents.`);
  return value;
}

/**
 * What GitHub says of a refusal.
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function messageOf(response) {
  const said = await response.json().catch(() => null);
  return String(said?.message ?? "");
}

/**
 * Why GitHub refuses (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 * @param {Response} response
 * @param {string} message
 * @param {boolean} hasToken
 */
function refusalOf(response, message, hasToken) {
  const { status, headers } = response;
  if (status === 401) return spoken`GitHub does not take this token. Has it run out, or was it cut while copying?`;
  const hint = hasToken ? "" : spoken` With a token of yours it takes more.`;
  if (headers.get("x-ratelimit-remaining") === "0") {
    const reset = new Date(Number(headers.get("x-ratelimit-reset")) * 1000);
    if (Number.isNaN(reset.getTime())) return spoken`GitHub takes no more requests from you for up to an hour.` + hint;
    const time = reset.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return spoken`GitHub takes no more requests from you until ${time}.` + hint;
  }
  if (status === 429 || headers.has("retry-after") || (status === 403 && /rate limit/i.test(message))) {
    const seconds = Number(headers.get("retry-after")) || 60;
    return spoken`GitHub asks for a pause of ${seconds} seconds.` + hint;
  }
  if (status === 403) return spoken`GitHub refuses this request (403). May the token read this repository?`;
  if (status >= 500) return spoken`GitHub has trouble (${status}). Try again in a while.`;
  return spoken`GitHub refuses this request (${status}).`;
}

/**
 * An address of a Link header (RFC 8288).
 * @param {Response} response
 * @param {string} relation
 */
function linkOf(response, relation) {
  const links = (response.headers.get("link") ?? "").slice(0, 5000).split(",");
  return links.find((link) => link.includes(`rel="${relation}"`))?.match(/<([^<>]*)>/)?.[1] ?? "";
}
