"""The tables that both matchers share: JavaScript has what Python has."""

import os
from pathlib import Path

from kb.site.bundle import asset_files, tables_module

MODULE = Path(__file__).parents[2] / "kb/site/assets/js/match/tables.js"


def test_the_module_for_javascript_is_written_from_pythons_tables():
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        MODULE.write_text(tables_module(), "utf-8")
    assert MODULE.read_text("utf-8") == tables_module()


def test_a_site_gets_the_module():
    assert asset_files()["js/match/tables.js"] == tables_module().encode()
