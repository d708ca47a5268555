/** The Worker: what Cloudflare calls for each request, and once an hour. */

import { answered } from "./answering.js";
import { sweep } from "./limits.js";
import { todaysSalt } from "./readers.js";

export default {
  /**
   * @param {Request} request
   * @param {import("./settings.js").Env} env
   */
  fetch: (request, env) => answered(request, env),

  /**
   * A day ends though nobody votes: its salt is deleted then, and what was used up and is full again.
   * @param {unknown} _
   * @param {import("./settings.js").Env} env
   */
  async scheduled(_, env) {
    await todaysSalt(env.DB);
    await sweep(env.DB);
  },
};
