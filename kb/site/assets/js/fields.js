/** Fields for the placeholders of commands: one each, below the first command that needs it; they fill in all of them. */

import { element } from "./elements.js";
import { complaint, fillIn, holesOf, nameOf, placeOf } from "./holes.js";
import { spoken } from "./words.js";

let made = 0;

/** @typedef {{show(values: Record<string, string>): string[]}} Fields `show` gives the names that were filled in. */

/**
 * @param {ParentNode[]} parts of the page that are filled in together
 * @returns {Fields}
 */
export function startFields(parts) {
  /** @type {Record<string, string>} */
  let values = {};
  /** @type {Map<string, {input: HTMLInputElement, check: () => void}>} */
  const fields = new Map();
  const update = () => parts.forEach((part) => fillIn(part, values));
  const holes = parts.flatMap(holesOf);
  for (const hole of holes) {
    const block = hole.closest(".kb-code");
    const name = nameOf(hole);
    if (!block || fields.has(name) || placeOf(hole).grammar === "never" || placeOf(hole).context === "comment")
      continue;
    const field = makeField(
      name,
      holes.filter((other) => nameOf(other) === name),
      (value) => {
        values = { ...values, [name]: value };
        update();
      },
    );
    groupBelow(block).append(field.row);
    fields.set(name, field);
  }
  return {
    show(given) {
      values = given;
      update();
      const filled = new Set(holes.filter((hole) => hole.hasAttribute("data-kb-filled")).map(nameOf));
      for (const [name, { input, check }] of fields) {
        // What doesn't fit anywhere isn't shown at all: a link may bring any text.
        input.value = filled.has(name) ? (given[name] ?? "") : "";
        check();
      }
      return [...filled];
    },
  };
}

/**
 * The fields below a command.
 * @param {Element} block
 */
function groupBelow(block) {
  const next = block.nextElementSibling;
  if (next?.classList.contains("kb-fields")) return next;
  const group = element("div", "kb-fields", {
    role: "group",
    "aria-label": spoken`Your values in the commands`,
  });
  block.after(group);
  return group;
}

/**
 * @param {string} name
 * @param {HTMLElement[]} holes
 * @param {(value: string) => void} onValue
 */
function makeField(name, holes, onValue) {
  const id = `kb-field-${(made += 1)}`;
  const label = element("label", "kb-field__label", { for: id }, `<${name}>`);
  const input = element("input", "kb-field__input", {
    ...{ id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "500" },
    ...{ placeholder: spoken`your value`, "aria-describedby": `${id}-message` },
  });
  const message = element("span", "kb-field__message", { id: `${id}-message`, role: "status" });
  const check = () => {
    message.textContent = complaint(input.value.trim(), holes);
    input.toggleAttribute("aria-invalid", false);
    if (message.textContent) input.setAttribute("aria-invalid", "true");
  };
  input.addEventListener("input", () => {
    onValue(input.value.trim());
    check();
  });
  for (const hole of holes) hole.addEventListener("click", () => input.focus());
  return { row: element("div", "kb-field", {}, label, input, message), input, check };
}
