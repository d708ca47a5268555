"""Issues, pull requests, events and accounts as GitHub's REST API documents them, with all keys that it promises."""

from datetime import UTC, datetime, timedelta

API = "https://api.github.com"
WEB = "https://github.com"
EPOCH = datetime(2026, 1, 1, 12, tzinfo=UTC)


def at(minutes: float) -> str:
    """A point in time so many minutes after noon of 2026-01-01."""
    return (EPOCH + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def number_for(text: str) -> int:
    """An id that is the same in each run."""
    return sum(ord(character) * (place + 1) for place, character in enumerate(text)) + 1000


def user(login: str, kind: str = "User") -> dict:
    api, web = f"{API}/users/{login}", f"{WEB}/{login}"
    links = {
        f"{name}_url": f"{api}/{name}"
        for name in ("followers", "following", "gists", "starred", "subscriptions", "repos", "events")
    }
    return {
        "login": login,
        "id": number_for(login),
        "node_id": f"U_{login}",
        "avatar_url": f"{web}.png",
        "gravatar_id": "",
        "url": api,
        "html_url": web,
        **links,
        "organizations_url": f"{api}/orgs",
        "received_events_url": f"{api}/received_events",
        "type": kind,
        "site_admin": False,
        "user_view_type": "public",
    }


def full_user(login: str, created_at: str, kind: str = "User") -> dict:
    """An account as it comes when it is asked for by name."""
    nothing = dict.fromkeys(("name", "company", "location", "email", "hireable", "bio", "twitter_username"))
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    return {**user(login, kind), **nothing, "blog": "", **counts, "created_at": created_at, "updated_at": created_at}


def label(name: str) -> dict:
    return {
        "id": number_for(name),
        "node_id": f"L_{number_for(name)}",
        "url": f"{API}/labels/{number_for(name)}",
        "name": name,
        "color": "d73a4a",
        "default": False,
        "description": None,
    }


def reactions(total: int, url: str) -> dict:
    kinds = dict.fromkeys(("-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"), 0)
    return {"url": f"{url}/reactions", "total_count": total, "+1": total, **kinds}


def issue(
    ref: str,
    title: str = "It fails",
    *,
    body: str | None = "",
    author: str | None = "reader",
    labels: tuple[str, ...] = (),
    state: str = "open",
    state_reason: str | None = None,
    created: float = 0,
    reacted: int = 0,
    pull: bool = False,
    merged: bool = False,
    kind: str = "User",
    comments: int = 0,
) -> dict:
    """An issue, or a pull request as an issue."""
    repository, _, number = ref.partition("#")
    api, web = f"{API}/repos/{repository}/issues/{number}", f"{WEB}/{repository}/issues/{number}"
    closed = at(created + 60) if state == "closed" else None
    found = {
        "url": api,
        "repository_url": f"{API}/repos/{repository}",
        "labels_url": f"{api}/labels{{/name}}",
        "comments_url": f"{api}/comments",
        "events_url": f"{api}/events",
        "html_url": web,
        "id": number_for(ref),
        "node_id": f"I_{number_for(ref)}",
        "number": int(number),
        "title": title,
        "user": user(author, kind) if author else None,
        "labels": [label(name) for name in labels],
        "state": state,
        "locked": False,
        "assignees": [],
        "milestone": None,
        "comments": comments,
        "created_at": at(created),
        "updated_at": closed or at(created),
        "closed_at": closed,
        "author_association": "NONE",
        "active_lock_reason": None,
        "body": body,
        "closed_by": None,
        "reactions": reactions(reacted, api),
        "timeline_url": f"{api}/timeline",
        "performed_via_github_app": None,
        "state_reason": state_reason,
    }
    if pull:
        pull_api, pull_web = f"{API}/repos/{repository}/pulls/{number}", f"{WEB}/{repository}/pull/{number}"
        links = {"diff_url": f"{pull_web}.diff", "patch_url": f"{pull_web}.patch"}
        merged_at = at(created + 50) if merged else None
        found |= {
            "html_url": pull_web,
            "draft": False,
            "pull_request": {"url": pull_api, "html_url": pull_web, **links, "merged_at": merged_at},
        }
    return found


def repository(full_name: str) -> dict:
    """What a repository is, as far as a cross-reference's source is read here."""
    owner, _, name = full_name.partition("/")
    return {"id": number_for(full_name), "name": name, "full_name": full_name, "owner": user(owner), "private": False}


def _event(kind: str, actor: str, minutes: float) -> dict:
    number = number_for(f"{kind}{actor}{minutes}")
    return {
        "id": number,
        "node_id": f"E_{number}",
        "url": f"{API}/repos/acme/tool/issues/events/{number}",
        "actor": user(actor),
        "event": kind,
        "commit_id": None,
        "commit_url": None,
        "created_at": at(minutes),
        "performed_via_github_app": None,
    }


def labeled(name: str, actor: str = "keeper", minutes: float = 1, kind: str = "labeled") -> dict:
    return {**_event(kind, actor, minutes), "label": {"name": name, "color": "d73a4a"}}


def closed(actor: str = "keeper", minutes: float = 60, reason: str | None = "completed", commit: str = "") -> dict:
    event = {**_event("closed", actor, minutes), "state_reason": reason}
    if commit:
        event |= {"commit_id": commit, "commit_url": f"{API}/repos/acme/tool/commits/{commit}"}
    return event


def commented(text: str, author: str = "helper", minutes: float = 2) -> dict:
    """A comment as the timeline has it; the list of comments has the same keys."""
    number = number_for(f"{text[:50]}{author}{minutes}")
    url = f"{API}/repos/acme/tool/issues/comments/{number}"
    return {
        "url": url,
        "html_url": f"{WEB}/acme/tool/issues/1#issuecomment-{number}",
        "issue_url": f"{API}/repos/acme/tool/issues/1",
        "id": number,
        "node_id": f"IC_{number}",
        "user": user(author),
        "created_at": at(minutes),
        "updated_at": at(minutes),
        "author_association": "NONE",
        "body": text,
        "reactions": reactions(0, url),
        "performed_via_github_app": None,
        "event": "commented",
        "actor": user(author),
    }


def cross_referenced(source: dict, actor: str = "helper", minutes: float = 3) -> dict:
    """`source` is the issue or pull request that mentions this one."""
    return {
        "actor": user(actor),
        "created_at": at(minutes),
        "updated_at": at(minutes),
        "source": {"type": "issue", "issue": source},
        "event": "cross-referenced",
    }


def changed_file(name: str, former: str | None = None) -> dict:
    """A file as the list of a pull request's files has it."""
    found = {"sha": f"{number_for(name):040x}", "filename": name, "status": "renamed" if former else "modified"}
    address = f"{WEB}/acme/tool/blob/main/{name}"
    found |= {"additions": 1, "deletions": 1, "changes": 2, "blob_url": address, "raw_url": f"{address}?raw=true"}
    found |= {"contents_url": f"{API}/repos/acme/tool/contents/{name}", "patch": "@@ -1 +1 @@\n-before\n+after"}
    return found | ({"previous_filename": former} if former else {})


def discussion(ref: str, title: str, body: str = "", answer: str | None = None, comments: int = 0) -> dict:
    """A discussion as GraphQL gives it. `comments` are those besides the answer."""
    repository, _, number = ref.partition("#")
    return {
        "number": int(number),
        "title": title,
        "body": body,
        "url": f"https://github.com/{repository}/discussions/{number}",
        "createdAt": at(0),
        "updatedAt": at(60 * 24),
        "labels": {"nodes": []},
        "answer": None if answer is None else {"body": answer},
        "comments": {"totalCount": comments + (answer is not None)},
    }
