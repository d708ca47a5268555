"""A small knowledge base whose recipes need nothing but a shell."""

from pathlib import Path

PRODUCTS = """\
demo:
  name: Demo
  home: https://demo.example/
  repository: example/demo
  category: tools
"""

ENTRY = """\
---
title: The settings of the demo name no port
signatures:
  - text: "demo: no port is named in {{{{file:path}}}}"
    examples: ["demo: no port is named in /srv/demo/settings.txt"]
tags: [settings]
proof:
{proof}
updated: 2026-05-04
---

## Summary

The demo wants to be told more. Say it in its settings.

## Cause

Nothing has a port by itself.

## Workaround: Name a port

```sh
printf 'port=80\\n' > settings.txt
```

## Workaround: Say it when it starts

```sh
sh demo.sh --port <port>
```
"""

PROGRAM = """\
  files:
    demo.sh: |
      grep -q port= settings.txt 2>/dev/null && exit 0
      [ "$1" = --port ] && exit 0
      echo "demo: no port is named in $PWD/settings.txt" >&2
      exit 3
"""
PROVOKE = "  provoke: sh demo.sh\n"
GOOD = PROGRAM + PROVOKE + "  fixes:\n    - {workaround: 1, run: true}"


def knowledge_base(folder: Path, *proofs: str) -> Path:
    """A folder with `entries/` of as many entries as there are recipes: demo/no-port, demo/no-port-2, …"""
    entries = folder / "entries"
    (entries / "demo").mkdir(parents=True)
    (entries / "products.yml").write_text(PRODUCTS)
    (entries / "tools.yml").write_text("[]\n")
    for number, proof in enumerate(proofs, 1):
        name = "no-port" if number == 1 else f"no-port-{number}"
        text = ENTRY.format(proof=proof.rstrip("\n"))
        if number > 1:
            text = text.replace("demo: no port", f"demo {number}: no port")
        (entries / "demo" / f"{name}.md").write_text(text)
    return folder


def entry_of(folder: Path) -> str:
    return (folder / "entries/demo/no-port.md").read_text()
