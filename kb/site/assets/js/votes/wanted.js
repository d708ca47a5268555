/**
 * An error that nothing was found for may be told to the keepers, who write entries about what many look for: its words
 * without any value, which are shown before, and only when its reader presses the button.
 */

import { collectorUrl } from "../addresses.js";
import { element } from "../elements.js";
import { withoutValues } from "../match/wording.js";
import { send } from "./sending.js";
import { keptToken } from "./taps.js";
import { spoken } from "../words.js";

/** Words that have to be left, for the collector to take them. */
const FEWEST_WORDS = 2;

/**
 * The button, what it sends, and what came of that; nothing where nobody counts, or nothing is left of the text.
 * @param {string} text
 */
export function wantedButton(text) {
  const url = collectorUrl();
  const skeleton = withoutValues(text);
  if (!url || skeleton.split(" ").filter((word) => word !== "*").length < FEWEST_WORDS) return "";
  const button = element("button", "kb-button kb-button--quiet", { type: "button" }, spoken`Tell the keepers`);
  const told = element(
    "span",
    "",
    { role: "status" },
    spoken`that this is missing. Only these words are sent, no value:`,
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await send(`${url}/v1/missing`, { skeleton, token: keptToken() });
      told.textContent = spoken`Told. What many look for is written first. These words were sent:`;
    } catch (error) {
      const why = reason(error);
      told.textContent = spoken`Not told: ${why} Press again later. These words would be sent:`;
      button.disabled = false;
    }
  });
  return element("p", "kb-hero__link kb-wanted", {}, button, " ", told, " ", element("code", "", {}, skeleton));
}

/** @param {unknown} error */
const reason = (error) =>
  error instanceof Error && error.name === "Refused" ? error.message : spoken`the counter can't be reached.`;
