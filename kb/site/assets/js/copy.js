/** Copy buttons: each copies the text of the code block that it stands in. */

import { spoken } from "./words.js";

const SHOWN_MS = 1600;

/**
 * Show the copy buttons and let them work. They come hidden, because they do nothing without this script.
 * @param {ParentNode} root
 */
export function startCopyButtons(root) {
  for (const found of root.querySelectorAll("[data-kb-copy]")) {
    const button = /** @type {HTMLButtonElement} */ (found);
    button.hidden = false;
    button.addEventListener("click", () => copyFrom(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copyFrom(button) {
  const code = button.parentElement?.querySelector("code");
  const text = (code?.textContent ?? "").replace(/\n$/, "");
  const copied = await copyText(text);
  const isOpen = code?.querySelector("[data-kb-place]:not([data-kb-filled])");
  const done = isOpen ? spoken`Copied, not filled in` : spoken`Copied`;
  button.textContent = copied ? done : spoken`Press Ctrl+C`;
  if (!copied && code) window.getSelection()?.selectAllChildren(code);
  setTimeout(() => {
    button.textContent = spoken`Copy`;
  }, SHOWN_MS);
}

/**
 * Put text on the clipboard. Browsers refuse this without HTTPS or focus.
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there now
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
