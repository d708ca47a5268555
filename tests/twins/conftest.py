"""The browser that answers where Node is missing."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of KB_CHROMIUM or of the system, where there is one: nothing needs to be downloaded."""
    installed = os.environ.get("KB_CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, **({"executable_path": installed} if installed else {})}
