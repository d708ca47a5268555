"""A stand-in for GitHub's own program `gh`, run as a program: `gh api` as the REST API documents its answers, and
`gh pr list --head`, which finds branches of forks too. What this GitHub holds is the JSON file that GH_STATE names.

    {"pulls": [...], "issues": {"7": {...}}, "comments": {"7": [...]}, "calls": [...]}
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

REPOSITORY = "acme/fixes"


class RefusedError(Exception):
    """What the API answers to what it doesn't take: a status."""


def listed(state: dict, query: dict) -> list[dict]:
    """https://docs.github.com/rest/pulls/pulls#list-pull-requests: `head` is `user:ref-name`."""
    wanted, head = query.get("state", "open"), query.get("head")
    return [
        pull
        for pull in state["pulls"]
        if wanted in ("all", pull["state"]) and head in (None, f"{pull['head']['user']['login']}:{pull['head']['ref']}")
    ]


def id_of(repository: str) -> int:
    """A number for a repository, as GitHub gives each one."""
    return int(repository.encode().hex()[-12:], 16)


def pull_of(number: int, branch: str, repository: str = REPOSITORY, **keys: object) -> dict:
    """A pull request, the part of it that is looked at."""
    owner = repository.partition("/")[0]
    repo = {"full_name": repository, "id": id_of(repository)}
    head = {"ref": branch, "sha": "a" * 40, "label": f"{owner}:{branch}", "user": {"login": owner}, "repo": repo}
    return {"number": number, "state": "open", "head": head, **keys}


def answer(state: dict, method: str, path: str, query: dict, value: dict) -> object:
    """What the API answers; what is changed is changed in `state`."""
    found = re.fullmatch(rf"repos/{REPOSITORY}/(pulls|issues|issues/comments)(?:/(\d+))?(/comments)?", path)
    if not found:
        raise RefusedError("404 Not Found")
    kind, number, comments = found.groups()
    match method, kind, comments:
        case "GET", "pulls", None if not number:
            return listed(state, query)
        case "POST", "pulls", None if not number:
            taken = [pull for pull in listed(state, {}) if pull["head"]["label"] == f"acme:{value['head']}"]
            if taken:
                raise RefusedError("422 Validation Failed: A pull request already exists")
            pull = pull_of(100 + len(state["pulls"]), value["head"])
            state["pulls"].append(pull | {key: value[key] for key in ("title", "body", "base")})
            return state["pulls"][-1]
        case "PATCH", "pulls", None:
            pull = next(pull for pull in state["pulls"] if pull["number"] == int(number))
            pull.update(value)
            return pull
        case "GET", "issues", None if number in state["issues"]:
            return state["issues"][number]
        case "PATCH", "issues", None if number in state["issues"]:
            labels = [{"name": name} for name in value.pop("labels", [])]
            state["issues"][number].update(value, labels=labels)
            return state["issues"][number]
        case "GET", "issues", "/comments":
            return state["comments"].get(number, [])
        case "POST", "issues", "/comments":
            made = {"id": 1000, "user": {"login": "github-actions[bot]"}, "body": value["body"]}
            state["comments"].setdefault(number, []).append(made)
            return made
        case "PATCH", "issues/comments", None:
            comment = next(one for several in state["comments"].values() for one in several if one["id"] == int(number))
            comment.update(value)
            return comment
    raise RefusedError("404 Not Found")


def fields(raw: list[str], typed: list[str], file: str | None) -> dict:
    """The body of a request: `--raw-field name=text`, `--field name=@file`, `--input file`."""
    value: dict = json.loads(Path(file).read_text("utf-8")) if file else {}
    value |= {name: text for name, _, text in (one.partition("=") for one in raw)}
    for name, _, text in (one.partition("=") for one in typed):
        value[name] = Path(text[1:]).read_text("utf-8") if text.startswith("@") else text
    return value


def main(arguments: list[str]) -> int:
    file = Path(os.environ["GH_STATE"])
    state = json.loads(file.read_text("utf-8"))
    state["calls"].append(" ".join(arguments))
    code = 0
    if arguments[:1] == ["api"]:
        parser = argparse.ArgumentParser()
        parser.add_argument("path")
        parser.add_argument("--method")
        parser.add_argument("--silent", action="store_true")
        parser.add_argument("--paginate", action="store_true")
        parser.add_argument("--raw-field", action="append", default=[])
        parser.add_argument("--field", action="append", default=[])
        parser.add_argument("--input")
        given = parser.parse_args(arguments[1:])
        value = fields(given.raw_field, given.field, given.input)
        url = urlsplit(given.path)
        try:
            said = answer(
                state, given.method or ("POST" if value else "GET"), url.path, dict(parse_qsl(url.query)), value
            )
            if not given.silent:
                sys.stdout.write(json.dumps(said))
        except RefusedError as error:
            sys.stderr.write(f"gh: {error}")
            code = 1
    elif arguments[:2] == ["pr", "list"]:
        branch = arguments[arguments.index("--head") + 1]
        sys.stdout.write(json.dumps([pull for pull in state["pulls"] if pull["head"]["ref"] == branch]))
    elif arguments[:2] != ["auth", "setup-git"]:
        sys.stderr.write(f"gh: not known here: {arguments}")
        code = 1
    file.write_text(json.dumps(state), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
