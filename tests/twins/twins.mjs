/**
 * What the JavaScript twins answer to many texts and issues, in Node. Arguments: a folder with the index of signatures,
 * a file `{texts, issues}` and the file to write `{answers, reports, wordings}` to, as JSON.
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Matcher } from "../../kb/site/assets/js/match/matcher.js";
import { analyse, textToMatch } from "../../kb/site/assets/js/report/analysis.js";
import { withoutValues } from "../../kb/site/assets/js/match/wording.js";
import { toMarkdown } from "../../kb/site/assets/js/report/markdown.js";

const [folder, cases, found] = process.argv.slice(2);
const { texts, issues } = JSON.parse(await readFile(cases, "utf8"));
const matcher = await Matcher.fromFiles((name) => readFile(join(folder, name)));
const answers = [];
for (const text of texts) answers.push(await matcher.match(text, 5));
const reports = issues.map(({ snapshot, known }) => {
  const report = analyse(snapshot, known);
  return { report, markdown: toMarkdown(report), text: textToMatch(snapshot) };
});
await writeFile(found, JSON.stringify({ answers, reports, wordings: texts.map(withoutValues) }));
