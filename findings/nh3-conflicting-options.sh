#!/usr/bin/env bash
# Some pairs of nh3's options that exclude each other end in a Rust panic that `except Exception` doesn't catch.
#
# Packages: nh3 0.3.8 (ammonia 4.2.5 inside), Python 3.11 or newer.
# Expected: options that can't be used together raise ValueError, as nh3 does for `rel` under a `link_rel` and for an
#   attribute named in `attributes` and in `tag_attribute_values`.
# Seen: three other pairs raise `pyo3_runtime.PanicException`, which derives from BaseException: `class` among a tag's
#   attributes or among those of all tags ("*") together with `allowed_classes`, and `script` or `style` among `tags`
#   while `clean_content_tags` has its default. Rust also prints "thread '<unnamed>' panicked" to standard error. A
#   plug-in that wraps the sanitiser in `except Exception` to show a plain page instead loses the whole build; and a
#   service that lets its keepers configure the lists takes a wrong one for a crash.
#   A class that `set_tag_attribute_values` sets is filtered by `allowed_classes` as well, and leaves `class=""`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nh3==0.3.8
if ! RUST_BACKTRACE=0 "$folder/venv/bin/python" - <<'PYTHON'
import os

import nh3

HTML = '<p class="a b" dir="rtl">x<a rel="me" href="https://host.example">y</a></p>'
CASES = {
    "class of a tag": ({"tags": {"p"}, "attributes": {"p": {"class"}}, "allowed_classes": {"p": {"a"}}}, "panic"),
    "class of all tags": ({"tags": {"p"}, "attributes": {"*": {"class"}}, "allowed_classes": {"p": {"a"}}}, "panic"),
    "tag of dropped content": ({"tags": {"script"}}, "panic"),
    "rel": ({"tags": {"a"}, "attributes": {"a": {"href", "rel"}}}, "ValueError"),
    "attribute and its values": (
        {"tags": {"p"}, "attributes": {"p": {"dir"}}, "tag_attribute_values": {"p": {"dir": {"ltr"}}}},
        "ValueError",
    ),
}
silent, loud = os.open(os.devnull, os.O_WRONLY), os.dup(2)
for name, (options, expected) in CASES.items():
    os.dup2(silent, 2)  # what Rust prints of a panic
    try:
        seen = repr(nh3.clean(HTML, **options))
    except Exception as error:
        seen = type(error).__name__
    except BaseException as error:
        assert type(error).__name__ == "PanicException", error
        seen = "panic"
    os.dup2(loud, 2)
    print(f"{name}: {seen}")
    assert seen == expected, f"changed: {name}"
left = nh3.clean("<p>x</p>", tags={"p"}, set_tag_attribute_values={"p": {"class": "b"}}, allowed_classes={"p": {"a"}})
print(left)
assert left == '<p class="">x</p>', "changed"
PYTHON
then
  echo "changed: other pairs of options panic, or other pairs raise ValueError"
  exit 1
fi
echo "as described: three pairs panic, two raise ValueError"
