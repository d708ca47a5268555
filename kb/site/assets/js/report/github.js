/** GitHub's API as a browser asks it: issues and their timelines, few requests, and honest words when it refuses. */

import { askApi, jsonOf, limitOf, linkOf } from "./asking.js";
import { Problem } from "./collection.js";
import { parseIssue } from "./issue_ref.js";
import { isObject } from "./reading.js";
import { spoken } from "../words.js";

/** GitHub gives no more than a hundred events a page. */
const PAGE = 100;
const NAME = "GitHub";

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
    return answer instanceof Problem ? answer : /** @type {Promise<Json>} */ (jsonOf(answer, isObject, NAME));
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
    const events = /** @type {Json[]} */ (await jsonOf(first, Array.isArray, NAME));
    const last = linkOf(first, "last") || linkOf(first, "next");
    if (last && new URL(last).origin === new URL(this.api).origin) {
      const end = await this.ask(last);
      if (!(end instanceof Problem)) events.push(.../** @type {Json[]} */ (await jsonOf(end, Array.isArray, NAME)));
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
  ask(url) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/vnd.github+json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    return askApi(url, headers, this.signal, NAME, (response, message) =>
      refusalOf(response, message, this.token !== ""),
    );
  }
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
    return limitOf("GitHub", headers.get("x-ratelimit-reset")) + hint;
  }
  if (status === 429 || headers.has("retry-after") || (status === 403 && /rate limit/i.test(message))) {
    const seconds = Number(headers.get("retry-after")) || 60;
    return spoken`GitHub asks for a pause of ${seconds} seconds.` + hint;
  }
  if (status === 403) return spoken`GitHub refuses this request (403). May the token read this repository?`;
  if (status >= 500) return spoken`GitHub has trouble (${status}). Try again in a while.`;
  return spoken`GitHub refuses this request (${status}).`;
}
