"""What README tells editors to read of `kb check` is what it prints."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_problem_matcher_reads_each_problem_of_a_report():
    readme = (ROOT / "README.md").read_text("utf-8")
    tasks = next(block for block in re.findall(r"```json\n(.*?)```", readme, re.DOTALL) if "problemMatcher" in block)
    pattern = json.loads(tasks)["tasks"][0]["problemMatcher"]["pattern"]
    report = (ROOT / "tests/data/broken/kb101-binary-file/expected.txt").read_text("utf-8")
    found = [match for line in report.splitlines() if (match := re.search(pattern["regexp"], line))]
    assert [(match[pattern["code"]], match[pattern["line"]]) for match in found] == [("KB101", "3")]
