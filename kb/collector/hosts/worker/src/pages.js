/** The page that a form is answered with, where there is no JavaScript: what was counted, and a way back. */

import { SIGNALS, WORDS_OF_HELPFUL } from "./tables.js";

export const POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** @type {Record<string, string>} */
const WORDS = { ...SIGNALS, ...WORDS_OF_HELPFUL };
/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/**
 * The page for a vote that was kept.
 * @param {import("./asked.js").Asked} asked
 * @param {string} receipt
 * @param {string} action the path that it was sent to
 */
export function thanksPage({ taps: [tap], known }, receipt, action) {
  const words = WORDS[tap.signal];
  if (!tap.on) return page("Taken back", `“${words}” is not counted any more.`, known.url);
  const what = action.endsWith("helpful")
    ? { helpful: "null" }
    : { signal: tap.signal, workaround: tap.workaround, on: "false" };
  const hidden = Object.entries({ entry: tap.entry, receipt, ...what })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join("");
  // It goes to the address of the page itself, whatever folder a proxy has it in.
  const undo = `<form method="post">${hidden}<button>Take it back</button></form>\n`;
  return page("Thank you", `“${words}” is counted.`, known.url, undo);
}

/**
 * The page for a form that was not taken. Where it came from is not known: browsers tell its origin alone.
 * @param {string} message
 */
export const refusalPage = (message) => page("Not counted", message, "");

/**
 * @param {string} title
 * @param {string} text
 * @param {string} url
 * @param {string} [undo]
 */
function page(title, text, url, undo = "") {
  const back = /^https?:\/\//.test(url) ? `<p><a href="${escaped(url)}">Back to the page</a></p>` : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title></head>
<body><main><h1>${title}</h1>
<p>${escaped(text)}</p>
${undo}${back}</main></body></html>
`;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}
