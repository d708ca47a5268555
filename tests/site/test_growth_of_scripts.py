"""Four times the paste takes the scripts about four times as long, whatever it says: measured in a real browser."""

import json

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UNITS = {
    "prose": "The server is shut, so the client waits a while and asks again. ",
    "letters": "a",
    "words": "a ",
    "lines": "a\n",
    "line ends": "\n",
    "references": "see #45048 o/n#1 ",
    "addresses of issues": "https://github.com/o/n/issues/1 ",
    "mail addresses": "m@host.example ",
    "headings": "### a\n",
    "list markers": "- ",
    "items": "- a: b\n",
    "table bars": "|a",
    "links": "[a](b) ",
    "open brackets": "[a](",
    "quotes": "\"'",
    "backslashes": "\\n",
    "backticks": "`a``",
    "fences": "```\nerror: a\n```\n",
    "comments": "<!-- a ",
    "tags": "<a ",
    "combining characters": "e\u0301\u0301",
    "emoji": "\U0001f469\u200d",
    "control sequences": "\x1b[0m",
    "commands": "rm -rf $(echo `a`) ",
    "brackets of commands": "((",
    "errors": "error: listen EADDRINUSE: address already in use :::3000\n",
    "nearly an error": "fatal: refusing to merge ",
    "frames": "    at a (node:net:1904:16)\n",
}
SIZES = (40_000, 160_000)
STEEPEST = 3.0
"""How much faster than the text the time may grow: 4.0 where it is quadratic."""
NOTHING = 120
"""Milliseconds that say nothing."""
MEASURE = """async ([units, sizes, issue, wanted, runs]) => {
    const base = new URL("./", [...document.scripts].find((script) => script.src.endsWith("main.js")).src);
    const load = (name) => import(new URL(name, base).href);
    const { openMatcher, excerptOf } = await load("matching.js");
    const { isPasted, tellingLine } = await load("search/line.js");
    const { findByWords } = await load("search/finding.js");
    const { fitting } = await load("linking.js");
    const { analyse, textToMatch } = await load("report/analysis.js");
    const { toMarkdown } = await load("report/markdown.js");
    const { mentions, parseReference } = await load("report/references.js");
    const matcher = await openMatcher();
    const stages = {
        match: (text) => matcher.match(text, 5),
        excerpt: (text) => excerptOf(text, { start: 0, end: text.length }),
        line: (text) => isPasted(text) || tellingLine(text),
        words: (text) => findByWords(text, { top: 5 }),
        fitting,
        reference: (text) => parseReference(text, "https://github.com"),
        mentions: (text) => mentions(text, "o/n", "https://github.com"),
        report: (text) => {
            const snapshot = structuredClone(issue);
            Object.assign(Object.values(snapshot.nodes)[0].issue, { title: text.slice(0, 250), body: text });
            textToMatch(snapshot);
            return toMarkdown(analyse(snapshot, []));
        },
    };
    const found = [];
    for (const [name, unit] of Object.entries(units)) {
        for (const [stage, work] of Object.entries(stages)) {
            if (wanted && !wanted.includes(`${name}: ${stage}`)) continue;
            const times = [];
            for (const size of sizes) {
                const text = unit.repeat(Math.ceil(size / unit.length));
                let best = Infinity;
                for (let run = 0; run < runs && (run === 0 || best > 50); run += 1) {
                    const before = performance.now();
                    await work(text);
                    best = Math.min(best, performance.now() - before);
                }
                times.push(best);
            }
            found.push([name, stage, ...times]);
        }
    }
    return found;
}"""


def test_four_times_the_paste_takes_about_four_times_as_long(page: Page, repository, data):
    """Other programs slow a processor down but never speed it up, so of a few runs the fastest one tells."""
    page.goto(f"{repository.url}match/")
    page.set_default_timeout(60_000)
    issue = json.loads((data / "report/plain-issue.json").read_text("utf-8"))["snapshot"]
    measured = page.evaluate(MEASURE, [UNITS, SIZES, issue, None, 2])
    assert len(measured) == 8 * len(UNITS)
    steep = steep_ones(measured)
    for runs in (4, 16):
        if steep:
            again = [f"{name}: {stage}" for name, stage, *_ in steep]
            steep = steep_ones(page.evaluate(MEASURE, [UNITS, SIZES, issue, again, runs]))
    assert steep == []


def steep_ones(measured: list[list]) -> list[list]:
    """What took much more than four times as long."""
    growth = SIZES[1] / SIZES[0]
    return [each for each in measured if each[3] > NOTHING + STEEPEST * growth * each[2]]
