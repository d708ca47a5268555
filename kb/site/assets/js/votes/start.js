/** Votes of readers: counted by a collector where the site has one, and else by forms on GitHub. */

import { ROOT, collectorUrl } from "../addresses.js";

/** @param {Document} document */
export function startVotes(document) {
  const url = collectorUrl();
  if (!url) {
    const early = earlyTaps(document);
    import("./forms.js").then(({ startForms }) => startForms(document, early()));
  } else if (document.querySelector("[data-kb-taps]"))
    import("./page.js").then(({ startTaps }) => startTaps(document, url));
  else if (hasTaps()) import("./sending.js").then(({ sendWaiting }) => sendWaiting(url));
}

/**
 * Note the taps on links until what remembers them is loaded; the function returned ends that and gives them.
 * @param {Document} document
 * @returns {() => Element[]}
 */
function earlyTaps(document) {
  /** @type {Element[]} */
  const taps = [];
  /** @param {Event} event */
  const note = ({ target }) => {
    const link = target instanceof Element && target.closest("a[data-kb-vote]");
    if (link) taps.push(link);
  };
  document.addEventListener("click", note);
  return () => {
    document.removeEventListener("click", note);
    return taps;
  };
}

/** Whether this device has said anything, some of which may not have been sent yet. */
function hasTaps() {
  try {
    return localStorage.getItem(`kb-taps:${ROOT.pathname}`) !== null;
  } catch {
    return false;
  }
}
