"""Plain text in YAML that version 1.1, which is read here, and version 1.2, which editors read, read differently.

The types of 1.1: https://yaml.org/type/int.html, float.html, bool.html, value.html, merge.html. The core schema of 1.2:
https://yaml.org/spec/1.2.2/ section 10.3.2, "Tag Resolution". Dates are types of 1.1 only, but stand where both have
one: a schema of 1.2 says of a text that it has the form of a date.
"""

import re
from typing import Final

from kb.entry.yaml_document import parse_yaml
from kb.entry.yaml_text import quoted

AMBIGUOUS: Final = re.compile(
    r"y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"  # 1.1: booleans; 1.2 has true and false only
    r"|[-+]?0[0-9_]+"  # 1.1: octal, or text with an 8 or 9; 1.2: decimal
    r"|0o[0-7]+"  # 1.2: octal
    r"|[-+]?0b[01_]+|[-+]0x[0-9a-fA-F_]+|0x[0-9a-fA-F]*_[0-9a-fA-F_]*"  # 1.1: binary, hexadecimal with more
    r"|[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"  # 1.1: to the base of 60
    r"|(?=[-+0-9.]*_)[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"  # 1.1: `_` between digits
    r"|[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)[eE][0-9]+|[-+]?[0-9]+[eE][-+]?[0-9]+"  # 1.2: exponents without a sign or dot
    r"|[-+]\.[0-9]+(?:[eE][-+]?[0-9]+)?"  # 1.2: a sign before a dot
    r"|=|<<"  # 1.1: marks of a value and of a merge
)


def read_alike(text: str) -> str | None:
    """What to write for plain text so that both versions read what is read here; None where nothing has to change.

    Text gets quotes, an integer is written in decimal. None is also the answer where 1.1 reads a boolean or a fraction:
    no key of an entry takes one.
    """
    if not AMBIGUOUS.fullmatch(text):
        return None
    value = parse_yaml(f"k: {text}\n").value
    read = value["k"] if isinstance(value, dict) else None
    if isinstance(read, str):
        return quoted(text)
    return str(read) if isinstance(read, int) and not isinstance(read, bool) and str(read) != text else None
