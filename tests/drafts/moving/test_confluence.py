"""`kb import --confluence`: the HTML export of a space, with its macros and tables."""

import zipfile

import pytest

PAGE = """\
<!DOCTYPE html><html><head><title>Operations : {title}</title></head><body><div id="page">
<div id="breadcrumb-section"><ol id="breadcrumbs"><li class="first"><span><a href="index.html">Operations</a></span>
</li><li><span><a href="Shop_11.html">Shop</a></span></li></ol></div>
<h1 id="title-heading" class="pagetitle"><span id="title-text">Operations : {title}</span></h1>
<div id="content" class="view"><div class="page-metadata">Created by <span class='author'> Jane Roe</span>, last
modified on Jun 12, 2024</div><div id="main-content" class="wiki-content group">{content}</div>{after}</div></div>
</body></html>
"""
ERROR = "GatewayRefused: capture of order 8812 was refused by the bank, reason &lt;none&gt;"


def code(text: str, brush: str = "java") -> str:
    return (
        '<div class="code panel pdl"><div class="codeContent panelContent pdl"><pre class="syntaxhighlighter-pre" '
        f'data-syntaxhighlighter-params="brush: {brush}; gutter: false; theme: Confluence">{text}</pre></div></div>'
    )


FIX = "<h2>Resolution</h2><p>Restart the worker.</p>"
HEADED = f"<h2>Symptoms</h2>{code(ERROR)}{FIX}"


@pytest.fixture
def space(base):
    """A function that writes a page of an export, by its title, and gives its path."""

    def page(content: str, title: str = "Gateway refuses", number: int = 583761921, after: str = ""):
        name = f"export/OPS/{title.replace(' ', '-')}_{number}.html"
        return base.file(name, PAGE.format(title=title, content=content, after=after))

    return page


@pytest.fixture
def moved(base, space):
    """A function that moves one page in, and gives its entry."""

    def one(content: str, *arguments: str, **page: object):
        space(content, **page)
        base.move("--confluence", "export", *arguments)
        return base.only()

    return one


def test_a_page_is_an_entry_of_the_product_that_stands_above_it(moved):
    entry = moved(HEADED)
    assert (entry.id, entry.title, str(entry.updated)) == ("shop/gateway-refuses", "Gateway refuses", "2024-06-12")
    assert entry.signatures[0].text.endswith("was refused by the bank, reason <none>")


def test_nobody_s_name_comes_along(moved, base):
    entry = moved(HEADED)
    assert "Roe" not in (base.root / "entries" / entry.source).read_text("utf-8")


def test_the_zip_archive_that_it_came_as_will_do(base, space):
    path = space(HEADED)
    with zipfile.ZipFile(base.root / "space.zip", "w") as archive:
        archive.write(path, f"OPS/{path.name}")
        archive.writestr("OPS/index.html", "<html></html>")
    base.move("--confluence", "space.zip")
    assert base.only().id == "shop/gateway-refuses"


def test_links_lead_back_to_the_old_page_and_on_to_entries(base, space):
    space(HEADED + '<h2>See also</h2><p><a href="Other_777.html">Other</a>, <a href="Gone_778.html">gone</a></p>')
    other = HEADED.replace("GatewayRefused: capture", "GatewayClosed: refund")
    space(other, title="Other", number=777)
    base.move("--confluence", "export", "--address", "https://wiki.example.com/")
    notes = base.entries()["shop/gateway-refuses"].notes
    assert "[Other](../shop/other.md)" in notes
    assert "[gone](https://wiki.example.com/pages/viewpage.action?pageId=778)" in notes
    assert "Moved from [Gateway refuses](<https://wiki.example.com/pages/viewpage.action?pageId=583761921>)." in notes
    before = base.files()
    base.move("--confluence", "export", "--address", "https://wiki.example.com/")
    assert base.files() == before


def test_code_keeps_its_language_and_its_signs(moved):
    body = moved(
        HEADED.replace("<p>Restart", f"{code('rm = *a* &amp;&amp; _b_', 'py')}{code('kubectl get x')}<p>Restart")
    )
    assert "```python\nrm = *a* && _b_\n```" in body.workarounds[0].body
    assert "```sh\nkubectl get x\n```" in body.workarounds[0].body


def test_panels_are_alerts(moved):
    panel = (
        '<div class="confluence-information-macro confluence-information-macro-warning"><p class="title">Mind</p>'
        '<span class="aui-icon confluence-information-macro-icon"></span>'
        '<div class="confluence-information-macro-body"><p>Orders are sent twice.</p></div></div>'
    )
    body = moved(HEADED.replace("<p>Restart", f"{panel}<p>Restart")).workarounds[0].body
    assert "> [!WARNING]\n> **Mind**\n>\n> Orders are sent twice." in body


