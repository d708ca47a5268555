"""Log lines with the template that each one was printed from, in the manner of public collections of labelled logs.

`tests/data/match/log_templates.txt` lists the templates of sixteen systems. A `<kind>` in them is a placeholder here,
untyped as in those collections, and a value of its kind in a line.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

TEMPLATES = Path(__file__).parent.parent / "data" / "match" / "log_templates.txt"

_WORDS = re.findall(
    "[a-z]+",
    "worker shard quota lease broker relay codec beacon anchor vector cursor ledger kettle driver panel socket",
)
_TEXTS = [
    "Connection reset by peer",
    "java.io.IOException: Broken pipe",
    "Tue Jun 14 15:16:01 2005",
    "no route to host (errno 113)",
    "timed out",
    "<memory:8192, vCores:-1>",
    "-1",
    "disabled, retry=3, limit=none",
    "user=root",
]


class Template(NamedTuple):
    system: str
    id: str
    signature: str
    fill: Callable[[Random], str]


def _values(choose: Random) -> dict[str, str]:
    n, word = choose.randint(0, 70000), choose.choice(_WORDS)
    ip = ".".join(str(choose.randint(1, 254)) for _ in range(4))
    hexes = f"{choose.getrandbits(64):x}"
    return {
        "n": str(n), "ip": ip, "addr": f"{ip}:{choose.randint(1024, 65000)}", "hex": hexes[: choose.randint(4, 16)],
        "blk": f"blk_{choose.choice(('', '-'))}{choose.getrandbits(60)}", "float": f"{n / 100:.2f}",
        "path": f"/{word}/{choose.choice(_WORDS)}-{n}/{choose.choice(('part-00001', 'a.out', 'default', 'x.log'))}",
        "winpath": rf"C:\Windows\{word}\{choose.choice(_WORDS)}_{n}\cbscore.dll", "empty": choose.choice(("", "alice")),
        "word": choose.choice((word, f"{word}_{n}", f"com.example.{word}", f"{word}-{n}")), "ver": f"6.1.{n}.17514",
        "class": f"org.example.{word}.{word.title()}Committer", "host": f"{word}{n}.cluster.example", "user": word,
        "users": choose.choice((word, f"{word},{choose.choice(_WORDS)}")), "bool": choose.choice(("true", "false")),
        "state": choose.choice(("NEW", "RUNNING", "SUCCEEDED", "LOOKING", "FOLLOWING")), "mac": "00:11:43:e3:ba:c3",
        "uuid": f"{hexes[:8]:0>8}-12ab-4cde-8f00-{n:012}", "date": "2016-09-28", "time": "04:30:31",
        "text": choose.choice((*_TEXTS, f"{word} {n}")),
    }  # fmt: skip


_KIND = re.compile(f"<({'|'.join(_values(Random(0)))})>")


def _template(system: str, number: int, text: str) -> Template:
    pieces = _KIND.split(text)
    signature = pieces[0]
    for place, literal in enumerate(pieces[2::2]):
        signature += f"{{{{a{place}}}}}{literal}"

    def fill(choose: Random) -> str:
        return pieces[0] + "".join(
            _values(choose)[kind] + literal for kind, literal in zip(pieces[1::2], pieces[2::2], strict=True)
        )

    return Template(system, f"{system}/e{number}", signature.replace(r"\{{", "{{"), fill)


def templates() -> list[Template]:
    found: list[Template] = []
    system = ""
    for line in TEMPLATES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            system = line[3:]
        elif not line.startswith("# "):
            found.append(_template(system, len(found), line))
    return found


def lines(listed: list[Template], count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Lines with their template's id: `count` of each template, values at random."""
    choose = Random(seed)
    for template in listed:
        for _ in range(count):
            yield template.fill(choose), template.id
