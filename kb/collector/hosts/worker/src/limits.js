/**
 * How much one may ask: allowances that fill up with time, in the database, since each request may meet another isolate.
 *
 * Of each is kept when it will be full again. A request moves that on by one step, if there is room for one.
 */

import { allowanceOf } from "./readers.js";
import { Refusal } from "./refusals.js";

// What is full later than it can be was written before the clock was set back.
const WANTED = `(
  SELECT each.value ->> 'key' AS key, each.value ->> 'step' AS step, each.value ->> 'within' AS within,
    max(?2, iif(used.full_at <= ?2 + (each.value ->> 'within'), used.full_at, 0)) AS full_at
  FROM json_each(?1) AS each LEFT JOIN allowances AS used ON used.key = each.value ->> 'key'
)`;
const WAIT = "full_at + step - within - ?2";

/** @typedef {[import("./settings.js").Allowance, ...(string | number)[]]} Wanted an allowance, and of whom it is */

/**
 * Take one of each allowance, or none of them and throw a Refusal; and see whether somebody is blocked.
 * @param {import("./settings.js").Database} db
 * @param {import("./readers.js").Salt} salt
 * @param {Wanted[]} several
 * @param {string[]} [pseudonyms] who asks
 */
export async function allow(db, salt, several, pseudonyms = []) {
  const wanted = await Promise.all(
    several.map(async ([{ step, within }, ...whose]) => ({ key: await allowanceOf(salt, whose), step, within })),
  );
  const bound = [JSON.stringify(wanted), Date.now()];
  const [short, , blocked] = await db.batch([
    db.prepare(`SELECT max(${WAIT}) AS wait FROM ${WANTED}`).bind(...bound),
    db
      .prepare(
        `INSERT INTO allowances (key, full_at)
         SELECT key, full_at + step FROM ${WANTED}
         WHERE NOT EXISTS (SELECT 1 FROM ${WANTED} WHERE ${WAIT} > 0)
         ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at`,
      )
      .bind(...bound),
    db
      .prepare("SELECT 1 FROM blocked WHERE pseudonym IN (SELECT value FROM json_each(?1))")
      .bind(JSON.stringify(pseudonyms)),
  ]);
  const { wait } = short.results[0];
  if (wait > 0) {
    const message = "There were too many votes from here. Nothing was counted.";
    throw new Refusal(429, "too-many", message, Math.ceil(wait / 1000));
  }
  if (blocked.results.length) throw new Refusal(403, "blocked", "Votes from here are not counted today.");
}

/**
 * Forget the allowances that are full.
 * @param {import("./settings.js").Database} db
 */
export async function sweep(db) {
  await db.prepare("DELETE FROM allowances WHERE full_at <= ?1").bind(Date.now()).run();
}
