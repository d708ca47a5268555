"""Labelled log lines lead to the template they were printed from; templates that can't be matched stop nothing."""

import json

import pytest
from click.testing import CliRunner

from kb.cli.eval import eval_command
from kb.cli.match import match_command
from kb.entry import SignatureError
from kb.match import Case, Matcher, evaluate, parse_signature

from . import log_lines

LEAST_RECALL = 0.985
LINES_TOGETHER = 25
LEAST_TOGETHER = 0.975


def refuse(name: str, error: SignatureError) -> None:
    """Leave it out."""


@pytest.fixture(scope="module")
def templates():
    return log_lines.templates()


def test_lines_of_every_system_lead_to_their_template(templates):
    found = cases = 0.0
    for system in {template.system for template in templates}:
        own = [template for template in templates if template.system == system]
        matcher = Matcher.from_signatures([(template.id, template.signature) for template in own], refuse)
        result = evaluate([Case.of(text, name) for text, name in log_lines.lines(own, 3)], matcher)
        found += result.recall_at_1 * result.cases
        cases += result.cases
    assert found / cases >= LEAST_RECALL


def test_lines_that_stand_together_in_a_log_lead_to_their_templates_too(templates):
    """Values that end a line don't reach into the next one, where another message would be lost."""
    found = expected = 0
    for system in {template.system for template in templates}:
        own = [template for template in templates if template.system == system]
        matcher = Matcher.from_signatures([(template.id, template.signature) for template in own], refuse)
        labelled = list(log_lines.lines(own, 6))
        for start in range(0, len(labelled), LINES_TOGETHER):
            together = labelled[start : start + LINES_TOGETHER]
            names = {name for _, name in together}
            found += len(names & {answer.id for answer in matcher.match("\n".join(text for text, _ in together))})
            expected += len(names)
    assert found / expected >= LEAST_TOGETHER


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{{a}}:{{b}} {{c}}", "node-7:4711 ready"),
        ("{{a}}.{{b}}", "quota.exceeded"),
        ("{{a}}ms", "271ms"),
        ("core.{{n}}", "generating core.2275"),
        ("blk_{{id}} {{state}}", "blk_-1608999687919862906 gone"),
        ("{{a}}{{b}} workers left", "12x workers left"),
        ("Token{{{id}}} is gone", "Token{1f3a} is gone"),
        ("<{{a}}>", "<4711>"),
        ("unfinished {{ in a message", "unfinished {{ in a message"),
    ],
)
def test_a_template_without_a_whole_word_is_matched_by_what_it_has(template, line):
    matcher = Matcher.from_signatures([("x/it", template), ("x/other", "something else happened")], refuse)
    assert [(answer.id, answer.tier) for answer in matcher.match(line)] == [("x/it", "exact")]


def test_a_template_with_words_wins_over_one_without():
    listed = [("x/loose", "{{a}}: {{b}}"), ("x/words", "connection lost: {{why}}")]
    matcher = Matcher.from_signatures(listed, refuse)
    assert [answer.id for answer in matcher.match("connection lost: timed out")] == ["x/words"]


def test_a_brace_before_a_placeholder_is_the_message_s_own():
    match = parse_signature("Token{{{id}}} is gone").find("Token{1f3a} is gone")
    assert match is not None
    assert match.captures == {"id": "1f3a"}


@pytest.fixture
def signatures(tmp_path):
    listed = [{"id": "x/any", "text": "{{a}}"}, {"id": "x/full", "text": "disk {{d}} is full"}]
    file = tmp_path / "templates.jsonl"
    file.write_text("\n".join(map(json.dumps, listed)), encoding="utf-8")
    return file


def test_a_template_that_nothing_could_be_matched_by_is_named_and_left_out(signatures, tmp_path):
    log = tmp_path / "a.log"
    log.write_text("disk sda1 is full\n", encoding="utf-8")
    run = CliRunner().invoke(match_command, [str(log), "--signatures", str(signatures), "--json"])
    assert run.exit_code == 0
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == ["x/full"]
    assert "x/any is left out" in run.stderr


def test_an_evaluation_goes_on_without_it(signatures, tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"text": "disk sda1 is full", "expect": "x/full"}), encoding="utf-8")
    run = CliRunner().invoke(eval_command, [str(cases), "--signatures", str(signatures), "--json"])
    assert json.loads(run.stdout)["recall_at_1"] == 1.0


@pytest.mark.parametrize(
    "line", ["Machine State Register: 0x2f", "machine state register: 0x2f", "set  on: true", "set on:true"]
)
def test_of_two_templates_that_differ_by_case_or_spacing_the_one_as_printed_wins(line):
    texts = ["machine state register: {{v}}", "Machine State Register: {{v}}", "set  on: true", "set on:true"]
    matcher = Matcher.from_signatures([(text, text) for text in texts], refuse)
    assert matcher.match(line)[0].id == line.replace("0x2f", "{{v}}")
