"""Made-up pages of an old wiki, shaped like real ones: a Confluence space's HTML export, or a folder of runbooks.

    python scripts/old_pages.py confluence|markdown COUNT FOLDER

The same count gives the same bytes. Most pages have headings; some a table of two columns, a table with an error a
row, panels, nested tables, folded parts, pictures, comments, headings in German, no heading at all, or no error.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from synthetic import SEED, TAGS

SERVICES: Final = ("payments", "catalog", "identity", "ledger", "shipping", "reporting")
_KINDS: Final = ("Timeout", "Refused", "Conflict", "Rejected", "Exhausted", "Mismatch", "NotFound", "Overflow")
_VERBS: Final = ("opened", "locked", "renewed", "loaded", "written", "rotated", "flushed", "attached")
_SECONDS: Final = ("job", "lease", "shard", "queue", "replica", "batch", "token", "route")


class Trouble(NamedTuple):
    """An error with what is known of it."""

    service: str
    title: str
    message: str
    cause: str
    steps: tuple[str, ...]
    command: str


def trouble(index: int) -> Trouble:
    """The error of a page: no two have the same words."""
    rng = Random(f"{SEED}-{index}")  # noqa: S311 - made-up text
    one, other = TAGS[index % len(TAGS)], TAGS[(index // len(TAGS) + index * 7 + 1) % len(TAGS)]
    service, kind = SERVICES[index % len(SERVICES)], _KINDS[index % len(_KINDS)]
    verb, second = rng.choice(_VERBS), rng.choice(_SECONDS)
    name = f"{one.title().replace('-', '')}{other.title().replace('-', '')}{kind}"
    return Trouble(
        service,
        f"{service.title()}: {one} {second} cannot be {verb}",
        f"{name}: {one} {second} 'eu-{rng.randrange(90)}' could not be {verb} by {service}-{other}, "
        f"{rng.randrange(2, 9)} attempts in {rng.randrange(100, 9000)} ms",
        f"The {other} of the {second} is renewed only when the service starts. After a failover it is stale.",
        (f"Look at the {one} of the {second} in the console.", f"Restart {service}-{other}.", "Wait a minute."),
        f"kubectl --namespace {service} rollout restart deployment/{service}-{other}",
    )


def write_space(folder: Path, count: int) -> None:
    """A Confluence space's HTML export of so many pages."""
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<html><body><div id='content'>Space Details</div></body></html>", "utf-8")
    for index in range(count):
        shape, title = _shape(index, _SHAPES), trouble(index).title
        if shape is _minutes:
            title = f"Meeting notes {index}"
        elif index % 50 == 49:
            title = trouble(index - 1).title  # two pages of one name
        number = 583_000_000 + index * 37
        name = "".join(sign if sign.isalnum() else "-" for sign in title)
        (folder / f"{name}_{number}.html").write_text(_framed(title, index, shape(index)), "utf-8")


def write_runbooks(folder: Path, count: int) -> None:
    """So many runbooks in Markdown, in a folder for each service."""
    for index in range(count):
        about = trouble(index)
        path = folder / about.service / f"runbook-{index:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_runbook(index, about), "utf-8")


def _shape(index: int, shapes: Sequence[tuple[int, Callable[[int], str]]]) -> Callable[[int], str]:
    at = Random(f"{SEED}-shape-{index}").randrange(sum(share for share, _ in shapes))  # noqa: S311
    for share, shape in shapes:
        at -= share
        if at < 0:
            return shape
    raise AssertionError


def _code(text: str, brush: str = "java") -> str:
    return (
        '<div class="code panel pdl" style="border-width: 1px;"><div class="codeContent panelContent pdl">\n'
        f'<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: {brush}; gutter: false; '
        f'theme: Confluence" data-theme="Confluence">{escape(text)}</pre>\n</div></div>'
    )


def _log(about: Trouble) -> str:
    return (
        "2026-03-04 11:02:12,001 INFO  [main] c.a.Worker - starting\n"
        f"2026-03-04 11:02:13,113 ERROR [worker-7] c.a.{about.service}.Client - {about.message}\n"
        f"\tat com.acme.{about.service}.Client.call(Client.java:118)\n"
        "\tat java.base/java.lang.Thread.run(Thread.java:840)"
    )


