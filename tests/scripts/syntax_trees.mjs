/**
 * Whether scripts say the same as others, by their syntax trees. Arguments: two folders. Prints the names of those that
 * don't, as JSON.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsers } from "../../scripts/javascript/node_modules/prettier/plugins/babel.mjs";

/** What a tree says of places, of comments, and of parentheses, which it does not need. */
const ASIDE =
  /^(?:start|end|loc|range|tokens|comments|.*Comments|parenStart|parenthesized|trailingComma|__contentEnd)$/;

function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (!node || typeof node !== "object") return node;
  // Kept where a comment before it says a type.
  if (node.type === "ParenthesizedExpression") return bare(node.expression);
  const said = Object.entries(node).filter(([name]) => !ASIDE.test(name));
  const known = said.map(([name, value]) => [name, bare(value)]);
  return Object.fromEntries(known.filter(([name, value]) => name !== "extra" || Object.keys(value).length));
}

const treeOf = async (folder, name) =>
  JSON.stringify(bare(await parsers.babel.parse(await readFile(join(folder, name), "utf8"), {})));

const [folder, other] = process.argv.slice(2);
const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
const different = [];
for (const name of names) if ((await treeOf(folder, name)) !== (await treeOf(other, name))) different.push(name);
console.log(JSON.stringify({ count: names.length, different }));
