"""Which host of issues is asked: the one that the environment names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.github.client import client_from
from kb.github.connection import Connection
from kb.github.gitlab import GITLAB_SERVICE, GitLabClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.github.answers import AnswerStore
    from kb.github.tracker import Tracker


def tracker_from(
    environ: Mapping[str, str],
    *,
    store: AnswerStore | None = None,
    on_wait: Callable[[float, str], None] | None = None,
    **seconds: float,
) -> Tracker:
    """A client for the host that is named; the rest is `Connection`'s. Raises GitHubError.

    `GITLAB_API_URL` comes before `GITHUB_API_URL`, which GitHub's runners always set, and that before
    `CI_API_V4_URL`, which GitLab's always set. Without any it is github.com. The token is that of its kind of host:
    GitLab's job token may not read issues (https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-access).
    """
    api_url = environ.get(GITLAB_SERVICE.address)
    if not api_url and not environ.get("GITHUB_API_URL"):
        api_url = environ.get("CI_API_V4_URL")
    if not api_url:
        return client_from(environ, store=store, on_wait=on_wait, **seconds)
    token = environ.get(GITLAB_SERVICE.token, "")
    return GitLabClient(Connection(api_url, token, store=store, on_wait=on_wait, service=GITLAB_SERVICE, **seconds))
