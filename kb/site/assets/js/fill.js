/**
 * A reader's values in commands: put in as data, so that whatever was pasted can't become a command of its own. The
 * twin of `kb/match/fill.py`, where the rules are explained; `tests/match/test_fill.py` holds them together.
 */

const POSIX = new Set(["sh", "bash", "shell", "zsh", "console", "ksh", "fish"]);
const POWERSHELL = new Set(["powershell", "pwsh", "ps1"]);
const MAX_VALUE = 500;
const PLAIN = /^[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/**
 * A value as it may stand at a place in code of a language; null if it may not.
 * @param {string} value
 * @param {string} place what `placeAfter` says of the code before it
 * @param {string} language
 * @returns {string | null}
 */
export function quote(value, place, language) {
  if (!value || [...value].length > MAX_VALUE || UNSEEN.test(value)) return null;
  if (!isShell(language) || PLAIN.test(value)) return value;
  const inside = place.slice(-1);
  if (inside && "#'\"".includes(inside)) return quotedWithin(value, inside, language);
  if ((inside && "`<".includes(inside)) || value.startsWith("-")) return null;
  return `'${quotedWithin(value, "'", language)}'`;
}

/** @param {string} language */
const isShell = (language) => POSIX.has(language) || POWERSHELL.has(language);

/**
 * @param {string} value
 * @param {string} quotes
 * @param {string} language
 */
function quotedWithin(value, quotes, language) {
  if (quotes === "#") return value;
  if (POSIX.has(language)) {
    if (quotes === "'") return value.replaceAll("'", "'\\''");
    return value.replace(/[\\$`"]/g, "\\$&").replaceAll("!", `"'!'"`);
  }
  if (quotes === "'") return value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&");
  return value.replace(/[`$"\u201c\u201d\u201e]/g, "`$&");
}

/**
 * Where a piece of code leads from a place: what is open there, outermost first.
 * @param {string} code
 * @param {string} place
 * @param {string} language
 */
export function placeAfter(code, place, language) {
  if (!isShell(language)) return place;
  const posix = POSIX.has(language);
  const escape = posix ? "\\" : "`";
  let before = "\n";
  for (const character of code) {
    const inside = place.slice(-1);
    if (before === escape && inside !== "'" && inside !== "#") {
      before = "";
      continue;
    }
    if (inside === "#") place = character === "\n" ? place.slice(0, -1) : place;
    else if (inside === "'") place = character === "'" ? place.slice(0, -1) : place;
    else if (inside === '"') place = inDoubleQuotes(character, before, place, posix);
    else if (inside !== "<") place = inCommand(character, before, place, posix);
    before = character;
  }
  return place;
}

/**
 * @param {string} character
 * @param {string} before
 * @param {string} place
 * @param {boolean} posix
 */
function inDoubleQuotes(character, before, place, posix) {
  if (character === '"') return place.slice(0, -1);
  if (character === "(" && before === "$") return `${place}(`;
  return posix && character === "`" ? `${place}\`` : place;
}

/**
 * @param {string} character
 * @param {string} before
 * @param {string} place
 * @param {boolean} posix
 */
function inCommand(character, before, place, posix) {
  if (character === "#" && (/^\s$/.test(before) || (before && ";(&|".includes(before)))) return `${place}#`;
  if ((character === "<" && before === "<") || (!posix && before === "@" && "'\"".includes(character))) return `${place}<`;
  if ("'\"(".includes(character)) return place + character;
  if (character === ")" && place.endsWith("(")) return place.slice(0, -1);
  if (posix && character === "`") return place.endsWith("`") ? place.slice(0, -1) : `${place}\``;
  return place;
}

/**
 * Show values in the placeholders of a part of a page: quoted in code blocks, as they are elsewhere.
 * @param {ParentNode} root
 * @param {Record<string, string>} values
 */
export function fillIn(root, values) {
  for (const block of root.querySelectorAll(".kb-code")) fillBlock(block, values);
  for (const hole of root.querySelectorAll(".kb-var")) {
    if (hole.closest(".kb-code")) continue;
    show(hole, quote(values[nameOf(hole)] ?? "", "", "text"));
  }
}

/**
 * @param {Element} block
 * @param {Record<string, string>} values
 */
function fillBlock(block, values) {
  if (block.classList.contains("kb-error__message")) return;
  const language = block.getAttribute("data-kb-language") ?? "text";
  const walker = document.createTreeWalker(block.querySelector("code") ?? block, NodeFilter.SHOW_TEXT);
  /** @type {Node[]} filling in replaces nodes, which would lead the walker astray */
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let place = "";
  for (const node of nodes) {
    const hole = node.parentElement?.closest(".kb-var");
    if (!hole) place = placeAfter(node.textContent ?? "", place, language);
    else show(hole, quote(values[nameOf(hole)] ?? "", place, language));
  }
}

/** @param {Element} hole */
const nameOf = (hole) => hole.getAttribute("data-kb-var") ?? "";

/**
 * @param {Element} hole
 * @param {string | null} text null leaves or restores the name
 */
function show(hole, text) {
  hole.textContent = text ?? nameOf(hole);
  hole.toggleAttribute("data-kb-filled", text !== null);
}
