/** An entry's page for a reader whose message was matched: shows the values of the address's fragment. */

import { valuesOf } from "./addresses.js";
import { element } from "./elements.js";
import { fillIn } from "./fill.js";

/** @param {Document} document */
export function startValues(document) {
  const entry = document.querySelector(".kb-entry");
  if (!entry) return;
  const note = element("p", "kb-filled", { role: "status" });
  note.hidden = true;
  entry.querySelector(".kb-workarounds > h2")?.after(note);
  const update = () => {
    if (location.hash.startsWith("#fill:")) showValues(entry, note, valuesOf(location.hash));
  };
  addEventListener("hashchange", update);
  update();
}

/**
 * @param {Element} entry
 * @param {HTMLElement} note
 * @param {Record<string, string>} values
 */
function showValues(entry, note, values) {
  for (const part of entry.querySelectorAll(".kb-summary, .kb-workarounds, .kb-section")) fillIn(part, values);
  const filled = [...new Set([...entry.querySelectorAll("[data-kb-filled]")].map((hole) => hole.getAttribute("data-kb-var") ?? ""))];
  note.hidden = filled.length === 0;
  const clear = element("button", "kb-filled__clear", { type: "button" }, "Show the names again");
  clear.addEventListener("click", () => {
    history.replaceState(null, "", location.pathname + location.search);
    showValues(entry, note, {});
  });
  note.replaceChildren("Filled in from your message: ", ...listed(filled, values), ". ", clear);
}

/**
 * @param {string[]} names
 * @param {Record<string, string>} values
 */
function listed(names, values) {
  return names.flatMap((name, number) => [number ? ", " : "", element("b", "", {}, name), ` = ${values[name] ?? ""}`]);
}
