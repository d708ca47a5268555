/**
 * What the collector counts of itself, in Prometheus' text format.
 *
 * Each isolate counts for itself and adds that to the database with the next vote, or when the measures are read. What an
 * isolate refused before it ended without either is not counted.
 */

const HELP = {
  kb_votes_refused_total: "Requests that were refused, by the word of the answer.",
  kb_votes_kept_total: "Votes that are on the disk.",
  kb_votes_failed_total: "Votes that could not be kept.",
};

/** @typedef {keyof typeof HELP} Measure */

const ADD = `
  INSERT INTO measures (name, word, count)
  SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1) WHERE true
  ON CONFLICT (name, word) DO UPDATE SET count = count + excluded.count`;

/** @type {Map<string, number>} */
let counted = new Map();

/**
 * @param {Measure} name
 * @param {string} [word]
 */
export function count(name, word = "") {
  const key = JSON.stringify([name, word]);
  counted.set(key, (counted.get(key) ?? 0) + 1);
}

/**
 * Let `write` put into the database what was counted; what it could not write stays for the next time.
 * @template Value
 * @param {import("./settings.js").Database} db
 * @param {(adding: import("./settings.js").Statement) => Promise<Value>} write
 * @param {Measure[]} [also] what is counted if it succeeds
 * @returns {Promise<Value>}
 */
export async function adding(db, write, also = []) {
  const taken = counted;
  counted = new Map();
  const rows = [
    ...[...taken].map(([key, number]) => [...JSON.parse(key), number]),
    ...also.map((name) => [name, "", 1]),
  ];
  try {
    return await write(db.prepare(ADD).bind(JSON.stringify(rows)));
  } catch (error) {
    for (const [key, number] of taken) counted.set(key, (counted.get(key) ?? 0) + number);
    throw error;
  }
}

/**
 * All measures as text.
 * @param {import("./settings.js").Database} db
 * @param {number} entries how many can be voted on
 */
export async function measured(db, entries) {
  const asking = [db.prepare("SELECT name, word, count FROM measures ORDER BY name, word"), revision(db)];
  const [, { results }, state] = await adding(db, (add) => db.batch([add, ...asking]));
  const totals = Object.entries(HELP).flatMap(([name, help]) => [
    ...head(name, help, "counter"),
    ...results.filter((row) => row.name === name).map(({ word, count }) => `${name}${label(word)} ${count}`),
  ]);
  const gauges = [
    ...head("kb_votes_entries", "Entries that can be voted on.", "gauge"),
    `kb_votes_entries ${entries}`,
    ...head("kb_votes_revision", "Transactions that this database has seen.", "gauge"),
    `kb_votes_revision ${state.results[0].revision}`,
  ];
  return [...totals, ...gauges, ""].join("\n");
}

/** @param {import("./settings.js").Database} db */
function revision(db) {
  return db.prepare("SELECT revision FROM state");
}

/**
 * @param {string} name
 * @param {string} help
 * @param {string} kind
 */
function head(name, help, kind) {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
}

/** @param {string} word */
function label(word) {
  return word ? `{word="${word}"}` : "";
}
