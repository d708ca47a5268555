#!/usr/bin/env bash
# node-html-markdown changes code that stands in a list: empty lines go, two spaces come behind each line, and the list ends there.
#
# Packages: node-html-markdown 2.0.0, beside turndown 7.2.5; markdown-it 15.0.3 shows what the Markdown says. Node.js 20 or newer.
# Expected: CommonMark 0.31.2, sections 4.5 and 5.2: a fenced block takes its lines as they are, and belongs to a list's item where it is indented as far
#   as the item's text. So of `<ol><li>Run:<pre><code>…</code></pre></li>…</ol>`, the steps of a guide, the code is in the item, unchanged.
# Seen: the fence is not indented, so it ends the list; the empty line in the code is left out, and lines have two spaces behind them: Markdown's
#   line break, which is none in code. A here-document or a patch that is copied from there is another one. turndown gives the
#   code as it was, in the item. Outside of a list node-html-markdown does, too.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-html-markdown@2.0.0 turndown@7.2.5 markdown-it@15.0.3
cat > main.mjs <<'JS'
import MarkdownIt from "markdown-it";
import { NodeHtmlMarkdown } from "node-html-markdown";
import Turndown from "turndown";
const turndown = new Turndown({ codeBlockStyle: "fenced" });
const code = "cd app\n\nnpm ci\nnpm test";
const block = `<pre><code>${code}</code></pre>`;
for (const [where, page] of [
  ["in a list", `<ol><li>Run:${block}</li><li>Go on</li></ol>`],
  ["alone", `<p>Run:</p>${block}`],
]) {
  for (const [name, markdown] of [
    ["node-html-markdown", NodeHtmlMarkdown.translate(page)],
    ["turndown", turndown.turndown(page)],
  ]) {
    const tokens = new MarkdownIt("commonmark").parse(markdown, {});
    const fence = tokens.find((token) => token.type === "fence");
    console.log(where, name, JSON.stringify(fence.content.trim()), "depth", fence.level);
  }
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
in a list node-html-markdown "cd app  \nnpm ci  \nnpm test" depth 0
in a list turndown "cd app\n\nnpm ci\nnpm test" depth 2
alone node-html-markdown "cd app\n\nnpm ci\nnpm test" depth 0
alone turndown "cd app\n\nnpm ci\nnpm test" depth 0
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: node-html-markdown writes code in lists otherwise"
  exit 1
fi
echo "as described: code in a list is not what it was"