def _steps(about: Trouble) -> str:
    items = "".join(f"<li><p>{escape(step)}</p></li>" for step in about.steps)
    return f"<ol>{items}</ol>{_code(about.command, 'bash')}"


def _headed(index: int) -> str:
    about = trouble(index)
    picture = (
        '<p><span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image" '
        f'src="attachments/583{index:06}/660078599.png?width=1022" data-linked-resource-default-alias="screen.png" '
        'data-base-url="https://wiki.example.com"></span></p>'
    )
    note = (
        '<div class="confluence-information-macro confluence-information-macro-warning">'
        '<span class="aui-icon aui-icon-small aui-iconfont-error confluence-information-macro-icon"></span>'
        '<div class="confluence-information-macro-body"><p>Orders that are in flight are sent twice.</p></div></div>'
    )
    return (
        '<div class="toc-macro"><ul><li><a href="#Symptoms">Symptoms</a></li></ul></div>'
        f"<p>Seen in production&nbsp;after a failover.</p><h2>Symptoms</h2><p>Requests fail &amp; the log says:</p>"
        f"{_code(_log(about))}{picture if index % 3 == 0 else ''}<h2>Root cause</h2><p>{escape(about.cause)}</p>"
        f"<h2>Resolution</h2>{note if index % 4 == 0 else ''}{_steps(about)}"
        f'<h2>References</h2><p><a href="Design_583111111.html">The design</a>, owner: <a '
        'class="confluence-userlink user-mention" href="/people/1">The platform team</a></p>'
    )


def _labelled(index: int) -> str:
    about = trouble(index)
    rows = {
        "Symptom": _code(about.message, "text"),
        "Cause": about.cause,
        "Solution": _steps(about),
        "Owner": "Platform",
    }
    cells = "".join(
        f'<tr><th class="confluenceTh"><p>{label}</p></th><td class="confluenceTd">{value}</td></tr>'
        for label, value in rows.items()
    )
    return f'<div class="table-wrap"><table class="confluenceTable"><tbody>{cells}</tbody></table></div>'


def _listed(index: int) -> str:
    head = "".join(f'<th class="confluenceTh">{name}</th>' for name in ("No", "Error", "Cause", "Fix"))
    rows = ""
    for number in range(3):
        about = trouble(index * 3 + 7919 + number)
        cells = (str(number + 1), f"<code>{escape(about.message)}</code>", about.cause, " ".join(about.steps))
        rows += "<tr>" + "".join(f'<td class="confluenceTd">{cell}</td>' for cell in cells) + "</tr>"
    return f'<p>Known errors.</p><table class="confluenceTable"><tbody><tr>{head}</tr>{rows}</tbody></table>'


def _folded(index: int) -> str:
    about = trouble(index)
    inner = "<table><tbody><tr><th>Host</th><th>Lag</th></tr><tr><td>a</td><td>3 s</td></tr></tbody></table>"
    return (
        f"<h1>Problem</h1><p><strong>{escape(about.message)}</strong></p><h1>Fix</h1>"
        '<div class="expand-container"><div class="expand-control"><span class="expand-control-icon icon">&nbsp;</span>'
        '<span class="expand-control-text">Click here to expand...</span></div>'
        f'<div class="expand-content">{_steps(about)}</div></div>'
        f"<h1>Diagnosis</h1><table><tbody><tr><td>Replicas</td><td>{inner}</td></tr></tbody></table>"
    )


def _german(index: int) -> str:
    about = trouble(index)
    return (
        f"<h2>Fehlermeldung</h2>{_code(about.message)}<h2>Ursache</h2><p>Nach einem Neustart fehlt das Token "
        f"für die Gegenstelle.</p><h2>Lösung</h2>{_steps(about)}"
    )


def _plain(index: int) -> str:
    about = trouble(index)
    return f"<p>We had this again last night.</p>{_code(_log(about))}<p>{' '.join(about.steps)} That helped.</p>"


