/** The collector over HTTP: which path takes what, from whom, and what it answers. */

import { PRIVATE, answer, crossOrigin, html, served, tagged } from "./answers.js";
import { FORM_TYPE, JSON_TYPE, bodyOf, fieldsOf, readHelpful, readMissing, readOutcome, readVote } from "./asked.js";
import { catalogOf, find } from "./catalog.js";
import { allCounts, countsOf, lookFor, record, report, revisionOf } from "./ledger.js";
import { allow } from "./limits.js";
import { adding, count, measured } from "./measures.js";
import { refusalPage, thanksPage } from "./pages.js";
import { networkOf, readerOf, receiptOf, shortened, todaysSalt } from "./readers.js";
import { Refusal, log, unavailable } from "./refusals.js";
import { allowances, origins } from "./settings.js";
import { withoutValues } from "./match/wording.js";

/** @typedef {import("./settings.js").Env} Env */

const COUNTS = "/v1/counts/";
const FEWEST_WORDS = 2;
/** Milliseconds for which an isolate gives the list of all counts from memory. */
const OFTEN = 1_000;

/** @type {Record<string, Record<string, (request: Request, env: Env) => Promise<Response>>>} */
const PATHS = {
  "/v1/votes": { POST: (request, env) => vote(request, env, readVote), OPTIONS: preflight },
  "/v1/helpful": { POST: (request, env) => vote(request, env, readHelpful), OPTIONS: preflight },
  "/v1/missing": { POST: missing, OPTIONS: preflight },
  "/v1/outcomes": { POST: outcomes },
  "/v1/counts.json": { GET: everyCount },
  [COUNTS]: { GET: counts },
  "/healthz": { GET: health },
  "/metrics": { GET: metrics },
};

/**
 * @param {Request} request
 * @param {Env} env
 * @returns {Promise<Response>}
 */
export async function answered(request, env) {
  try {
    return await routed(request, env);
  } catch (error) {
    if (error instanceof Refusal) return refused(request, env, error);
    log("broken", { failure: error instanceof Error ? error.name : "" });
    return answer(request, env, { error: "broken", message: "Something broke here. Nothing was counted." }, 500);
  }
}

/**
 * @param {Request} request
 * @param {Env} env
 */
async function routed(request, env) {
  const { pathname } = new URL(request.url);
  const path = pathname.startsWith(COUNTS) ? COUNTS : pathname;
  const methods = Object.hasOwn(PATHS, path) ? PATHS[path] : null;
  if (!methods) return answer(request, env, { error: "not-found", message: "Not Found" }, 404);
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (!Object.hasOwn(methods, method)) {
    const allowed = { Allow: Object.keys(methods).join(", ") };
    return answer(request, env, { error: "wrong-method", message: "Method Not Allowed" }, 405, allowed);
  }
  return methods[method](request, env);
}

/**
 * @param {Request} request
 * @param {Env} env
 * @param {typeof readVote} read
 */
async function vote(request, env, read) {
  const kind = kindOf(request, [JSON_TYPE, FORM_TYPE]);
  const isForm = kind === FORM_TYPE;
  checkOrigin(request, env, isForm);
  const fields = fieldsOf(await bodyOf(request), kind);
  const asked = read(fields, await catalogOf(env.SITE), isForm);
  const { receipt, ...said } = await intoDatabase(() => counted(request, env, asked));
  if (isForm) {
    return html(thanksPage(asked, receipt, new URL(request.url).pathname), 200);
  }
  return answer(request, env, { entry: asked.known.id, receipt, ...said });
}

/**
 * Keep a vote; gives its receipt, and the counts of its entry.
 * @param {Request} request
 * @param {Env} env
 * @param {import("./asked.js").Asked} asked
 */
async function counted(request, env, asked) {
  const address = addressOf(request);
  const salt = await todaysSalt(env.DB);
  const receipt = await receiptOf(salt, address, asked.token);
  const network = await networkOf(salt, address);
  const receipts = new Set([receipt, asked.receipt || receipt]);
  const readers = await Promise.all([...receipts].map(readerOf));
  const { everyone, network: ofNetwork, reader, answers } = allowances(env);
  const [{ entry, workaround, signal, on }] = asked.taps;
  /** @type {import("./limits.js").Wanted[]} */
  const wanted = [
    [everyone, "everyone"],
    [ofNetwork, "network", address],
    [reader, "reader", address, asked.token],
  ];
  if (on) wanted.push([answers, "answers", address, entry, workaround, signal]);
  await allow(env.DB, salt, wanted, [readers[0], network]);
  const write = (/** @type {import("./settings.js").Statement} */ measures) => {
    return record(env.DB, asked, readers, network, [measures]);
  };
  return { receipt, ...(await adding(env.DB, write, ["kb_votes_kept_total"])) };
}

/**
 * @param {Request} request
 * @param {Env} env
 */
async function missing(request, env) {
  kindOf(request, [JSON_TYPE]);
  checkOrigin(request, env, false);
  const { text, token } = readMissing(fieldsOf(await bodyOf(request), JSON_TYPE));
  const skeleton = withoutValues(text);
  if (skeleton.split(" ").filter((word) => word && word !== "*").length < FEWEST_WORDS) {
    throw new Refusal(400, "no-words", "Nothing is left of this error without its values.");
  }
  const address = addressOf(request);
  const { everyone, network, answers, reader, once } = allowances(env);
  await intoDatabase(async () => {
    await allow(env.DB, await todaysSalt(env.DB), [
      [everyone, "everyone"],
      [network, "network", address],
      [answers, "missing", address],
      [reader, "reader", address, token],
      [once, "missing", address, token, skeleton],
    ]);
    await lookFor(env.DB, skeleton);
  });
  return answer(request, env, { kept: true });
}

