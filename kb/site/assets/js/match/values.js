/** What a placeholder may stand for, by its type. The twin of `kb/match/values.py`. */

export const SPACE = " \t\n\r\u00a0\u3000";
export const MAX_VALUE = 2000;
export const MAX_BLOCK = 8000;
export const MAX_WRAPS = 20;

const PATH_CHARACTER = String.raw`[^ "'${"`"}<>|*?\x00-\x1f\x7f-\xa0\u2018\u2019\u201c\u201d]`;
/** @type {Record<string, RegExp>} */
const PATTERNS = {
  int: /^[+-]?[0-9]+$/,
  hex: /^(?:0[xX])?[0-9A-Fa-f]+$/,
  word: /^[^ \x00-\x1f\x7f-\xa0]+$/,
  path: new RegExp(
    String.raw`^(?:(?:[A-Za-z]:[\\/]|[\\/~]|\.{1,2}[\\/])(?:${PATH_CHARACTER}| (?! ))*|(?:(?!:)${PATH_CHARACTER})+)$`,
  ),
  url: /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^ "'`<>\x00-\x1f\x7f-\xa0]+$/,
};
const UNSPACED = new Set(["int", "hex", "word", "url"]);
/** @type {Record<string, string>} */
const CLOSING = {
  "'": "'\u2019", '"': '"\u201d', "`": "`'\u00b4", "\u2018": "\u2019'", "\u201c": '\u201d"', "\u00ab": "\u00bb",
  "\u201e": "\u201c\u201d", "\u2039": "\u203a", "\u201d": "\u201d", "\u2019": "\u2019", "\u300c": "\u300d",
};

/**
 * Whether a value, its line breaks already undone, is of a type.
 * @param {string} kind
 * @param {string} value
 */
export function fits(kind, value) {
  if (kind === "quoted") {
    if (value.length < 2) return false;
    const [first, last, inside] = [value[0], value[value.length - 1], value.slice(1, -1)];
    return (CLOSING[first] ?? "").includes(last) && !inside.includes(first) && !inside.includes(last);
  }
  return PATTERNS[kind]?.test(value) ?? true;
}

/**
 * Whether a value of this type may have white space in it.
 * @param {string} kind
 */
export function mayHaveSpaces(kind) {
  return !UNSPACED.has(kind);
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
