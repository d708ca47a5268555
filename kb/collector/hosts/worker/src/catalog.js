/** Which entries and workarounds there are: read from the list of all entries that the site publishes. */

import { Refusal, log } from "./refusals.js";

/** @typedef {{ id: string, url: string, workarounds: string[], ids: string[] }} Known `ids`: former ones too */

const KEPT = 600_000;
/** Milliseconds after which a site whose list could not be read is asked again. */
const AGAIN = 30_000;
const PATIENCE = 10_000;

/** What this isolate knows of each site, and until when it does not ask again. */
/** @type {Map<string, { entries: Map<string, Known>, until: number }>} */
const known = new Map();

/**
 * The entries by their ids, former ids too. Those of before where the list can't be read now. Throws Refusal.
 * @param {string} site
 * @returns {Promise<Map<string, Known>>}
 */
export async function catalogOf(site) {
  const now = Date.now();
  const before = known.get(site) ?? { entries: new Map(), until: 0 };
  if (now >= before.until) {
    // Others of this isolate go on with the former entries meanwhile; where there are none, each of them asks the site.
    const later = { ...before, until: now + AGAIN };
    if (before.entries.size) known.set(site, later);
    try {
      known.set(site, { entries: await read(site), until: now + KEPT });
    } catch (error) {
      known.set(site, later);
      log("entries-unread", { failure: error instanceof Error ? error.name : "", entries: before.entries.size });
    }
  }
  const entries = known.get(site)?.entries ?? before.entries;
  if (!entries.size) {
    throw new Refusal(503, "no-entries", "The site's list of entries could not be read yet.", AGAIN / 1000);
  }
  return entries;
}

/**
 * @param {Map<string, Known>} entries
 * @param {string} id
 * @returns {Known}
 */
export function find(entries, id) {
  const found = entries.get(id);
  if (!found) throw new Refusal(404, "unknown-entry", "The site has no such entry.");
  return found;
}

/** @param {string} site */
async function read(site) {
  const address = new URL("api/v1/entries.json", site.replace(/\/*$/, "/"));
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  /** @type {{ entries: { id: string, url: string, workarounds?: string[], aliases?: string[] }[] }} */
  const { entries: listed } = await answer.json();
  const entries = listed.map(({ id, url, workarounds = [], aliases = [] }) => {
    return { id, url, workarounds, ids: [id, ...aliases] };
  });
  const former = entries.flatMap((entry) => entry.ids.map((id) => /** @type {[string, Known]} */ ([id, entry])));
  return new Map([...former, ...entries.map((entry) => /** @type {[string, Known]} */ ([entry.id, entry]))]);
}
