/** How a request is answered: as JSON, as a page, or with counts that have a tag. */

import { JSON_TYPE } from "./asked.js";
import { POLICY } from "./pages.js";
import { sha256 } from "./readers.js";
import { origins } from "./settings.js";

/** @typedef {import("./settings.js").Env} Env */
/** @typedef {Record<string, string>} Headers */

const PUBLIC = {
  "Access-Control-Allow-Origin": "*",
  "Cache-Control": "public, max-age=15",
  "X-Content-Type-Options": "nosniff",
};
/** Of what is for one reader alone. */
export const PRIVATE = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/**
 * @param {Request} request
 * @param {Env} env
 * @param {object} said
 * @param {number} [status]
 * @param {Headers} [headers]
 */
export function answer(request, env, said, status = 200, headers = {}) {
  return Response.json(said, { status, headers: { ...PRIVATE, ...crossOrigin(request, env), ...headers } });
}

/**
 * @param {string} page
 * @param {number} status
 * @param {Headers} [more]
 */
export function html(page, status, more = {}) {
  const headers = {
    ...PRIVATE,
    ...more,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
  };
  return new Response(page, { status, headers });
}

/** @param {object} value */
export async function tagged(value) {
  const body = JSON.stringify(value);
  return { body, etag: `"${(await sha256(body)).slice(0, 20)}"` };
}

/**
 * @param {Request} request
 * @param {{ body: string, etag: string }} what
 */
export function served(request, { body, etag }) {
  const headers = { ...PUBLIC, ETag: etag };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (known.includes(etag) || known.includes("*")) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "Content-Type": JSON_TYPE } });
}

/**
 * What lets a browser show the answer to a page of the site, a refusal too.
 * @param {Request} request
 * @param {Env} env
 * @returns {Headers}
 */
export function crossOrigin(request, env) {
  const origin = request.headers.get("origin") ?? "";
  if (!origins(env).includes(origin)) return { Vary: "Origin" };
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After", Vary: "Origin" };
}
