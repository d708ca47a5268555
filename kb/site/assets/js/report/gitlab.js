/** GitLab's API as a browser asks it: issues, and their timelines from the lists that it keeps apart. */

import { askApi, jsonOf, limitOf, linkOf, saidOf } from "./asking.js";
import { Problem } from "./collection.js";
import { spoken } from "../words.js";
import { issueOf, mentionsOf, timelineOf } from "./gitlab_translation.js";
import { isObject } from "./reading.js";

/** GitLab gives no more than a hundred things a page. */
const PAGE = 100;
/** Other projects that are asked for the issues that mention one; each takes a call. */
const MOST_PROJECTS = 5;
const MOST_MENTIONS = 100;
const NAME = "GitLab";

/** @typedef {import("./reading.js").Json} Json */

/** Issues of one API, for one reader. */
export class GitLabSource {
  onGitLab = true;

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
   * @param {string} ref `group/project#1`, or `group/project!1` for a merge request
   * @returns {Promise<Json | Problem>}
   */
  async issue(ref) {
    const answer = await this.ask(this.address(ref));
    if (answer instanceof Problem) return answer;
    const found = /** @type {Json} */ (await jsonOf(answer, isObject, NAME));
    return issueOf(found, ref.includes("!"));
  }

  /**
   * @param {string} ref
   * @returns {Promise<Json[] | Problem>}
   */
  async timeline(ref) {
    const address = this.address(ref);
    const first = await this.ask(`${address}/notes?sort=asc&order_by=created_at&per_page=${PAGE}`);
    if (first instanceof Problem) return first;
    const notes = await this.objects(first);
    // The end tells how things stand now.
    const last = linkOf(first, "next") && (linkOf(first, "last") || linkOf(first, "next"));
    if (last && new URL(last).origin === new URL(this.api).origin) notes.push(...(await this.list(last)));
    const kinds = ["resource_label_events", "resource_state_events", "resource_milestone_events"];
    const ofIssues = ref.includes("!") ? [] : ["related_merge_requests", "closed_by"];
    const lists = [];
    for (const kind of [...kinds, ...ofIssues]) lists.push(await this.list(`${address}/${kind}?per_page=${PAGE}`));
    const [labels, states, milestones, related = [], closing = []] = lists;
    const others = await this.others(mentionsOf(notes, ref));
    return timelineOf(ref, { notes, labels, states, milestones, related, closing }, others);
  }

  /**
   * The issues of these names that can be read, those of a project in one call.
   * @param {string[]} names
   */
  async others(names) {
    /** @type {Map<string, string[]>} */
    const numbers = new Map();
    for (const name of names.slice(0, MOST_MENTIONS)) {
      const [place, number] = name.split("#");
      if (number) numbers.set(place, [...(numbers.get(place) ?? []), number]);
    }
    /** @type {Map<string, Json>} */
    const found = new Map();
    for (const [place, iids] of [...numbers].slice(0, MOST_PROJECTS)) {
      const query = new URLSearchParams([...iids.map((iid) => ["iids[]", iid]), ["per_page", String(PAGE)]]);
      const issues = await this.list(`${this.api}/projects/${encodeURIComponent(place)}/issues?${query}`);
      for (const issue of issues) found.set(`${place}#${issue.iid}`, issue);
    }
    return found;
  }

  /** @param {string} ref */
  address(ref) {
    const [, path, mark, number] = /^(.*)([#!])([0-9]+)$/.exec(ref) ?? ["", "", "#", ""];
    const kind = mark === "!" ? "merge_requests" : "issues";
    return `${this.api}/projects/${encodeURIComponent(path)}/${kind}/${number}`;
  }

  /**
   * A page of a list; nothing where an older GitLab, or this project, has no such list.
   * @param {string} url
   */
  async list(url) {
    const answer = await this.ask(url);
    return answer instanceof Problem ? [] : this.objects(answer);
  }

  /** @param {Response} answer */
  async objects(answer) {
    return /** @type {Json[]} */ (await jsonOf(answer, Array.isArray, NAME)).filter(isObject);
  }

  /** @param {string} url */
  ask(url) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (this.token) headers["PRIVATE-TOKEN"] = this.token;
    return askApi(url, headers, this.signal, NAME, (response) => refusalOf(response, this.token !== ""));
  }
}

/**
 * Why GitLab refuses (https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers).
 * @param {Response} response
 * @param {boolean} hasToken
 */
function refusalOf({ status, headers }, hasToken) {
  return saidOf(NAME, wordsOf(status, headers, hasToken));
}

/**
 * @param {number} status
 * @param {Headers} headers
 * @param {boolean} hasToken
 */
function wordsOf(status, headers, hasToken) {
  if (status === 401) {
    return hasToken
      ? spoken`GitHub does not take this token. Has it run out, or was it cut while copying?`
      : spoken`GitLab wants a token for this.`;
  }
  if (status === 429) {
    const seconds = Number(headers.get("retry-after"));
    return seconds
      ? spoken`GitHub asks for a pause of ${seconds} seconds.`
      : limitOf(NAME, headers.get("ratelimit-reset"));
  }
  if (status === 403) return spoken`GitHub refuses this request (403). May the token read this repository?`;
  if (status >= 500) return spoken`GitHub has trouble (${status}). Try again in a while.`;
  return spoken`GitHub refuses this request (${status}).`;
}
