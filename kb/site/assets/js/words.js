/**
 * Marks what a script says to its reader. The words of the site's language are put in when it is built
 * (`kb/words/scripts.py`), and no page loads this module: it is for tests, which run the sources.
 */

/**
 * A message, in which `${name}` is the only thing that varies.
 * @param {TemplateStringsArray} parts
 * @param {...unknown} values
 */
export const spoken = (parts, ...values) => parts.reduce((text, part, at) => `${text}${values[at - 1]}${part}`);

/**
 * The form of a message for a number.
 * @param {number} count
 * @param {string} one
 * @param {string} more
 */
export const spokenOf = (count, one, more) => (count === 1 ? one : more);
