/**
 * Which value may stand at a place in code or prose, and how it is written there. The twin of
 * `kb/match/filling/values.py`, where the rules and their sources are explained; the places themselves were found when
 * the site was built, and stand on the page (`data-kb-place`, `data-kb-type`).
 */

import { fits } from "./match/values.js";

const LETTERS =
  "\\u00c0-\\u00c5\\u00c7-\\u00d6\\u00d8-\\u00e5\\u00e7-\\u00f6\\u00f8-\\u0130\\u0134-\\u0137\\u0139-\\u0148\\u014a-\\u0151\\u0154-\\u017e" +
  "\\u3041-\\u3096\\u30a1-\\u30cd\\u30cf-\\u30fa\\u4e01-\\u4e27\\u4e29-\\u4e35\\u4e37-\\u4e3e\\u4e40-\\u9fff\\uac00-\\ud7a3";
const VISIBLE = new RegExp(`^(?! )(?!.* $)[ -~${LETTERS}]{1,500}$`);
const TELLING = new RegExp(`[0-9A-Za-z${LETTERS}]`);
const SPECIAL_START = /^[-+:=]/;
const DEFAULT = new RegExp(`^(?!.*  )[0-9A-Za-z${LETTERS} _.,:/\\\\@+=%~#()[\\]-]{1,200}$`);
const LOOSE = new Set(["text", "rest", "lines"]);
/** @type {Record<string, RegExp>} */
const GRAMMARS = {
  int: /^[0-9]{1,19}$/,
  name: /^[A-Za-z0-9_]{1,64}$/,
  dotted: /^(?=.{1,100}$)[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  plain: /^[A-Za-z0-9_./@][A-Za-z0-9_.,:/@+=-]{0,199}$/,
  local: /^[A-Za-z0-9_./@][A-Za-z0-9_.,/@+=-]{0,199}$/,
  package: /^(?=.{1,214}$)(?:@[A-Za-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*(?:\[[\w.,-]+\])?(?:(?:==|@)[\w.+-]+)?$/,
  prose: new RegExp(
    `^(?!.*//|(?:.*[^0-9A-Za-z_${LETTERS}])?(?:[wW]{3}\\.|[gG][hH]-[0-9])|.*[^0-9A-Za-z${LETTERS}]_|_|.*_(?:[^0-9A-Za-z${LETTERS}_]|$))(?:[0-9A-Za-z${LETTERS} _.,:/+=%-]|\\\\(?=[0-9A-Za-z])){1,200}$`,
  ),
  windows: new RegExp(`^(?![/\\\\])(?!.*\\\\$)[0-9A-Za-z${LETTERS} _.,:/\\\\+=#~()-]{1,260}$`),
  cmd: /^(?!.*\\$)[0-9A-Za-z_.:][0-9A-Za-z_.:/\\-]{0,199}$/,
};
const PLAIN = /^[A-Za-z0-9_@+=:,./-]+$/;
/** @type {Record<string, [string, RegExp, string]>} */
const RULES = {
  "sh'": ["", /'/g, "'\\''"],
  "fish'": ["", /[\\']/g, "\\$&"],
  'fish"': ["", /[\\"$]/g, "\\$&"],
  "py'": ["", /[\\']/g, "\\$&"],
  'py"': ["", /[\\"]/g, "\\$&"],
  "sql'": ["", /'/g, "''"],
  'sql"': ["", /"/g, '""'],
  "yaml'": ["", /'/g, "''"],
  yaml: ["'", /'/g, "''"],
};
const TEMPLATE_MARKS = ["{", "$", "<%"];
const PATTERNS_MATTER = new Set(["sh", "sh'", 'sh"', "fish", "fish'", 'fish"']);

/** @typedef {{context: string, grammar: string}} Place */
/** @typedef {"" | "place" | "characters" | "start" | "type" | "grammar"} Refusal */

/**
 * A value as it is written at a place; null if it may not stand there.
 * @param {string} value
 * @param {string[]} types
 * @param {Place} place
 */
export function written(value, types, place) {
  return refusal(value, types, place) ? null : quoted(value, place.context);
}

/**
 * Why a value may not stand at a place; empty if it may.
 * @param {string} value
 * @param {string[]} types
 * @param {Place} place
 * @returns {Refusal}
 */
export function refusal(value, types, { context, grammar }) {
  const inCode = grammar !== "prose";
  if (grammar === "never") return "place";
  if (!VISIBLE.test(value) || !TELLING.test(value)) return "characters";
  if (inCode && SPECIAL_START.test(value)) return "start";
  if (!types.some((kind) => (LOOSE.has(kind) ? !inCode || DEFAULT.test(value) : fits(kind, value)))) return "type";
  if (PATTERNS_MATTER.has(context) && value.includes("*")) return "characters";
  if (/^(?:json|yaml)/.test(context) && TEMPLATE_MARKS.some((mark) => value.includes(mark))) return "characters";
  if (context.startsWith("sql") && value.includes("\\")) return "characters";
  return GRAMMARS[grammar]?.test(value) === false ? "grammar" : "";
}

/**
 * A value in the quoting of a context.
 * @param {string} value
 * @param {string} context
 * @returns {string}
 */
export function quoted(value, context) {
  const rule = RULES[context];
  if (rule) return rule[0] + value.replace(rule[1], rule[2]) + rule[0];
  if (context === "sh" || context === "fish") return PLAIN.test(value) ? value : `'${quoted(value, `${context}'`)}'`;
  if (context === "ps") return GRAMMARS.cmd.test(value) ? value : `'${value}'`;
  if (context === 'sh"') return value.replace(/[\\$`"]/g, "\\$&").replaceAll("!", `"'!'"`);
  if (context === 'json"' || context === 'yaml"') return JSON.stringify(value).slice(1, -1);
  return value;
}
