/** The ledger: writes taps down and knows what stands. A batch of statements is one transaction. */

import { Refusal } from "./refusals.js";
import { DAY } from "./settings.js";

/** Errors that were looked for in vain, and outcomes, that are kept of each. */
const MOST_ROWS = 50_000;

const RAISE_REVISION = "UPDATE state SET revision = revision + 1";

// The rows of a tap: none if it stands already, else one of today's pseudonym. What is taken back is so of each of the
// reader's pseudonyms of which it stands, under each id that the entry has had. `turn` counts changes of mind: odd rows
// add one, even ones compensate.
const TAP = `
  WITH mine AS (
    SELECT who.value AS reader, who.key + id.key AS place, id.value AS entry, coalesce((
      SELECT max(turn) FROM votes
      WHERE votes.reader = who.value AND votes.entry = id.value AND workaround = ?3 AND signal = ?4
    ), 0) AS turn
    FROM json_each(?1) AS who, json_each(?2) AS id
  )
  INSERT INTO votes (minute, entry, workaround, signal, reader, network, turn, change, cause)
  SELECT ?5, entry, ?3, ?4, reader, ?6, turn + 1, ?7, 'reader' FROM mine
  WHERE CASE ?7
    WHEN 1 THEN place = 0 AND NOT EXISTS (SELECT 1 FROM mine WHERE turn % 2)
    ELSE turn % 2
  END`;

// What the statement before inserted: so many rows, changes(), of which the last one is last_insert_rowid().
const ADD_UP = `
  INSERT INTO tallies (entry, workaround, signal, count)
  SELECT entry, workaround, signal, sum(change) FROM votes
  WHERE changes() > 0 AND id > last_insert_rowid() - changes() GROUP BY entry, workaround, signal
  ON CONFLICT (entry, workaround, signal) DO UPDATE SET count = count + excluded.count`;

const COUNTS = `
  SELECT workaround, signal, sum(count) AS count FROM tallies
  WHERE entry IN (SELECT value FROM json_each(?1))
  GROUP BY workaround, signal HAVING sum(count) <> 0 ORDER BY workaround, signal`;

// No row of these two tables is ever deleted, so the last number is how many there are.
const LOOK_FOR = `
  INSERT INTO missing (skeleton, count, first_day, last_day)
  SELECT ?1, 1, ?2, ?2 WHERE (SELECT coalesce(max(rowid), 0) FROM missing) < ?3
  ON CONFLICT (skeleton) DO UPDATE SET count = count + 1, last_day = excluded.last_day
  RETURNING count`;

const REPORT = `
  INSERT INTO outcomes (entry, workaround, version, helped, count, first_day, last_day)
  SELECT ?1, ?2, ?3, ?4, 1, ?5, ?5 WHERE (SELECT coalesce(max(rowid), 0) FROM outcomes) < ?6
  ON CONFLICT (entry, workaround, version, helped) DO UPDATE SET count = count + 1, last_day = excluded.last_day
  RETURNING count`;

/** @typedef {{ entry: string, workaround: string, signal: string, count: number }} Row */

/**
 * @typedef {object} Shown counts as answers have them
 * @property {Record<string, number>} counts
 * @property {Record<string, Record<string, number>>} workarounds
 */

/**
 * Write a vote down, and give the counts of its entry then.
 * @param {import("./settings.js").Database} db
 * @param {import("./asked.js").Asked} asked
 * @param {string[]} readers pseudonyms of who asks: today's, and that of the receipt
 * @param {string} network
 * @param {import("./settings.js").Statement[]} beside what is written in the same transaction
 * @returns {Promise<Shown>}
 */
export async function record(db, asked, readers, network, beside) {
  const minute = Math.floor(Date.now() / 60_000);
  const mine = JSON.stringify(readers);
  const ids = JSON.stringify(asked.known.ids);
  const written = await db.batch([
    db.prepare(RAISE_REVISION),
    ...asked.taps.flatMap(({ workaround, signal, on }) => [
      db.prepare(TAP).bind(mine, ids, workaround, signal, minute, network, on ? 1 : -1),
      db.prepare(ADD_UP),
    ]),
    ...beside,
    counting(db, asked.known),
  ]);
  return shown(written[written.length - 1].results);
}

/**
 * Count an error that was looked for in vain. Throws Refusal where there are too many.
 * @param {import("./settings.js").Database} db
 * @param {string} skeleton
 */
export function lookFor(db, skeleton) {
  return countOne(db.prepare(LOOK_FOR).bind(skeleton, Math.floor(Date.now() / DAY), MOST_ROWS));
}

/**
 * Count what an agent reports. Throws Refusal where there is too much.
 * @param {import("./settings.js").Database} db
 * @param {{ entry: string, workaround: string, version: string, helped: boolean }} outcome
 */
export function report(db, { entry, workaround, version, helped }) {
  const today = Math.floor(Date.now() / DAY);
  return countOne(db.prepare(REPORT).bind(entry, workaround, version, Number(helped), today, MOST_ROWS));
}

/** @param {import("./settings.js").Statement} statement */
async function countOne(statement) {
  const { results } = await statement.run();
  if (!results.length) throw new Refusal(503, "full", "There is too much of this kind to keep more.", DAY / 1000);
}

/**
 * @param {import("./settings.js").Database} db
 * @param {import("./catalog.js").Known} known
 * @returns {Promise<Shown>}
 */
export async function countsOf(db, known) {
  return shown((await counting(db, known).run()).results);
}

/**
 * Which revision the database is at: a greater one than before where somebody voted.
 * @param {import("./settings.js").Database} db
 * @returns {Promise<number>}
 */
export async function revisionOf(db) {
  return (await db.prepare("SELECT revision FROM state").run()).results[0].revision;
}

/**
 * All counts that are not 0, by the ids that entries have now.
 * @param {import("./settings.js").Database} db
 * @param {Map<string, import("./catalog.js").Known>} entries
 * @returns {Promise<Record<string, Shown>>}
 */
export async function allCounts(db, entries) {
  const found = await db
    .prepare("SELECT entry, workaround, signal, count FROM tallies WHERE count <> 0 ORDER BY entry, workaround, signal")
    .run();
  /** @type {Map<string, any[]>} */
  const rows = new Map();
  for (const row of found.results) {
    const id = entries.get(row.entry)?.id ?? row.entry;
    rows.set(id, [...(rows.get(id) ?? []), row]);
  }
  return Object.fromEntries([...rows].map(([id, its]) => [id, shown(its)]));
}

/**
 * @param {import("./settings.js").Database} db
 * @param {import("./catalog.js").Known} known
 */
function counting(db, known) {
  return db.prepare(COUNTS).bind(JSON.stringify(known.ids));
}

/**
 * @param {Record<string, any>[]} rows
 * @returns {Shown}
 */
function shown(rows) {
  /** @type {Shown} */
  const all = { counts: {}, workarounds: {} };
  for (const { workaround, signal, count } of rows) {
    const into = workaround ? (all.workarounds[workaround] ??= {}) : all.counts;
    into[signal] = (into[signal] ?? 0) + count;
  }
  return all;
}