def _twofold(index: int) -> str:
    return "".join(
        f"<h2>{escape(about.title)}</h2><h3>Error message</h3>{_code(about.message)}<h3>Workaround</h3>{_steps(about)}"
        for about in (trouble(index), trouble(index + 104_729))
    )


def _long(index: int) -> str:
    return _headed(index) + "<h2>History</h2>" + "<p>Looked at it, nothing found. It went away.</p>" * 600


def _minutes(index: int) -> str:
    return "<h2>Agenda</h2><ul><li>Roadmap</li><li>Holidays</li></ul><p>Next meeting in two weeks.</p>"


_SHAPES: Final[tuple[tuple[int, Callable[[int], str]], ...]] = (
    *((52, _headed), (10, _labelled), (3, _listed), (8, _folded), (4, _german)),
    *((8, _plain), (3, _twofold), (1, _long), (11, _minutes)),
)
"""How many of a hundred pages have which shape."""


def _framed(title: str, index: int, content: str) -> str:
    service = trouble(index).service
    comments = (
        '<div class="pageSection group"><div class="pageSectionHeader"><h2 id="comments" class="pageSectionTitle">'
        'Comments:</h2></div><table border="0" width="100%"><tr><td><a name="comment-1"></a>'
        '<font class="smallfont"><p>The restart alone was enough for us.</p></font><div class="smallfont">'
        '<img src="images/icons/contenttypes/comment_16.png"/> Posted by user1 at May 24, 2025 15:20</div></td></tr>'
        "</table></div>"
    )
    return f"""\
<!DOCTYPE html>
<html>
<head><title>Operations : {escape(title)}</title><link rel="stylesheet" href="styles/site.css" type="text/css" />
<META http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>
<body class="theme-default aui-theme-default"><div id="page"><div id="main" class="aui-page-panel">
<div id="main-header"><div id="breadcrumb-section"><ol id="breadcrumbs"><li class="first"><span><a href="index.html">\
Operations</a></span></li><li><span><a href="{service}_583999999.html">{service.title()}</a></span></li></ol></div>
<h1 id="title-heading" class="pagetitle"><span id="title-text">Operations : {escape(title)}</span></h1></div>
<div id="content" class="view"><div class="page-metadata">Created by <span class='author'> User One</span>, \
last modified by <span class='editor'> User Two</span> on Jun {index % 28 + 1}, 2025</div>
<div id="main-content" class="wiki-content group">{content}</div>
{comments if index % 9 == 0 else ""}</div></div>
<div id="footer" role="contentinfo"><section class="footer-body"><p>Document generated by Confluence on Nov 02, 2026 \
05:24</p></section></div></div></body></html>
"""


def _runbook(index: int, about: Trouble) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(about.steps, 1))
    fix = f"{steps}\n\n```sh\n{about.command}\n```"
    front = f'---\ntitle: "{about.title}"\ntags: [{about.service}, runbook]\ndate: 2025-06-{index % 28 + 1:02}\n---\n'
    if index % 10 == 9:
        return f"# Rota of {about.service}\n\n| Week | Who |\n| --- | --- |\n| 1 | team a |\n"
    if index % 10 == 8:
        return f"# {about.title}\n\n**Symptom:** `{about.message}`\n\n**Cause:** {about.cause}\n\n**Fix:** {steps}\n"
    return (
        f"{front if index % 2 else ''}\n# {about.title}\n\nPages the person on call.\n\n"
        f"## Symptoms\n\n```\n{_log(about)}\n```\n\n![Dashboard](img/dash.png)\n\n"
        f"## Cause\n\n{about.cause}\n\n## Steps to resolve\n\n{fix}\n\n"
        f"## Verification\n\nThe graph is flat again.\n\n## Escalation\n\nThe team of {about.service}.\n"
    )


def products() -> Iterator[str]:
    """The lines of `products.yml` for these pages."""
    for service in SERVICES:
        yield f"{service}: {{name: {service.title()}, home: https://example.com/{service}, category: service}}"


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write made-up pages of an old wiki.")
    parser.add_argument("kind", choices=("confluence", "markdown"))
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    (write_space if options.kind == "confluence" else write_runbooks)(options.folder, options.count)


if __name__ == "__main__":
    main()
