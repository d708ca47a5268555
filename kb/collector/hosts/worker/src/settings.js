/** What a keeper sets, in `wrangler.jsonc`. */

/**
 * @typedef {object} Statement a statement of D1, https://developers.cloudflare.com/d1/worker-api/
 * @property {(...values: unknown[]) => Statement} bind
 * @property {() => Promise<Result>} run
 */

/** @typedef {{ results: Record<string, any>[] }} Result what a statement gives */

/**
 * @typedef {object} Database
 * @property {(text: string) => Statement} prepare
 * @property {(statements: Statement[]) => Promise<Result[]>} batch all of them in order, in one transaction
 */

/**
 * @typedef {object} Env
 * @property {Database} DB
 * @property {string} SITE address of the published site: its entries can be voted on
 * @property {string} [ORIGINS] where pages that may send votes are, with spaces between; the site's where nothing is said
 * @property {string} [METRICS_TOKEN] who may read `/metrics`, as `Authorization: Bearer …`; nobody where nothing is said
 * @property {string} [PER_READER] taps of one reader in ten minutes
 * @property {string} [PER_NETWORK] taps from one network in an hour
 * @property {string} [PER_ANSWER] votes from one network for one signal of one entry in a day
 * @property {string} [PER_SECOND] taps in all
 */

export const DAY = 86_400_000;

/** @param {Env} env */
export function origins(env) {
  const wanted = (env.ORIGINS ?? "").split(" ").filter(Boolean);
  return (wanted.length ? wanted : [env.SITE]).map((address) => new URL(address).origin);
}

/**
 * How much one may ask: so many requests in so many milliseconds.
 * @param {Env} env
 */
export function allowances(env) {
  return {
    reader: allowance(env.PER_READER ?? 60, 600_000),
    network: allowance(env.PER_NETWORK ?? 300, 3_600_000),
    answers: allowance(env.PER_ANSWER ?? 20, DAY),
    everyone: allowance(env.PER_SECOND ?? 500, 1_000),
    once: allowance(1, DAY),
  };
}

/** @typedef {{ within: number, step: number }} Allowance `step` is the time after which one more request is allowed */

/**
 * @param {string | number} requests
 * @param {number} within
 * @returns {Allowance}
 */
function allowance(requests, within) {
  return { within, step: Math.ceil(within / Number(requests)) };
}
