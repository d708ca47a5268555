/**
 * Cloudflare in small, on loopback: a worker in their own runtime, with a D1 database in a folder.
 * Arguments: the worker's first module, a folder for the database, and the worker's settings as JSON.
 * Says where it listens as `kb votes serve` does, and passes on what the worker logs.
 */

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Miniflare } from "miniflare";

const [entry, database, settings] = process.argv.slice(2);
const folder = join(dirname(entry), "..");
const say = (/** @type {object} */ line) => process.stderr.write(`${JSON.stringify(line)}\n`);

const cloud = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  modules: true,
  modulesRoot: folder,
  modulesRules: [{ type: "ESModule", include: ["**/*.js"] }],
  scriptPath: entry,
  compatibilityDate: "2026-07-01",
  d1Databases: { DB: "votes" },
  d1Persist: database,
  bindings: JSON.parse(settings),
  handleRuntimeStdio(out, errors) {
    for (const stream of [out, errors]) {
      stream.setEncoding("utf8").on("data", (text) => {
        for (const said of text.split("\n").filter(Boolean)) say({ event: "worker", said });
      });
    }
  },
});
const address = await cloud.ready;
const db = await cloud.getD1Database("DB");
const { n: tables } = await db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'votes'").first();
if (!tables) {
  for (const name of (await readdir(join(folder, "migrations"))).sort()) {
    const text = (await readFile(join(folder, "migrations", name), "utf8")).replace(/^--.*$/gm, "");
    await db.batch(
      text
        .split(";")
        .filter((statement) => statement.trim())
        .map((statement) => db.prepare(statement)),
    );
  }
}
say({ event: "listening", port: Number(address.port) });
process.on("SIGTERM", async () => {
  await cloud.dispose();
  process.exit(0);
});
