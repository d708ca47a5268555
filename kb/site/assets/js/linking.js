/**
 * What of a pasted text goes into an address, and only when its reader asks for that: addresses stay in a browser's
 * history, and a form's go to its server. What does not fit is said.
 */

import { copyText } from "./copy.js";
import { element } from "./elements.js";
import { spoken } from "./words.js";

/** Characters, as an address spells them, that browsers and servers take. */
const LONGEST = 6000;

/** @param {string} text */
const spelled = (text) => new URLSearchParams({ q: text }).toString().length;

/**
 * As much of a text as an address holds: its start and its end, where logs say what went wrong, with a mark between them.
 * @param {string} text
 * @returns {{text: string, isCut: boolean}}
 */
export function fitting(text) {
  if (text.length <= LONGEST && spelled(text) <= LONGEST) return { text, isCut: false };
  let kept = LONGEST;
  let cut = "";
  do {
    const start = Math.floor(kept / 4);
    cut = `${text.slice(0, start)}\n…\n${text.slice(-(kept - start))}`;
    kept = Math.floor(kept * 0.8);
  } while (spelled(cut) > LONGEST && kept > 0);
  return { text: cut, isCut: true };
}

/** The text that the address links, if it does. */
export const linkedText = () => new URLSearchParams(location.hash.slice(1)).get("q");

/**
 * Put a text into the address's fragment, which goes to no server, or take it out again.
 * @param {string | null} text
 */
function setLinked(text) {
  const hash = text === null ? "" : `#${new URLSearchParams({ q: text })}`;
  history.replaceState(null, "", location.pathname + location.search + hash);
}

/** Take a text that is not the one shown any more out of the address. */
export function forgetLinked() {
  if (linkedText() !== null) setLinked(null);
}

/**
 * A button that makes the address one of a text, and copies it; and where it says what came of that.
 * @param {() => string} textNow
 * @param {string} [label]
 */
export function linkButton(textNow, label = spoken`Link to this error`) {
  const told = element("span", "kb-muted", { "aria-live": "polite" });
  const button = element("button", "kb-button kb-button--quiet", { type: "button" }, label);
  button.addEventListener("click", async () => {
    const text = textNow();
    if (fitting(text).isCut) {
      told.textContent = spoken` Too long for a link: leave the telling lines, and press again.`;
      return;
    }
    setLinked(text);
    told.textContent = (await copyText(location.href))
      ? spoken` Copied. Your text is in it.`
      : spoken` The address is the link now.`;
  });
  return element("p", "kb-hero__link", {}, button, told);
}
