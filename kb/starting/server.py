"""What the workflows of a base need to be on a GitHub Enterprise Server: older actions, and a host that `gh` is told.

Such a server takes the actions for artifacts up to v3 alone, as their READMEs say
(https://github.com/actions/upload-artifact#v4---whats-new, https://github.com/actions/download-artifact#ghes-support),
and `deploy-pages` up to v3 (https://github.com/actions/deploy-pages#compatibility). `gh` has a variable of its own for
the token of a server (https://cli.github.com/manual/gh_help_environment).
"""

import re
from collections.abc import Mapping
from typing import Final

from kb.entry import GITHUB

_UPLOAD: Final = "actions/upload-artifact@c24449f33cd45d4826c6702db7e49f7cdb9b551d # v3.2.1-node20"
_DOWNLOAD: Final = "actions/download-artifact@ad191675b41f6a5b46da9a048cb6893812da158b # v3.1.0-node20"
_DEPLOY: Final = "actions/deploy-pages@13b55b33dd8996121833dbc1db458c793a334630 # v3.0.1"

_USED: Final = r"actions/{}@[0-9a-f]{{40}} # v\S+"
_BOT: Final = re.compile(r"\d+\+github-actions\[bot\]@users\.noreply\.github\.com")
_TOKEN: Final = re.compile(r"^( +)GH_TOKEN: (.+)$", re.MULTILINE)
_SITE: Final = re.compile(
    rf"^( +)- name: Keep the site\n +uses: {_USED.format('upload-pages-artifact')}\n +with: {{path: site/}}\n",
    re.MULTILINE,
)
_PACKED: Final = f"""\
- name: Pack the site
  run: tar --dereference --hard-dereference --directory site --create --file "$RUNNER_TEMP/artifact.tar" .
- name: Keep the site
  uses: {_UPLOAD}
  with:
    name: github-pages
    path: ${{{{ runner.temp }}}}/artifact.tar
    if-no-files-found: error
    retention-days: 1
"""
"""What `upload-pages-artifact` does, whose releases name no release of `upload-artifact` that such a server runs."""
_MAYBE: Final = re.compile(
    r"^( +)with:\n +# A pattern, since there is none where there is nothing to say\.\n +pattern: (\w+)\n( +path: .+\n)"
    r" +merge-multiple: true\n",
    re.MULTILINE,
)
_FETCHED: Final = r"\1continue-on-error: true # there is none where there is nothing to say\n\1with:\n\1  name: \2\n\3"
"""Up to v3 `download-artifact` takes no pattern."""
_HELD: Final = """\
    # Newer ones don't run on a GitHub Enterprise Server.
    ignore:
      - dependency-name: actions/upload-artifact
      - dependency-name: actions/download-artifact
      - dependency-name: actions/deploy-pages
"""
RUNNERS: Final = """\
- Runners: an Enterprise server has none of its own. The workflows ask for one with the label `ubuntu-24.04`: put that
  on a Linux machine of yours with Python 3.11 or newer, Git, `gh` and `jq`, or change `runs-on`. Actions come from
  github.com by GitHub Connect; those for artifacts and Pages stay at the last releases that run on such a server.
"""
"""What README says of it, an item of its list."""


def is_server(host: str) -> bool:
    """Whether GitHub on this host is a server of somebody's own, and not the cloud's."""
    return host != GITHUB and not host.endswith(".ghe.com")


def for_server(contents: Mapping[str, bytes], host: str) -> dict[str, bytes]:
    """The files of a start under `.github/` as they run on a GitHub Enterprise Server; the others as they are."""
    return {
        path: _changed(path, content.decode(), host).encode() if path.startswith(".github/") else content
        for path, content in contents.items()
    }


def _changed(path: str, text: str, host: str) -> str:
    name, _, _ = host.partition(":")
    text = _BOT.sub(f"github-actions[bot]@users.noreply.{name}", text)
    if path.endswith("dependabot.yml"):
        return text.replace("    groups:\n", f"{_HELD}    groups:\n")
    text = _SITE.sub(lambda found: re.sub("^(?=.)", found[1], _PACKED, flags=re.MULTILINE), text)
    text = _MAYBE.sub(_FETCHED, text)
    for name, pinned in (("upload-artifact", _UPLOAD), ("download-artifact", _DOWNLOAD), ("deploy-pages", _DEPLOY)):
        text = re.sub(_USED.format(name), pinned, text)
    return _TOKEN.sub(rf"\1GH_ENTERPRISE_TOKEN: \2\n\1GH_HOST: {host}", text)