def test_a_table_of_labels_says_what_is_what(moved):
    rows = {"Error": code(ERROR), "Root cause": "<p>It forgets.</p>", "Solution": "<ol><li>Restart it.</li></ol>"}
    cells = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows.items())
    entry = moved(f"<table><tbody>{cells}</tbody></table>")
    assert (entry.cause, entry.workarounds[0].body) == ("It forgets.", "1. Restart it.")


def test_a_table_with_an_error_a_row_is_an_entry_a_row(base, space):
    rows = "".join(
        f"<tr><td>{number}</td><td><code>{name}: lease was taken over</code></td><td>A {name} ran.</td>"
        "<td>Wait.</td></tr>"
        for number, name in enumerate(("LockLost", "LockStolen"), 1)
    )
    space(f"<table><tr><th>No</th><th>Error</th><th>Cause</th><th>Fix</th></tr>{rows}</table>")
    base.move("--confluence", "export")
    assert sorted(entry.cause for entry in base.entries().values()) == ["A LockLost ran.", "A LockStolen ran."]


def test_what_no_table_of_markdown_holds_is_not_lost(moved):
    inner = "<table><tr><th>Host</th><th>Lag</th></tr><tr><td>a|b</td><td>3 s</td></tr></table>"
    entry = moved(
        f"{HEADED}<h2>Diagnosis</h2><table><tr><th>Where</th><td>{inner}{code('SELECT 1', 'sql')}</td></tr></table>"
    )
    assert "Host: a|b; Lag: 3 s" in entry.guidance
    assert "SELECT 1" in entry.guidance


def test_pictures_files_and_comments_are_listed(moved):
    after = (
        '<div class="pageSection group"><h2 id="attachments" class="pageSectionTitle">Attachments:</h2>'
        '<div class="greybox"><a href="attachments/1/2.json">draft.json</a> (application/json)</div></div>'
        '<h2 id="comments" class="pageSectionTitle">Comments:</h2><table><tr><td><font class="smallfont">'
        '<p>A restart was enough.</p></font><div class="smallfont">Posted by jroe at May 24, 2018</div></td></tr>'
        "</table>"
    )
    image = '<img class="confluence-embedded-image" src="attachments/1/9.png?width=9" alt="Screen" />'
    entry = moved(HEADED + image, after=after)
    assert "(picture: Screen)" in entry.workarounds[0].body
    assert "On the old page alone: file `draft.json`, picture `9.png`." in entry.notes
    assert "> A restart was enough." in entry.notes
    assert "jroe" not in entry.notes


def test_folded_parts_ticks_and_signs_are_text(moved):
    folded = (
        '<div class="expand-container"><div class="expand-control"><span class="expand-control-icon">&nbsp;</span>'
        '<span class="expand-control-text">Click here to expand...</span></div><div class="expand-content">'
        '<ul class="inline-task-list"><li class="checked"><span>Stop a_b *now*</span></li></ul>'
        '<p><img class="emoticon" data-emoji-fallback="⚠" alt="(!)"/>&nbsp;Then&nbsp;start &amp; wait</p></div></div>'
    )
    body = moved(HEADED.replace("<p>Restart the worker.</p>", folded)).workarounds[0].body
    assert body == "- [x] Stop a_b \\*now\\*\n\n⚠ Then start & wait"


def test_a_file_that_is_no_page_is_named(base, space):
    space(HEADED)
    base.file("export/OPS/odd_5.html", "<html><body>x</body></html>")
    base.file("export/OPS/deep_6.html", PAGE.format(title="Deep", content="<div>" * 5000, after=""))
    told = base.move("--confluence", "export", code=1)["failed"]
    assert [line.partition(":")[0] for line in told] == ["OPS/deep_6.html", "OPS/odd_5.html"]
    assert base.only().id == "shop/gateway-refuses"


def test_what_is_no_export_is_told(base):
    base.file("export/readme.txt", "x")
    base.move("--confluence", "export", code=2)
    assert "no pages of Confluence's HTML export" in base.last.output


def test_without_the_extra_it_is_said_what_to_install(base, space, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "markdownify", None)
    for name in ("kb.drafts.moving.confluence", "kb.drafts.moving.html"):
        monkeypatch.delitem(__import__("sys").modules, name, raising=False)
    space(HEADED)
    base.move("--confluence", "export", code=1)
    assert 'pip install "known-fixes[import]"' in base.last.output
