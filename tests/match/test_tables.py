"""The tables that both languages share: JavaScript has what Python has."""

import os
from pathlib import Path

import pytest
from rjsmin import jsmin

from kb.site.bundle import asset_files, tables_modules

ASSETS = Path(__file__).parents[2] / "kb/site/assets"


@pytest.mark.parametrize("name", tables_modules())
def test_a_module_for_javascript_is_written_from_pythons_tables(name):
    module = tables_modules()[name]
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        (ASSETS / name).write_text(module, "utf-8")
    assert (ASSETS / name).read_text("utf-8") == module


def test_a_site_gets_the_modules():
    files = asset_files()
    assert {name: files[name].decode() for name in tables_modules()} == {
        name: jsmin(module) for name, module in tables_modules().items()
    }
