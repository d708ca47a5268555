/** Texts without certain characters at their ends, as Python strips them. */

/**
 * A text without the characters of `set` at its end.
 * @param {string} text
 * @param {string} set
 */
export function trimEnd(text, set) {
  let end = text.length;
  while (end > 0 && set.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/**
 * A text without the characters of `set` at its start.
 * @param {string} text
 * @param {string} set
 */
export function trimStart(text, set) {
  let start = 0;
  while (start < text.length && set.includes(text[start])) start += 1;
  return text.slice(start);
}
