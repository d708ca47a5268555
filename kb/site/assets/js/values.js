/** An entry's page: the fields for the reader's values, which the address's fragment may bring along. */

import { valuesOf } from "./addresses.js";
import { element } from "./elements.js";
import { startFields } from "./fields.js";
import { spoken } from "./words.js";

/** @param {Document} document */
export function startValues(document) {
  const entry = document.querySelector(".kb-entry");
  if (!entry) return;
  const fields = startFields([...entry.querySelectorAll(".kb-summary, .kb-workarounds, .kb-section")]);
  const note = element("p", "kb-filled", { role: "status" });
  note.hidden = true;
  entry.querySelector(".kb-workarounds > h2")?.after(note);
  const update = () => {
    if (location.hash.startsWith("#fill:")) showValues(fields, note, valuesOf(location.hash));
  };
  addEventListener("hashchange", update);
  update();
}

/**
 * @param {import("./fields.js").Fields} fields
 * @param {HTMLElement} note
 * @param {Record<string, string>} values
 */
function showValues(fields, note, values) {
  const filled = fields.show(values);
  note.hidden = filled.length === 0;
  const clear = element("button", "kb-filled__clear", { type: "button" }, spoken`Show the names again`);
  clear.addEventListener("click", () => {
    history.replaceState(null, "", location.pathname + location.search);
    showValues(fields, note, {});
  });
  note.replaceChildren(spoken`Filled in from your message: `, ...listed(filled, values), ". ", clear);
}

/**
 * @param {string[]} names
 * @param {Record<string, string>} values
 */
function listed(names, values) {
  return names.flatMap((name, number) => [number ? ", " : "", element("b", "", {}, name), ` = ${values[name] ?? ""}`]);
}
