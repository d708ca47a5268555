/** The worker with a clock that a test sets, in milliseconds from 1970; `X-Hourly` is what its timer does. */

import worker from "./index.js";

export default {
  /**
   * @param {Request} request
   * @param {any} env
   */
  async fetch(request, env) {
    const now = Number(request.headers.get("x-now"));
    if (now) Date.now = () => now;
    if (!request.headers.has("x-hourly")) return worker.fetch(request, env);
    await worker.scheduled(null, env);
    return new Response(null, { status: 204 });
  },
};
