"""Issues, merge requests, notes and events as GitLab's REST API documents them, with all keys that it promises.

https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/notes/
"""

from documented import at as _at
from documented import number_for


def at(minutes: float) -> str:
    """A point in time so many minutes after noon of 2026-01-01, as GitLab writes it: with thousandths."""
    return _at(minutes).replace("Z", ".125Z")


def user(login: str, web: str) -> dict:
    return {
        "id": number_for(login),
        "username": login,
        "public_email": None,
        "name": login.title(),
        "state": "active",
        "locked": False,
        "avatar_url": None,
        "web_url": f"{web}/{login}",
    }


def full_user(login: str, created_at: str, web: str) -> dict:
    """An account as it comes when it is asked for by its number."""
    nothing = dict.fromkeys(("linkedin", "twitter", "discord", "website_url", "organization", "job_title", "pronouns"))
    return {**user(login, web), "created_at": created_at, "bio": "", "location": "", **nothing, "bot": False}


def _shared(web: str, name: str, title: str, author: str | None, created: float) -> dict:
    kind, mark = ("merge_requests", "!") if "!" in name else ("issues", "#")
    path, _, number = name.partition(mark)
    return {
        "id": number_for(name),
        "iid": int(number),
        "project_id": number_for(path),
        "title": title,
        "created_at": at(created),
        "updated_at": at(created),
        "author": user(author, web) if author else None,
        "assignees": [],
        "assignee": None,
        "milestone": None,
        "discussion_locked": None,
        "references": {"short": f"{mark}{number}", "relative": f"{mark}{number}", "full": name},
        "web_url": f"{web}/{path}/-/{kind}/{number}",
        "time_stats": {
            **dict.fromkeys(("time_estimate", "total_time_spent"), 0),
            **dict.fromkeys(("human_time_estimate", "human_total_time_spent")),
        },
        "task_completion_status": {"count": 0, "completed_count": 0},
    }


def issue(
    web: str,
    name: str,
    title: str = "It fails",
    *,
    body: str | None = "",
    author: str | None = "reader",
    labels: tuple[str, ...] = (),
    state: str = "opened",
    duplicate_of: str = "",
    created: float = 0,
    upvotes: int = 0,
    notes: int = 0,
) -> dict:
    shared = _shared(web, name, title, author, created)
    api = f"{web}/api/v4/projects/{shared['project_id']}"
    closed = state == "closed"
    return shared | {
        "description": body,
        "state": state,
        "closed_at": at(created + 90) if closed else None,
        "closed_by": user("keeper", web) if closed else None,
        "labels": list(labels),
        "type": "ISSUE",
        "issue_type": "issue",
        "user_notes_count": notes,
        "merge_requests_count": 0,
        "upvotes": upvotes,
        "downvotes": 0,
        "due_date": None,
        "confidential": False,
        "has_tasks": False,
        "moved_to_id": None,
        "imported": False,
        "imported_from": "none",
        "severity": "UNKNOWN",
        "_links": {
            "self": f"{api}/issues/{shared['iid']}",
            "notes": f"{api}/issues/{shared['iid']}/notes",
            "award_emoji": f"{api}/issues/{shared['iid']}/award_emoji",
            "project": api,
            "closed_as_duplicate_of": duplicate_of or None,
        },
    }


def merge_request(
    web: str,
    name: str,
    title: str = "Free the port",
    *,
    body: str = "",
    author: str = "fixer",
    state: str = "opened",
    draft: bool = False,
    created: float = 10,
) -> dict:
    merged = state == "merged"
    return _shared(web, name, title, author, created) | {
        "description": body,
        "state": state,
        "merged_by": user("keeper", web) if merged else None,
        "merge_user": user("keeper", web) if merged else None,
        "merged_at": at(created + 60) if merged else None,
        "closed_at": at(created + 60) if state == "closed" else None,
        "closed_by": None,
        "target_branch": "main",
        "source_branch": "free-the-port",
        "user_notes_count": 0,
        "upvotes": 0,
        "downvotes": 0,
        "labels": [],
        "draft": draft,
        "work_in_progress": draft,
        "merge_when_pipeline_succeeds": False,
        "merge_status": "can_be_merged",
        "detailed_merge_status": "mergeable",
        "sha": "8" * 40,
        "merge_commit_sha": "9" * 40 if merged else None,
        "squash": False,
    }


def changed_file(name: str, former: str | None = None) -> dict:
    """A file as the list of a merge request's diffs has it."""
    modes = {"a_mode": "100644", "b_mode": "100644", "new_file": False, "deleted_file": False, "generated_file": False}
    names = {"old_path": former or name, "new_path": name, "renamed_file": former is not None}
    return {"diff": "@@ -1 +1 @@\n-before\n+after\n", "collapsed": False, "too_large": False, **modes, **names}


def note(web: str, body: str, author: str = "reader", minutes: float = 5, *, system: bool = False) -> dict:
    return {
        "id": number_for(f"{body}{minutes}"),
        "type": None,
        "body": body,
        "attachment": None,
        "author": user(author, web),
        "created_at": at(minutes),
        "updated_at": at(minutes),
        "system": system,
        "noteable_id": 377,
        "noteable_type": "Issue",
        "project_id": 5,
        "resolvable": False,
        "confidential": False,
        "internal": False,
        "imported": False,
        "imported_from": "none",
        "noteable_iid": 377,
    }


def told(web: str, body: str, author: str = "reader", minutes: float = 5) -> dict:
    """A note of GitLab's own: `mentioned in issue #5`."""
    return note(web, body, author, minutes, system=True)


def _event(web: str, by: str, minutes: float) -> dict:
    return {
        "id": number_for(f"{by}{minutes}"),
        "user": user(by, web),
        "created_at": at(minutes),
        "resource_type": "Issue",
        "resource_id": 253,
    }


def label_event(web: str, name: str | None, action: str = "add", minutes: float = 2) -> dict:
    """A label that came or went; it is null where it was deleted since."""
    label = {"id": 73, "name": name, "color": "#34495E", "description": ""} if name else None
    return _event(web, "keeper", minutes) | {"label": label, "action": action}


def state_event(web: str, state: str, minutes: float = 90) -> dict:
    return _event(web, "keeper", minutes) | {"state": state}


def milestone_event(web: str, title: str, action: str = "add", minutes: float = 3) -> dict:
    milestone = {"id": 61, "iid": 9, "project_id": 7, "title": title, "description": "", "state": "active"}
    return _event(web, "keeper", minutes) | {"milestone": milestone, "action": action, "state": "opened"}
