/** Votes of readers: counted by a collector where the site has one, and else by forms on GitHub. */

import { ROOT, collectorUrl } from "../addresses.js";

/** @param {Document} document */
export function startVotes(document) {
  const url = collectorUrl();
  if (!url) import("./forms.js").then(({ startForms }) => startForms(document));
  else if (document.querySelector("[data-kb-taps]"))
    import("./page.js").then(({ startTaps }) => startTaps(document, url));
  else if (hasTaps()) import("./sending.js").then(({ sendWaiting }) => sendWaiting(url));
}

/** Whether this device has said anything, some of which may not have been sent yet. */
function hasTaps() {
  try {
    return localStorage.getItem(`kb-taps:${ROOT.pathname}`) !== null;
  } catch {
    return false;
  }
}
