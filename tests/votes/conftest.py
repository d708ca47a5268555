"""GitHub for tests of votes: the stand-in of `tests/github`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "github"))  # where the stand-in lives

from against_stand_in import github, kb  # noqa: F401
