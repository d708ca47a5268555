"""Stack Overflow for Teams: its own export, and questions as its API gives them.

The export is a zip archive of `posts.json`, `comments.json`, `tags.json` and others. A post has `id`, `postType`
(`question`, `answer`), `title`, `bodyMarkdown`, `score`, `parentId`, `acceptedAnswerId`, `creationDate` and `tags`
between bars: `|db|timeout|`. What reads the API writes a list of questions with their answers, in the API's own names:
`question_id`, `body_markdown`, `is_accepted`. https://api.stackoverflowteams.com/docs/types/question
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any, Final

from kb.drafts.moving.files import ExportError, File, files_in, text_of_file
from kb.drafts.moving.page import Fix, Found, Page, Parts, Unreadable

_MOST_ANSWERS: Final = 5
"""Answers that become workarounds; the others go under Notes."""
_LEAST_SCORE: Final = 0


def questions_in(path: Path, address: str = "") -> tuple[int, Iterator[Found]]:
    """The questions of an export, a folder, its zip archive or a file of JSON: how many, and each.

    `address` is that of the team, `https://stackoverflowteams.com/c/team`. Raises ExportError.
    """
    files = {file.name.rpartition("/")[2]: file for file in files_in(path, ".json")}
    posts = files.get("posts.json")
    if posts:
        comments = _list_in(files["comments.json"]) if "comments.json" in files else []
        held = _list_in(posts)
        return _of_export(held, comments, posts.name, address)
    for file in files.values():
        held = _list_in(file)
        if any(isinstance(one, dict) and "question_id" in one for one in held):
            return len(held), (_of_api(one, number, file.name) for number, one in enumerate(held, 1))
    raise ExportError(
        f"{path}: neither `posts.json` of the export nor a list of questions of the API (`question_id`) is in it"
    )


def _list_in(file: File) -> list[Any]:
    text = text_of_file(file)
    if isinstance(text, Unreadable):
        raise ExportError(f"{text.where}: {text.problem}")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ExportError(f"{file.name}{line}: no JSON ({error}). Export it anew.") from None
    value = value.get("items", value) if isinstance(value, dict) else value
    if not isinstance(value, list):
        raise ExportError(f"{file.name}: a list was expected. Take the file as it was exported.")
    return value


def _of_export(posts: list[Any], comments: list[Any], name: str, address: str) -> tuple[int, Iterator[Found]]:
    sound = [(number, post) for number, post in enumerate(posts, 1) if isinstance(post, dict) and "id" in post]
    bad = [number for number, post in enumerate(posts, 1) if not (isinstance(post, dict) and "id" in post)]
    answers: dict[object, list[dict[str, Any]]] = {}
    said: dict[object, list[str]] = {}
    for _, post in sound:
        if post.get("parentId") is not None and not post.get("deletionDate"):
            answers.setdefault(post["parentId"], []).append(post)
    for comment in comments:
        if isinstance(comment, dict) and comment.get("text") and not comment.get("deletionDate"):
            said.setdefault(comment.get("postId"), []).append(str(comment["text"]))
    asked = [(number, post) for number, post in sound if post.get("parentId") is None and post.get("title")]

    def pages() -> Iterator[Found]:
        yield from (Unreadable(f"{name}, post {number}", "no post: it has no `id`") for number in bad)
        for number, post in asked:
            where = f"{name}, question {post['id']}"
            if post.get("deletionDate"):
                yield Unreadable(where, "deleted there: nothing to do")
            elif not isinstance(post.get("bodyMarkdown"), str):
                yield Unreadable(f"{name}, post {number}", "no `bodyMarkdown`: export it anew, with the text of posts")
            else:
                yield _exported(post, answers.get(post["id"], []), said, where, address)

    return len(bad) + len(asked), pages()


def _exported(
    post: dict[str, Any], answers: list[dict[str, Any]], said: Mapping[object, list[str]], where: str, address: str
) -> Page:
    accepted = post.get("acceptedAnswerId")
    ordered = sorted(answers, key=lambda one: (one.get("id") != accepted, -_number(one.get("score"))))
    texts = [
        (str(one.get("bodyMarkdown") or ""), _number(one.get("score")), one.get("id") == accepted) for one in ordered
    ]
    talk = [text for one in (post, *ordered) for text in said.get(one.get("id"), [])]
    tags = post.get("tags") or ""
    return _question(
        key=f"stackoverflow/{post['id']}",
        where=where,
        title=str(post["title"]),
        body=str(post["bodyMarkdown"]),
        answers=texts,
        comments=talk,
        tags=tuple(filter(None, tags.split("|") if isinstance(tags, str) else map(str, tags))),
        address=f"{address.rstrip('/')}/questions/{post['id']}" if address else "",
        updated=_day(post.get("lastEditDate") or post.get("creationDate")),
        is_article=str(post.get("postType", "question")).lower() not in ("question", "answer"),
    )


def _of_api(question: Any, number: int, name: str) -> Found:
    if not isinstance(question, dict) or "question_id" not in question:
        return Unreadable(f"{name}, question {number}", "no question: it has no `question_id`")
    where = f"{name}, question {question['question_id']}"
    if question.get("is_deleted"):
        return Unreadable(where, "deleted there: nothing to do")
    if not isinstance(question.get("body_markdown"), str):
        return Unreadable(where, "no `body_markdown`: ask the API with a filter that has it")
    answers = [one for one in question.get("answers") or () if isinstance(one, dict)]
    ordered = sorted(answers, key=lambda one: (not one.get("is_accepted"), -_number(one.get("score"))))
    talk = [one for post in (question, *ordered) for one in post.get("comments") or () if isinstance(one, dict)]
    link = str(question.get("link") or "")
    return _question(
        key=f"stackoverflow/{question['question_id']}",
        where=where,
        title=unescape(str(question.get("title") or "")),
        body=unescape(question["body_markdown"]),
        answers=[
            (unescape(str(one.get("body_markdown") or "")), _number(one.get("score")), bool(one.get("is_accepted")))
            for one in ordered
        ],
        comments=[unescape(str(one.get("body_markdown") or "")) for one in talk],
        tags=tuple(map(str, question.get("tags") or ())),
        address=link if link.startswith("https://") else "",
        updated=_day(question.get("last_edit_date") or question.get("creation_date")),
    )


def _question(
    *,
    key: str,
    where: str,
    title: str,
    body: str,
    answers: list[tuple[str, int, bool]],
    comments: list[str],
    tags: tuple[str, ...],
    address: str,
    updated: date | None,
    is_article: bool = False,
) -> Page:
    """A question with what was answered: the accepted answer first, then by votes."""
    good = [text for text, score, accepted in answers if text.strip() and (accepted or score >= _LEAST_SCORE)]
    others = [text for text, _, _ in answers if text.strip() and text not in good[:_MOST_ANSWERS]]
    notes = [f"### One more answer\n\n{text}" for text in others]
    if said := [f"- {' '.join(text.split())}" for text in comments if text.strip()]:
        notes.append("### Comments on the old page\n\n" + "\n".join(said))
    parts = Parts(
        error="" if is_article else body,
        fixes=tuple(Fix("", text) for text in good[:_MOST_ANSWERS]),
        notes="\n\n".join(notes),
    )
    return Page(
        key=key, where=where, title=title, body=body if is_article else "", said=parts, products=tags, tags=tags,
        address=address, updated=updated,
    )  # fmt: skip


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _day(value: object) -> date | None:
    if isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).date() if 0 < value < 10**11 else None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
