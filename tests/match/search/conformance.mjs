/**
 * Search an index with the JavaScript of the site in Node: prints one line of JSON for each query, what it finds.
 * Arguments: the folder of the index, a file of JSON lines `{"query", "only", "typed"}`.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { search } from "../../../kb/site/assets/js/search/ranking.js";
import { SearchIndex } from "../../../kb/site/assets/js/search/reading.js";

const [folder, queries] = process.argv.slice(2);
const index = await SearchIndex.open((name) => readFile(join(folder, name)));
for (const line of (await readFile(queries, "utf8")).split("\n").filter(Boolean)) {
  const { query, only, typed } = JSON.parse(line);
  const { isKnown, total, results, corrected, unknown } = await search(query, index, { only, isTyped: typed });
  const found = results.map(({ shown, score, share }) => [shown.id, score, share]);
  console.log(JSON.stringify({ isKnown, total, found, corrected, unknown }));
}
