/** Why a request is not taken: each reason has a status, a word for programs and a sentence for people. */

export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} word
   * @param {string} message
   * @param {number} [retryAfter] seconds until it is worth another try
   */
  constructor(status, word, message, retryAfter) {
    super(message);
    this.status = status;
    this.word = word;
    this.retryAfter = retryAfter;
  }
}

/** What is said while the database can't be used. */
export function unavailable() {
  return new Refusal(503, "unavailable", "The votes can't be kept right now. Nothing was counted; try again.", 5);
}

/**
 * Write a line of the log: words and numbers of ours, nothing of a request.
 * @param {string} event
 * @param {Record<string, string | number>} fields
 */
export function log(event, fields) {
  console.log(JSON.stringify({ event, ...fields }));
}
