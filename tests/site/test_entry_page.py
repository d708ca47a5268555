"""An entry's page shows every block of its entry, from the product at the top to the trending list at the end."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def entry(reader: Page, small) -> Page:
    """The page of an entry that has everything."""
    reader.goto(f"{small.url}acme/port-taken/")
    return reader


def block(page: Page, heading: str) -> Locator:
    """The innermost section with this heading."""
    return page.locator("section", has=page.get_by_role("heading", name=heading, exact=True)).last


def blocks(page: Page) -> list[str]:
    return page.locator("article h2").all_inner_texts()


def test_the_blocks_stand_in_the_order_of_the_design(entry):
    headings = [heading.casefold() for heading in blocks(entry)]
    assert headings == [
        "the error",
        "in short",
        "workarounds",
        "did this help?",
        "why it happens",
        "guidance",
        "example",
        "notes",
        "recommendation",
        "as it is printed",
        "proofs",
        "on github",
        "related errors",
        "link this page",
        "recommended tools",
        "still need to ship something?",
        "trending",
    ]


def test_the_title_is_the_only_heading_of_the_first_level(entry):
    expect(entry.locator("h1")).to_have_text("acme: port is taken: an old server still listens")


def test_the_document_is_called_after_the_entry_and_the_site(entry):
    assert entry.title() == "acme: port is taken: an old server still listens - Small Fixes"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Acme CLI", "acme/"),
        ("E042", "codes/e042/"),
        ("ports", "tags/ports/"),
        ("processes", "tags/processes/"),
    ],
)
def test_product_codes_and_tags_lead_to_their_pages(entry, small, name, address):
    link = entry.locator("article header").get_by_role("link", name=name, exact=True)
    assert link.evaluate("link => link.href") == small.url + address


def test_a_code_of_this_entry_alone_leads_nowhere_else(entry):
    head = entry.locator("article header")
    expect(head.get_by_text("EADDRINUSE", exact=True)).to_be_visible()
    expect(head.get_by_role("link", name="EADDRINUSE")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("acme/port-taken/", "Workaround known"),
        ("acme/config-missing/", "Fixed upstream"),
        ("acme/quiet-exit/", "Won't be fixed"),
        ("borealis/sync-refused/", "Not fixed upstream"),
        ("borealis/stale-lock/", "Duplicate"),
    ],
)
def test_the_status_is_said_in_words(small, page, address, status):
    page.goto(small.url + address)
    expect(page.locator("article header").get_by_text(status, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "fact",
    ["12 comments", "5 participants", "Acme CLI 3.1, 3.2", "Linux, macOS", "tmux over SSH", "Updated 2025-02-04"],
)
def test_a_line_of_facts_stands_under_the_title(entry, fact):
    expect(entry.locator("article header").get_by_text(fact, exact=True)).to_be_visible()


def test_placeholders_of_the_error_are_marked(entry):
    assert block(entry, "The error").locator("[data-kb-var]").all_inner_texts() == ["8080", "4711", "acme-server"]


def test_the_error_reads_as_it_is_printed(entry):
    error = block(entry, "The error").locator("code")
    expect(error).to_have_text("acme: error E042: port 8080 is taken by process 4711 (acme-server)")


def test_an_escaped_brace_of_a_signature_is_shown_as_a_brace(entry):
    second = block(entry, "As it is printed").locator("code", has_text="listen failed").first
    assert second.inner_text() == "listen failed in template {{port}}: reason"


def test_real_output_stands_under_each_form_of_the_error(entry):
    shown = block(entry, "As it is printed").locator("details code").all_text_contents()
    assert shown == [
        "acme: error E042: port 8080 is taken by process 4711 (acme-server)",
        "acme: error E042: port 3000 is taken by process 99 (node)",
        "listen failed in template {{port}}: address already in use",
    ]


def test_workarounds_stand_best_first(entry):
    titles = block(entry, "Workarounds").get_by_role("heading", level=3).all_inner_texts()
    assert [title.split("\n")[-1] for title in titles] == [
        "Stop the process that holds the port",
        "Serve on another port",
    ]


def test_a_placeholder_is_marked_in_a_command(entry):
    command = block(entry, "Workarounds").locator("pre", has_text="kill")
    expect(command.locator("[data-kb-var=pid]")).to_have_text("< <pid>")


def test_a_placeholder_is_marked_in_prose(entry):
    expect(block(entry, "In short").locator("[data-kb-var=port]")).to_be_visible()


def test_an_escaped_placeholder_of_prose_is_shown_as_braces(entry):
    expect(block(entry, "Workarounds").get_by_text("{{port}}", exact=True)).to_be_visible()


def test_code_of_a_known_language_is_highlighted(entry):
    assert block(entry, "Workarounds").locator("[data-kb-language=json] code span").count() > 1


def test_code_of_an_unknown_language_is_shown_as_it_is(entry):
    code = block(entry, "Workarounds").locator("[data-kb-language=no-such-language] code")
    assert code.inner_text().strip() == "acme.port <- 8081"


@pytest.mark.parametrize("kind", ["Note", "Tip", "Important", "Warning", "Caution"])
def test_an_alert_says_its_kind(entry, kind):
    expect(block(entry, "Why it happens").get_by_text(kind, exact=True)).to_be_visible()


def test_a_table_is_a_table(entry):
    rows = block(entry, "Guidance").get_by_role("row")
    assert [row.get_by_role("cell").all_inner_texts() for row in rows.all()][1:] == [
        ["8080", "acme", "no"],
        ["8081", "nobody", "yes"],
    ]


def test_a_task_list_shows_what_is_done(entry):
    tasks = block(entry, "Guidance").get_by_role("checkbox")
    assert [task.is_checked() for task in tasks.all()] == [True, False]


def test_an_image_of_another_host_becomes_a_link(hostile, page):
    """The checks refuse one: it is shown as a link all the same where they are switched off."""
    page.goto(f"{hostile.url}marks/marks/")
    link = block(page, "Recommendation").get_by_role("link", name="the list of processes")
    expect(link).to_have_attribute("href", "https://acme.example/processes.png")


def test_a_linked_image_becomes_a_link_to_where_it_led(hostile, page):
    page.goto(f"{hostile.url}marks/marks/")
    link = block(page, "Recommendation").get_by_role("link", name="build status")
    expect(link).to_have_attribute("href", "https://acme.example/builds")


def test_a_bare_address_is_a_link(entry):
    link = block(entry, "Notes").get_by_role("link", name="https://acme.example/docs/ports")
    expect(link).to_have_attribute("href", "https://acme.example/docs/ports")


def test_a_link_to_a_section_of_another_entry_leads_there(entry, small):
    link = block(entry, "Why it happens").get_by_role("link", name="what reads the configuration")
    assert link.evaluate("link => link.href") == f"{small.url}acme/config-missing/#cause"


def test_an_issue_that_another_entry_covers_leads_to_that_entry(entry, small):
    link = block(entry, "Why it happens").get_by_role("link", name="Acme-Tools/Acme#202")
    assert link.evaluate("link => link.href") == f"{small.url}acme/config-missing/"


def test_the_address_of_an_issue_that_another_entry_covers_leads_to_that_entry(small, page):
    page.goto(f"{small.url}acme/config-missing/")
    link = block(page, "Why it happens").get_by_role("link", name="the main report")
    assert link.evaluate("link => link.href") == f"{small.url}acme/port-taken/"


def test_an_issue_that_no_entry_covers_leads_to_github(entry):
    link = block(entry, "Why it happens").get_by_role("link", name="unknown-owner/elsewhere#9")
    expect(link).to_have_attribute("href", "https://github.com/unknown-owner/elsewhere/issues/9")


def test_an_issue_that_the_entry_covers_itself_leads_to_github(entry):
    link = block(entry, "Why it happens").get_by_role("link", name="Acme-Tools/Acme#105")
    expect(link).to_have_attribute("href", "https://github.com/Acme-Tools/Acme/issues/105")


def test_each_vote_shows_its_question_and_count(entry):
    votes = block(entry, "Did this help?").get_by_role("listitem").all_inner_texts()
    assert [vote.replace("\n", " ").removesuffix(" votes") for vote in votes] == [
        "Works Did the solution work? 11",
        "Easy fix Was it quick? 12",
        "Time saver Did it save you time? 13",
        "Blocking Was it severe? 14",
        "Common issue Are others hitting it? 15",
        "Flaky / intermittent Does it come and go? 16",
        "Verified / reproducible Can you reproduce it? 17",
    ]


@pytest.mark.parametrize(
    ("name", "count"), [("Comments", "12"), ("Participants", "5"), ("Timeline events", "16"), ("Reactions", "34")]
)
def test_the_issues_numbers_are_shown(entry, name, count):
    expect(block(entry, "On GitHub").get_by_text(f"{name}{count}")).to_be_visible()


def test_the_timeline_shows_the_most_frequent_events_first(entry):
    text = block(entry, "On GitHub").inner_text()
    assert text.index("commented ×12") < text.index("labeled ×3") < text.index("closed ×1")


def test_the_issue_is_linked_with_the_time_of_its_facts(entry):
    github = block(entry, "On GitHub")
    link = github.get_by_role("link", name="Acme-Tools/Acme#101", exact=True)
    expect(link).to_have_attribute("href", "https://github.com/Acme-Tools/Acme/issues/101")
    expect(github.get_by_text("2025-02-03 04:05:06")).to_be_visible()


@pytest.mark.parametrize(("number", "state"), [(110, "merged"), (111, "open"), (112, "closed")])
def test_official_pull_requests_are_linked_with_their_state(entry, number, state):
    item = block(entry, "On GitHub").get_by_role("listitem").filter(has_text=f"Acme-Tools/Acme#{number}")
    expect(item.get_by_role("link")).to_have_attribute("href", f"https://github.com/Acme-Tools/Acme/pull/{number}")
    expect(item).to_contain_text(state)


@pytest.mark.parametrize("ref", ["Acme-Tools/Acme#105", "borealis-db/borealis#7"])
def test_other_reports_are_linked(entry, ref):
    link = block(entry, "On GitHub").get_by_role("link", name=ref, exact=True)
    expect(link).to_have_attribute("href", f"https://github.com/{ref.replace('#', '/issues/')}")


def test_the_raw_report_is_collapsed(entry):
    expect(block(entry, "On GitHub").get_by_text("acme serve failed with E042")).to_be_hidden()


def test_the_raw_report_opens_with_its_line_breaks(small, page):
    page.goto(f"{small.url}acme/port-taken/")
    github = block(page, "On GitHub")
    github.get_by_text("What was reported").click()
    assert github.locator("details code").inner_text() == "What happened\n  acme serve failed with E042 after a crash."


def test_a_related_entry_that_the_file_names_comes_first(entry):
    related = block(entry, "Related errors").get_by_role("link").all_inner_texts()
    assert related[0] == "acme: no configuration found in any parent folder"


def test_an_entry_that_links_here_is_a_backlink(entry, small):
    link = block(entry, "Related errors").get_by_role("link", name="Borealis refuses to synchronise")
    assert link.evaluate("link => link.href") == f"{small.url}borealis/sync-refused/"


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Permalink", "https://fixes.example/known-fixes/acme/port-taken/"),
        (
            "Markdown",
            "[acme: port is taken: an old server still listens](https://fixes.example/known-fixes/acme/port-taken/)",
        ),
    ],
)
def test_the_page_can_be_linked(entry, label, text):
    expect(block(entry, "Link this page").get_by_label(label, exact=True)).to_have_text(text)


def test_the_reply_names_the_page_and_the_first_workaround(entry):
    reply = block(entry, "Link this page").get_by_label("Reply", exact=True).inner_text()
    assert "](https://fixes.example/known-fixes/acme/port-taken/)" in reply
    assert "Stop the process that holds the port" in reply


def test_a_reply_has_no_link_that_works_only_in_the_repository(small, page):
    page.goto(f"{small.url}acme/config-missing/")
    assert "](port-taken.md)" not in block(page, "Link this page").get_by_label("Reply", exact=True).inner_text()


def test_a_reply_has_no_unfilled_placeholder(entry):
    assert "{{" not in block(entry, "Link this page").get_by_label("Reply", exact=True).inner_text()


def test_the_description_for_search_engines_is_plain_text(small, page):
    page.goto(f"{small.url}acme/config-missing/")
    expect(page.locator("meta[name=description]")).to_have_attribute(
        "content", "The command ran outside of a project. Change into one, or name the file, unless the port is taken."
    )


def test_six_tools_are_recommended(entry):
    tools = block(entry, "Recommended tools").get_by_role("link").all_inner_texts()
    assert tools == ["Anvil", "Chisel", "Easel", "Gimlet", "Iron", "Knife"]


def test_the_next_six_tools_of_the_same_ranking_stand_lower_down(entry):
    tools = block(entry, "Still need to ship something?").get_by_role("listitem").get_by_role("link")
    assert tools.all_inner_texts() == ["Mallet", "Bellows", "Drill", "File", "Hammer", "Jig"]


def test_a_tool_says_what_it_does_and_leads_to_its_home(entry):
    item = block(entry, "Recommended tools").get_by_role("listitem").first
    expect(item).to_contain_text("Shapes the work, number 1 of 14.")
    expect(item.get_by_role("link")).to_have_attribute("href", "https://tools.example/anvil/")


def test_the_other_entries_that_trend_are_listed(entry):
    assert block(entry, "Trending").get_by_role("listitem").count() == 4


def test_no_page_lists_itself_as_trending(small):
    own = []
    for address in small.entries():
        _, _, trending = small.html(address).partition('id="trending"')
        if f'href="../../{address}"' in trending.partition("</section>")[0]:
            own.append(address)
    assert own == []


def test_the_edit_link_leads_to_the_entrys_file(entry):
    expect(entry.get_by_role("link", name="Edit this page")).to_have_attribute(
        "href", "https://github.com/fixes-example/small/edit/main/entries/acme/port-taken.md"
    )


def test_the_edit_link_of_a_yaml_entry_leads_to_its_yaml_file(small, page):
    page.goto(f"{small.url}borealis/sync-refused/")
    expect(page.get_by_role("link", name="Edit this page")).to_have_attribute(
        "href", "https://github.com/fixes-example/small/edit/main/entries/borealis/sync-refused.yml"
    )


def test_a_mistake_is_reported_with_a_prefilled_form(entry):
    url = urlsplit(entry.get_by_role("link", name="Report a mistake").get_attribute("href"))
    assert url._replace(query="").geturl() == "https://github.com/fixes-example/small/issues/new"
    query = parse_qs(url.query)
    assert (query["template"], query["entry"]) == (["wrong-fix.yml"], ["acme/port-taken"])


def test_on_this_page_lists_the_blocks_at_the_side(entry):
    contents = entry.get_by_role("navigation", name="On this page")
    targets = [urlsplit(link.get_attribute("href")).fragment for link in contents.get_by_role("link").all()]
    assert targets[:3] == ["error", "summary", "workarounds"]
    assert contents.bounding_box()["x"] > entry.locator("article").bounding_box()["x"] + 600


def test_a_link_of_on_this_page_brings_its_block_into_view(small, page):
    page.goto(f"{small.url}acme/port-taken/")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="On GitHub").click()
    expect(page.get_by_role("heading", name="On GitHub")).to_be_in_viewport()


def test_a_reader_who_scrolls_back_is_offered_the_way_to_the_top(small, page):
    page.goto(f"{small.url}acme/port-taken/")
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    expect(page.locator("h1")).not_to_be_in_viewport()
    page.mouse.wheel(0, -200)
    page.get_by_role("button", name="Back to top").click()
    expect(page.locator("h1")).to_be_in_viewport()


def test_the_end_of_a_page_leads_to_its_top_without_javascript(small, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{small.url}acme/port-taken/")
    page.locator("article footer").get_by_role("link", name="Back to top").click()
    expect(page.locator("h1")).to_be_in_viewport()
    page.close()


def test_a_yaml_entry_has_the_same_blocks(small, page):
    page.goto(f"{small.url}borealis/sync-refused/")
    headings = [heading.casefold() for heading in blocks(page)]
    assert headings[:4] == ["the error", "in short", "workaround", "did this help?"]
    assert headings[4:7] == ["why it happens", "notes", "as it is printed"]


def test_an_entry_without_an_issue_says_nothing_of_comments(small, page):
    page.goto(f"{small.url}acme/quiet-exit/")
    expect(page.locator("article")).not_to_contain_text("comment")


def test_an_entry_without_pull_requests_says_so(small, page):
    page.goto(f"{small.url}acme/quiet-exit/")
    expect(block(page, "On GitHub")).to_contain_text("None known")


def test_counts_of_an_issue_that_nobody_has_read_are_not_shown_as_none(repository):
    html = repository.html("helm/another-operation-is-in-progress/")
    assert "helm/helm#8987" in html
    assert "comments" not in html
    assert "reports</span>" in html
