/** The placeholders of a page's prose and commands: what each is, and showing a reader's values in them. */

import { refusal, written } from "./filling.js";
import { spoken } from "./words.js";

const SELECTOR = ".kb-var[data-kb-place]";
const SHORTEST_FIRST = ["int", "hex", "word", "url", "path", "quoted"];

/** What a value of a type looks like, for the reader who types it. @type {Record<string, string>} */
const LOOKS = {
  int: spoken`digits only, such as 8000`,
  hex: spoken`hexadecimal digits`,
  word: spoken`one word without spaces`,
  url: spoken`an address such as https://host.example/`,
  path: spoken`a path, without quotes or wildcards`,
  quoted: spoken`text in quotes`,
};
const SIGNS = ". , _ - : / \\ @ + = % ~ # ( ) [ ]";
const LOOKS_LOOSE = spoken`letters, digits, single spaces and ${SIGNS} only`;

/** @param {ParentNode} root */
export const holesOf = (root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(SELECTOR)]);

/** @param {Element} hole */
export const nameOf = (hole) => hole.getAttribute("data-kb-var") ?? "";

/** @param {Element} hole */
export const typesOf = (hole) => (hole.getAttribute("data-kb-type") ?? "").split(" ").filter(Boolean);

/** @param {Element} hole */
export function placeOf(hole) {
  const [context, grammar] = (hole.getAttribute("data-kb-place") ?? "code never").split(" ");
  return { context, grammar };
}

/**
 * Show values in the placeholders of a part of a page, each where its type and place let it stand.
 * @param {ParentNode} root
 * @param {Record<string, string>} values
 */
export function fillIn(root, values) {
  for (const hole of holesOf(root)) {
    const unfilled = hole.getAttribute("data-kb-unfilled") ?? hole.textContent ?? "";
    hole.setAttribute("data-kb-unfilled", unfilled);
    const value = Object.hasOwn(values, nameOf(hole)) ? values[nameOf(hole)] : "";
    const text = value ? written(value, typesOf(hole), placeOf(hole)) : null;
    hole.textContent = text ?? unfilled;
    hole.toggleAttribute("data-kb-filled", text !== null);
  }
}

/**
 * What to say to the reader who typed a value; empty where it went in everywhere.
 * @param {string} value
 * @param {Element[]} holes those with its name
 */
export function complaint(value, holes) {
  const fillable = holes.filter((hole) => placeOf(hole).grammar !== "never");
  const refused = fillable.map((hole) => refusal(value, typesOf(hole), placeOf(hole))).filter(Boolean);
  if (!value || !refused.length) return "";
  if (refused.includes("start"))
    return spoken`It can't start with - + : or =, which programs take for an option or more.`;
  if (refused.includes("type")) {
    const looks = looksOf(typesOf(fillable[0]));
    return spoken`It has to be ${looks}.`;
  }
  if (refused.includes("characters")) return spoken`Only letters, digits and visible ASCII signs go into a command.`;
  if (refused.length < fillable.length)
    return spoken`It isn't safe in all of these places: where it isn't, the name stays.`;
  return spoken`It isn't safe in these commands: only a plain name goes in here.`;
}

/** @param {string[]} types */
function looksOf(types) {
  const named = SHORTEST_FIRST.filter((kind) => types.includes(kind)).map((kind) => LOOKS[kind]);
  return [...named, ...(named.length < types.length ? [LOOKS_LOOSE] : [])].join(spoken`; or `);
}
