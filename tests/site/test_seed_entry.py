"""The page of the entry that the project started from shows every fact of its report."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seed(reader: Page, repository) -> Page:
    reader.goto(f"{repository.url}claude-code/extra-usage-400/")
    return reader


@pytest.fixture(scope="module")
def github(seed: Page) -> Locator:
    return seed.locator("section", has=seed.get_by_role("heading", name="On GitHub", exact=True)).last


@pytest.mark.parametrize(
    "fact",
    ["1 comment", "2 participants", "Claude Code 2.1.96", "Linux", "VS Code integrated terminal"],
)
def test_the_line_of_facts_says(seed, fact):
    expect(seed.locator("article header").get_by_text(fact, exact=True)).to_be_visible()


@pytest.mark.parametrize("name", ["Claude Code", "HTTP 400", "invalid_request_error", "billing", "usage-limit", "api"])
def test_product_codes_and_tags_are_shown(seed, name):
    expect(seed.locator("article header").get_by_role("link", name=name, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "words",
    [
        "Third-party apps now draw from your extra usage, not your plan limits.",
        "We've added a $20 credit to get you started. Claim it at claude.ai/settings/usage and keep going.",
        '"type":"invalid_request_error"',
        "API Error: 400",
        "req_011CZqpMLV2mFDafSPRNAc8Y",
    ],
)
def test_the_error_is_shown_as_it_was_printed(seed, words):
    printed = seed.locator("section", has=seed.get_by_role("heading", name="As it is printed", exact=True)).last
    expect(printed.locator("code", has_text=words).first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "count"), [("Comments", "1"), ("Participants", "2"), ("Timeline events", "5"), ("Reactions", "0")]
)
def test_the_reports_numbers_are_shown(github, name, count):
    expect(github.get_by_text(f"{name}{count}", exact=True)).to_be_visible()


@pytest.mark.parametrize("event", ["labeled ×2", "commented ×1", "cross-referenced ×1", "unlabeled ×1"])
def test_the_timeline_shows_each_kind_of_event(github, event):
    expect(github.get_by_text(event, exact=True)).to_be_visible()


def test_the_report_is_linked(github):
    link = github.get_by_role("link", name="anthropics/claude-code#45048", exact=True)
    expect(link).to_have_attribute("href", "https://github.com/anthropics/claude-code/issues/45048")


def test_the_time_of_the_facts_is_shown(github):
    expect(github.get_by_text("2026-04-09 08:14:31")).to_be_visible()


def test_no_official_pull_requests_are_known(github):
    heading = github.get_by_role("heading", name="Official pull requests")
    assert heading.evaluate("heading => heading.nextElementSibling.textContent") == "None known."


@pytest.mark.parametrize(
    "heading", ["In short", "Why it happens", "Guidance", "Example", "Notes", "Recommendation", "Did this help?"]
)
def test_the_analysis_has_a_section(seed, heading):
    section = seed.locator("section", has=seed.get_by_role("heading", name=heading, exact=True)).last
    assert len(section.inner_text()) > len(heading) + 40


def test_the_first_workaround_is_to_claim_the_credit(seed):
    workarounds = seed.locator("section", has=seed.get_by_role("heading", name="Workarounds", exact=True)).last
    expect(workarounds.get_by_role("heading", level=3).first).to_contain_text("Claim the credit")


@pytest.mark.parametrize(
    "fact",
    [
        "allow extra usage",
        "0.00 EUR",
        "May 1",
        "17.00 EUR",
        "logout",
        "10 minutes",
        "2.1.96 (Claude Code)",
        "Anthropic API",
        "Ubuntu/Debian Linux",
        "VS Code integrated terminal",
    ],
)
def test_the_collapsed_report_holds(seed, github, fact):
    report = github.locator("details", has_text="What was reported")
    assert fact in report.locator("code").text_content()


def test_all_seven_votes_are_asked(seed):
    votes = seed.locator(".kb-vote")
    assert votes.evaluate_all("votes => votes.map(vote => vote.dataset.kbVote)") == [
        "works",
        "easy_fix",
        "time_saver",
        "blocking",
        "common_issue",
        "flaky",
        "verified",
    ]


def test_twelve_different_tools_are_recommended_in_two_lists(seed):
    lists = [
        seed.locator("section", has=seed.get_by_role("heading", name=heading, exact=True)).last.locator("ul a")
        for heading in ("Recommended tools", "Still need to ship something?")
    ]
    assert [tools.count() for tools in lists] == [6, 6]
    assert len({name for tools in lists for name in tools.all_inner_texts()}) == 12


def test_trending_entries_are_listed(seed):
    trending = seed.locator("section", has=seed.get_by_role("heading", name="Trending", exact=True)).last
    assert trending.get_by_role("listitem").count() >= 5
