/** What a placeholder may stand for, by its type. The twin of `kb/match/values.py`. */

import { CLOSING, PATTERNS, UNSPACED } from "./tables.js";

/** @type {Record<string, RegExp>} */
const OF_TYPE = Object.fromEntries(
  Object.entries(PATTERNS).map(([kind, pattern]) => [kind, new RegExp(`^(?:${pattern})$`)]),
);

/** @type {Record<string, RegExp>} */
const STARTS = Object.fromEntries(
  Object.entries(PATTERNS).map(([kind, pattern]) => [kind, new RegExp(`^(?:${pattern})`)]),
);

/** @type {Record<string, string>} */
const CLOSED_BY = CLOSING;

/**
 * Whether a value, its line breaks already undone, is of a type.
 * @param {string} kind
 * @param {string} value
 */
export function fits(kind, value) {
  if (kind === "quoted") {
    if (value.length < 2) return false;
    const [first, last, inside] = [value[0], value[value.length - 1], value.slice(1, -1)];
    return (CLOSED_BY[first] ?? "").includes(last) && !inside.includes(first) && !inside.includes(last);
  }
  return OF_TYPE[kind]?.test(value) ?? true;
}

/**
 * The value of a type that a line begins with; `null` where it begins with none, or the type has no pattern.
 * @param {string} kind
 * @param {string} line
 */
export function prefixOfType(kind, line) {
  return STARTS[kind]?.exec(line)?.[0] ?? null;
}

/**
 * Whether a value of this type may have white space in it.
 * @param {string} kind
 */
export function mayHaveSpaces(kind) {
  return !UNSPACED.includes(kind);
}

/**
 * A value as it was before it was escaped for JSON or a shell, with usual spaces.
 * @param {string} value
 */
export function plain(value) {
  let result = value.replaceAll("\u00a0", " ");
  if (result.includes("\\")) {
    result = result.replace(/\\{1,8}(["'`])/g, "$1");
    const runs = result.match(/\\+/g) ?? [];
    if (runs.length && runs.every((run) => run.length > 1)) result = result.replace(/\\+/g, "\\");
  }
  return result;
}
