/** Which versions a reader's text shows, and what follows from an entry's. The twin of `kb/match/versions.py`. */

import { BEFORE_RELEASE, SEARCHED_FOR_VERSIONS, VERSION_FORMS } from "./tables.js";
import { spoken } from "../words.js";

/** @typedef {{tool: string, since?: string, before?: string}} Bounds */
/** @typedef {{names: Record<string, string>, ranges: Bounds[], wordings: Record<string, Bounds[]>}} Versions */

const [EARLIER, END, LETTERS, NUMBER] = [0, 1, 2, 3];

/** @typedef {[rank: number, number: number, word: string][]} Key */

/**
 * What versions are ordered by: see `kb/entry/versions.py`.
 * @param {string} version
 * @returns {Key}
 */
function keyOf(version) {
  const plain = (version.toLowerCase().split("+")[0] ?? "").replace(/^[a-z]+(?=[0-9])/, "");
  /** @type {Key} */
  const key = [];
  const dropZeros = () => {
    while (key.at(-1)?.[0] === NUMBER && key.at(-1)?.[1] === 0) key.pop();
  };
  for (const [piece] of plain.matchAll(/[0-9]+|[a-z]+/g)) {
    if (/^[0-9]/.test(piece)) {
      key.push([NUMBER, Number(piece), ""]);
      continue;
    }
    const isEarlier = BEFORE_RELEASE.includes(piece);
    if (isEarlier) dropZeros();
    key.push([isEarlier ? EARLIER : LETTERS, 0, piece]);
  }
  dropZeros();
  return [...key, [END, 0, ""]];
}

/**
 * Below 0 if a version is older than another, 0 if they are the same, above 0 if it is newer.
 * @param {string} one
 * @param {string} other
 */
export function compareVersions(one, other) {
  const [a, b] = [keyOf(one), keyOf(other)];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [[rank, number, word], [otherRank, otherNumber, otherWord]] = /** @type {[Key[0], Key[0]]} */ ([
      a[at],
      b[at],
    ]);
    const difference = rank - otherRank || number - otherNumber || (word < otherWord ? -1 : Number(word > otherWord));
    if (difference) return difference;
  }
  return a.length - b.length;
}

/**
 * The versions of tools that a text shows; of a tool of which it shows several, none.
 * @param {string} text
 * @param {Record<string, string>} names what each tool is called
 * @returns {Record<string, string>}
 */
export function versionsShown(text, names) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const [tool, name] of Object.entries(names)) {
    const words = [tool.slice(tool.lastIndexOf("/") + 1), name].map((word) => word.replace(/[^A-Za-z0-9_]/g, "\\$&"));
    /** @param {keyof typeof VERSION_FORMS} form */
    const shown = (form) => {
      const pattern = VERSION_FORMS[form].replace("NAME", () => `(?:${words.join("|")})`);
      const all = text.slice(0, SEARCHED_FOR_VERSIONS).matchAll(new RegExp(pattern, "gi"));
      return [...all].map((match) => match[1] ?? "");
    };
    const offered = shown("offer");
    const all = new Set(offered.length ? offered : [...shown("plain"), ...shown("path")]);
    for (const version of all.size === 1 ? all : []) found[tool] = version;
  }
  return found;
}

/**
 * What follows for a reader, a sentence each, what was fixed first.
 * @param {Versions} versions
 * @param {string} signature that was met, or nothing
 * @param {Record<string, string>} given the reader's versions of tools
 * @returns {string[]}
 */
export function versionNotes({ names, ranges, wordings }, signature, given) {
  const tools = [...new Set(ranges.map((one) => one.tool))];
  const notes = tools.map((tool) =>
    noteOf(
      names[tool] ?? tool,
      ranges.filter((one) => one.tool === tool),
      given[tool],
    ),
  );
  const fixes = notes.flatMap(([isFix, note]) => (isFix ? [note] : []));
  const others = notes.flatMap(([isFix, note]) => (isFix ? [] : [note]));
  const worded = (wordings[signature] ?? []).map((bounds) => wordingNote(names, bounds));
  return [...fixes, ...others, ...worded];
}

/**
 * What a wording says of the version.
 * @param {Record<string, string>} names
 * @param {Bounds} bounds
 */
function wordingNote(names, { tool, since, before }) {
  const name = names[tool] ?? tool;
  if (since && before) return spoken`Worded so from ${name} ${since} to before ${before}.`;
  return since ? spoken`Worded so from ${name} ${since} on.` : spoken`Worded so before ${name} ${before}.`;
}

/**
 * A note, and whether it says in which version the error is fixed.
 * @param {string} name
 * @param {Bounds[]} ranges of one tool
 * @param {string | undefined} version
 * @returns {[isFix: boolean, note: string]}
 */
function noteOf(name, ranges, version) {
  const newest = ranges.reduce((best, one) => (isNewer(one, best) ? one : best));
  const fixed = newest.before;
  if (version === undefined) {
    const every = ranges
      .flatMap(({ before }) => before ?? [])
      .sort(compareVersions)
      .join(spoken` and `);
    if (fixed) return [true, spoken`Fixed in ${name} ${every}: upgrade if yours is older.`];
    return [
      false,
      newest.since ? spoken`Happens from ${name} ${newest.since} on.` : spoken`Happens with every ${name}.`,
    ];
  }
  const own = ranges.find((one) => holds(one, version));
  if (own?.before) return [true, spoken`Fixed in ${name} ${own.before}, and yours is ${version}: upgrade.`];
  if (own) return [false, spoken`Happens with your ${name} ${version}.`];
  if (fixed && compareVersions(version, fixed) >= 0)
    return [true, spoken`Fixed in ${name} ${fixed}, and yours is ${version}: the cause may be another one.`];
  return [false, spoken`Not known of ${name} ${version}: the cause may be another one.`];
}

/**
 * @param {Bounds} range
 * @param {string} version
 */
function holds({ since, before }, version) {
  return (!since || compareVersions(since, version) <= 0) && (!before || compareVersions(version, before) < 0);
}

/**
 * Whether a range ends after another one.
 * @param {Bounds} one
 * @param {Bounds} other
 */
function isNewer(one, other) {
  if (!one.before || !other.before) return !one.before && Boolean(other.before);
  return compareVersions(one.before, other.before) > 0;
}
