/** On an entry's page: fields for the reader's versions of tools, and what follows from them. */

import { element } from "./elements.js";
import { versionNotes } from "./match/versions.js";
import { spoken } from "./words.js";

const IS_VERSION = /^[vV]?[0-9][\w.+!~-]*$/;

/** @param {ParentNode} root */
export function startVersions(root) {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-kb-versions]"))) start(box);
}

/** @param {HTMLElement} box */
function start(box) {
  /** @type {import("./match/versions.js").Versions} */
  const versions = JSON.parse(box.dataset["kbVersions"] ?? "");
  const notes = box.querySelector("p");
  if (!notes) return;
  notes.setAttribute("role", "status");
  /** @type {Record<string, string>} */
  const given = {};
  for (const tool of new Set(versions.ranges.map((range) => range.tool))) {
    const name = versions.names[tool] ?? tool;
    const input = element("input", "kb-field__input", {
      ...{ type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "60" },
      placeholder: spoken`version`,
    });
    input.addEventListener("input", () => {
      const version = input.value.trim();
      if (IS_VERSION.test(version)) given[tool] = version.replace(/^[vV]/, "");
      else delete given[tool];
      notes.textContent = versionNotes(versions, "", given).join(" ");
    });
    box.append(element("label", "kb-versions__field", {}, spoken`Your ${name} `, input));
  }
}
