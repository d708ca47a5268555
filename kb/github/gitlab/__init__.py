"""What GitLab says of an issue: its REST API (v4), asked and told as GitHub's is."""

from kb.github.gitlab.client import GITLAB_SERVICE, GitLabClient

__all__ = ["GITLAB_SERVICE", "GitLabClient"]
