/** What counts as a word. The twin of `kb/match/words.py`. */

// Scripts without spaces between words (Chinese, Japanese) count each character.
const UNSPACED = "\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const SPACED_LETTERS =
  "a-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2dff\\u3105-\\u33ff" +
  "\\ua000-\\ud7ff\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\u{10000}-\\u{1efff}";
const SPACED = `0-9${SPACED_LETTERS}`;

/** A word of a folded text. */
export const WORD = new RegExp(`[${SPACED}]+|[${UNSPACED}]`, "gu");
/** A character that a word of a folded text may go on with. */
export const WORD_CHARACTER = new RegExp(`^[${SPACED}]`, "u");
/** What stands between white space in a folded text. */
export const RUN = /[^ \n]+/g;
