/** What the worker makes of texts and addresses. Arguments: the worker's folder, and a file `{texts, addresses}`. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, cases] = process.argv.slice(2);
const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, "src", name)).href);
const { withoutValues } = await load("match/wording.js");
const { shortened } = await load("readers.js");
const { texts, addresses } = JSON.parse(await readFile(cases, "utf8"));
console.log(JSON.stringify({ texts: texts.map(withoutValues), addresses: addresses.map(shortened) }));
