/**
 * Run conformance vectors against the JavaScript matcher in Node: prints one line of JSON for each, its answers.
 * Arguments: the folder of the index, the file of vectors.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Matcher } from "../../kb/site/assets/js/match/matcher.js";

const [folder, vectors] = process.argv.slice(2);
const matcher = await Matcher.fromFiles((name) => readFile(join(folder, name)));
for (const line of (await readFile(vectors, "utf8")).split("\n").filter(Boolean)) {
  console.log(JSON.stringify(await matcher.match(JSON.parse(line).text, 5)));
}
