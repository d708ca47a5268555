/**
 * What was pasted into a box of one line, whole. Such a box drops line ends, and a log without them is another text: words
 * of two lines become one.
 */

/** Share of characters that are none, from which on a text is no text; as in `kb/cli/match.py`. */
const MOST_UNREADABLE = 0.1;

/** @typedef {{shown: string, text: string}} Pasted */

/**
 * Keep what is pasted into a box whole. Returns what gives the box's text: the pasted one while the box shows it unchanged.
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @returns {() => string}
 */
export function keepPasted(input) {
  /** @type {Pasted | null} */
  let pasted = null;
  if (input instanceof HTMLInputElement) {
    input.addEventListener("paste", (event) => {
      const { clipboardData } = /** @type {ClipboardEvent} */ (event);
      const text = (clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
      if (!text.includes("\n")) return;
      event.preventDefault();
      const [start, end] = [input.selectionStart ?? 0, input.selectionEnd ?? input.value.length];
      const [before, after] = [input.value.slice(0, start), input.value.slice(end)];
      input.setRangeText(text.replaceAll("\n", " "), start, end, "end");
      pasted = { shown: input.value, text: before + text + after };
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  return () => (pasted?.shown === input.value ? pasted.text : input.value);
}

/**
 * Whether a text can be one that a program printed.
 * @param {string} text
 */
export function isText(text) {
  return (text.match(/[\0\ufffd]/g)?.length ?? 0) <= text.length * MOST_UNREADABLE;
}
