/** The header's menu on narrow screens. It opens without a script; this closes it when the reader turns elsewhere. */

/** @param {ParentNode} root */
export function startMenu(root) {
  const menu = /** @type {HTMLDetailsElement | null} */ (root.querySelector(".kb-menu"));
  if (!menu) return;
  const isOutside = (/** @type {Event} */ event) => !menu.contains(/** @type {Node} */ (event.target));
  const closeOutside = (/** @type {Event} */ event) => {
    if (isOutside(event)) menu.open = false;
  };
  document.addEventListener("pointerdown", closeOutside);
  document.addEventListener("focusin", closeOutside);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