/**
 * What agents report: they are no page, so what has an origin is not taken.
 * @param {Request} request
 * @param {Env} env
 */
async function outcomes(request, env) {
  kindOf(request, [JSON_TYPE]);
  if (request.headers.has("origin")) {
    throw new Refusal(403, "foreign-origin", "Outcomes are reported by programs, not by pages.");
  }
  const outcome = readOutcome(fieldsOf(await bodyOf(request), JSON_TYPE), await catalogOf(env.SITE));
  const address = addressOf(request);
  const { everyone, network, answers } = allowances(env);
  await intoDatabase(async () => {
    await allow(env.DB, await todaysSalt(env.DB), [
      [everyone, "everyone"],
      [network, "network", address],
      [answers, "outcome", address, outcome.entry, outcome.workaround],
    ]);
    await report(env.DB, outcome);
  });
  return answer(request, env, { kept: true });
}

/**
 * @param {Request} request
 * @param {Env} env
 */
async function counts(request, env) {
  const known = find(await catalogOf(env.SITE), decoded(new URL(request.url).pathname.slice(COUNTS.length)));
  const its = await fromDatabase(() => countsOf(env.DB, known));
  return served(request, await tagged({ entry: known.id, ...its }));
}

/** What this isolate gave last for all counts. */
/** @type {{ body: string, etag: string, revision: number, at: number } | undefined} */
let list;

/**
 * @param {Request} request
 * @param {Env} env
 */
async function everyCount(request, env) {
  const entries = await catalogOf(env.SITE);
  if (!list || Date.now() - list.at >= OFTEN) {
    const at = Date.now();
    const revision = await fromDatabase(() => revisionOf(env.DB));
    const isSame = list?.revision === revision;
    const made =
      isSame && list ? list : await tagged({ entries: await fromDatabase(() => allCounts(env.DB, entries)) });
    list = { ...made, revision, at };
  }
  return served(request, list);
}

/**
 * @param {Request} request
 * @param {Env} env
 */
async function health(request, env) {
  await fromDatabase(() => revisionOf(env.DB));
  await catalogOf(env.SITE);
  return answer(request, env, { status: "ok" });
}

/**
 * @param {Request} request
 * @param {Env} env
 */
async function metrics(request, env) {
  if (!env.METRICS_TOKEN || request.headers.get("authorization") !== `Bearer ${env.METRICS_TOKEN}`) {
    return answer(request, env, { error: "not-found", message: "Not Found" }, 404);
  }
  const entries = new Set((await catalogOf(env.SITE)).values()).size;
  const text = await fromDatabase(() => measured(env.DB, entries));
  return new Response(text, { headers: { ...PRIVATE, "Content-Type": "text/plain; version=0.0.4; charset=utf-8" } });
}

/**
 * Whether a browser may send JSON from the page that it shows. https://fetch.spec.whatwg.org/#http-cors-protocol
 * @param {Request} request
 * @param {Env} env
 */
async function preflight(request, env) {
  checkOrigin(request, env, false);
  const allowed = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
  };
  return new Response(null, { status: 204, headers: { ...crossOrigin(request, env), ...allowed } });
}

/**
 * @param {Request} request
 * @param {Env} env
 * @param {Refusal} refusal
 */
function refused(request, env, { status, word, message, retryAfter }) {
  count("kb_votes_refused_total", word);
  /** @type {Record<string, string>} */
  const headers = retryAfter ? { "Retry-After": String(retryAfter) } : {};
  if (mediaType(request) === FORM_TYPE) {
    return html(refusalPage(message), status, headers);
  }
  const said = { error: word, message, ...(retryAfter ? { retry_after: retryAfter } : {}) };
  return answer(request, env, said, status, headers);
}

/**
 * Let something be written. Whatever breaks, nobody may be told that a vote counts.
 * @template Value
 * @param {() => Promise<Value>} write
 */
async function intoDatabase(write) {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    count("kb_votes_failed_total");
    log("not-kept", { failure: error instanceof Error ? error.name : "" });
    throw unavailable();
  }
}

/**
 * Ask the database.
 * @template Value
 * @param {() => Promise<Value>} read
 */
async function fromDatabase(read) {
  try {
    return await read();
  } catch (error) {
    log("not-read", { failure: error instanceof Error ? error.name : "" });
    throw unavailable();
  }
}

/**
 * @param {Request} request
 * @param {string[]} kinds
 */
function kindOf(request, kinds) {
  const kind = mediaType(request);
  if (!kinds.includes(kind)) throw new Refusal(415, "wrong-type", `Send ${JSON_TYPE}.`);
  return kind;
}

/** @param {Request} request */
function mediaType(request) {
  return (request.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
}

/**
 * Only pages of the site may send votes; the page that thanks for a form is our own. Throws Refusal.
 * @param {Request} request
 * @param {Env} env
 * @param {boolean} isForm
 */
function checkOrigin(request, env, isForm) {
  const origin = request.headers.get("origin") ?? "";
  const isOwn = isForm && URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
  if (!isOwn && !origins(env).includes(origin)) {
    throw new Refusal(403, "foreign-origin", "Votes come from the pages of the site alone.");
  }
}

/**
 * The network of who asks. Cloudflare says the address, whatever a reader put there.
 * https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 * @param {Request} request
 */
function addressOf(request) {
  return shortened(request.headers.get("cf-connecting-ip") ?? "");
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
