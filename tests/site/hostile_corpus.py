"""A knowledge base made from a corpus of payloads: each goes through every field that reaches a page.

`tests/data/hostile/payloads.json` holds them by technique. What a field can't hold is cut or joined to one line there
and stands whole in another.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

PAYLOADS = Path(__file__).parents[1] / "data/hostile/payloads.json"
PER_PRODUCT = 20

CONFIG = """\
site_name: Hostile Corpus
site_description: Each entry tries to run a script in every field.
site_url: https://fixes.example/known-fixes/
repo_url: https://github.com/fixes-example/hostile
edit_uri: edit/main/entries/
docs_dir: entries
theme: {name: kb}
plugins: {kb: {}}
"""


def payloads() -> list[str]:
    """All payloads, in the file's order."""
    return [payload for group in json.loads(PAYLOADS.read_text("utf-8")).values() for payload in group]


def pairs() -> list[str]:
    """The payloads two by two, a long one with a short one, each on a line of its own: half the pages to open."""
    every = sorted(payloads(), key=lambda payload: (len(payload), payload))
    half = (len(every) + 1) // 2
    return [f"{short}\n{long}" for short, long in zip(every[:half], reversed(every[-half:]), strict=True)]


def entry_id(number: int) -> str:
    return f"evil-{number // PER_PRODUCT}/payload-{number}"


def line(payload: str, limit: int = 300) -> str:
    """A payload as a field of one line holds it."""
    return " ".join(payload.split("\n")).strip()[:limit].strip()


def write_knowledge_base(folder: Path) -> Path:
    """Write the knowledge base into a folder; its `mkdocs.yml`."""
    entries = folder / "entries"
    every = pairs()
    for number, payload in enumerate(every):
        ending, text = (".yml", yaml_entry) if number % 5 == 4 else (".md", markdown_entry)
        path = entries / f"{entry_id(number)}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(number, payload), "utf-8")
    products = {
        f"evil-{number // PER_PRODUCT}": {
            "name": line(payload),
            "summary": line(payload),
            "home": address(payload),
            "repository": "fixes-example/hostile",
            "category": "evil",
        }
        for number, payload in enumerate(every)
        if number % PER_PRODUCT == 3
    }
    tools = [
        {
            "name": line(payload),
            "url": address(payload),
            "summary": line(payload, 120),
            "tags": ["evil"],
            "category": "evil",
        }
        for payload in every
    ]
    (entries / "products.yml").write_text(as_yaml(products), "utf-8")
    (entries / "tools.yml").write_text(as_yaml(tools), "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG, "utf-8")
    return config


def address(payload: str) -> str:
    """An address of the web that holds a payload."""
    return ("https://example.org/" + re.sub(r"\s", "", payload))[:500]


def front_matter(number: int, payload: str) -> dict[str, object]:
    literal = payload.replace("{{", "\\{{")
    return {
        "title": line(payload, 120),
        "signatures": [
            {"text": f"{literal} {{{{value}}}} n{number}", "examples": [f"{payload} <b>value</b> n{number}"]},
            {"text": f"second {number} {literal}", "examples": [f"second {number} {payload}"]},
        ],
        "codes": [line(payload, 80)],
        "tags": ["evil"],
        "affects": {"versions": [line(payload)], "platforms": [line(payload)], "environment": line(payload)},
        "issue": {"ref": f"o/n#{number + 1}", "comments": 1, "timeline": {line(payload): 2}},
        "pulls": [{"ref": "o/n#9999", "state": "open", "title": line(payload)}],
        "aliases": [f"evil-{number // PER_PRODUCT}/former-{number}"],
        "raw": payload,
        "updated": "2026-01-02",
    }


def prose(payload: str) -> Iterator[tuple[str, str]]:
    """Heading and Markdown of each section. What a payload may leave open comes last, so that it swallows none."""
    one = line(payload.replace("\x00", "&#0;"), 2000)
    fenced = payload.replace("\x00", "&#0;").replace("```", "'''")
    whole = payload.replace("\x00", "&#0;")
    yield "Summary", f"x {one} x"
    yield (
        "Cause",
        f"x [{one}](https://example.org/) x **{one}** x\n\n> x {one}\n\n| a | b |\n|---|---|\n| x {one} | c |",
    )
    yield (
        f"Workaround: x {one}",
        f"```sh\necho {fenced} {{{{value}}}}\n```\n\nThen `{one}`.\n\n1. x {one}\n   - [ ] x {one}",
    )
    yield f"Workaround: `{one}`", f"~~~{one}\n{fenced}\n~~~"
    yield "Guidance", "\n\n".join(link for each in whole.split("\n") for link in links(each.strip()))
    yield "Example", f"~~~html\n{fenced}\n~~~\n\n    {fenced}"
    yield "Recommendation", f"x {one} x"
    yield "Notes", f"{whole}\n\n> [!WARNING] {one}\n> x\n\n### {one}\n\n{whole}"


def links(one: str) -> Iterator[str]:
    """A payload as the target, text and title of links and images."""
    yield f"[x]({one})"
    yield f"[x](<{one}>)"
    yield f"![x]({one})"
    yield f"![{one}](x.png)"
    yield f'[x](https://example.org/ "{one}")'
    yield f"[x](https://example.org/{one})"
    yield f"[x](../other/{one}.md)"
    yield f"[x](#{one})"
    yield f"<{one}> https://example.org/{one} www.example.org/{one}"
    yield f"[x][ref]\n\n[ref]: {one} '{one}'"


def as_yaml(value: object) -> str:
    """A value as JSON, which is YAML too but for its pairs of surrogates."""
    return re.sub(r"\\ud[89ab]..\\ud[c-f]..", lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(value))


def markdown_entry(number: int, payload: str) -> str:
    keys = "".join(f"{key}: {as_yaml(value)}\n" for key, value in front_matter(number, payload).items())
    sections = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in prose(payload))
    return f"---\n{keys}---\n\n{sections}\n"


def yaml_entry(number: int, payload: str) -> str:
    document = front_matter(number, payload)
    workarounds = []
    for heading, text in prose(payload):
        name, _, title = heading.partition(": ")
        if title:
            workarounds.append({"title": title, "body": text})
        else:
            document[name.lower()] = text
    document.pop("recommendation")  # it would stand after the notes, which may swallow what follows
    return as_yaml({**document, "workarounds": workarounds})
