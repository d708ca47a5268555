"""`kb import --stackoverflow`: the export of Stack Overflow for Teams, and questions as its API gives them."""

import json
import zipfile

import pytest

ERROR = "GatewayRefused: capture of order 8812 was refused by the bank"
POSTS = [
    {
        "id": 1,
        "postType": "question",
        "title": "Captures are refused",
        "bodyMarkdown": f"Since today:\n\n```\n{ERROR}\n```\n\nWhat to do?",
        "tags": "|shop|capture|",
        "acceptedAnswerId": 4,
        "creationDate": "2024-05-02T10:00:00.000Z",
        "score": 3,
    },
    {"id": 3, "postType": "answer", "parentId": 1, "bodyMarkdown": "Wait an hour.", "score": 9},
    {"id": 4, "postType": "answer", "parentId": 1, "bodyMarkdown": "Restart the worker.", "score": 1},
    {"id": 5, "postType": "answer", "parentId": 1, "bodyMarkdown": "Buy a new one.", "score": -3},
    {"id": 6, "postType": "question", "title": "Where is the canteen?", "bodyMarkdown": "?", "tags": "|shop|"},
]
COMMENTS = [{"id": 9, "postId": 4, "text": "Worked for me.", "userId": 2}]
API = [
    {
        "question_id": 11,
        "title": "Captures are &quot;refused&quot;",
        "body_markdown": f"    {ERROR}, reason &lt;none&gt;",
        "link": "https://stackoverflowteams.com/c/acme/questions/11",
        "tags": ["shop"],
        "creation_date": 1714644000,
        "answers": [{"answer_id": 12, "is_accepted": True, "score": 0, "body_markdown": "Restart the `worker`."}],
    }
]


@pytest.fixture
def exported(base):
    base.file("export/posts.json", json.dumps(POSTS))
    base.file("export/comments.json", json.dumps(COMMENTS))
    return "export"


def test_a_question_with_its_answers_is_an_entry(base, exported):
    told = base.move("--stackoverflow", exported, "--address", "https://stackoverflowteams.com/c/acme")
    entry = base.only()
    assert (entry.id, str(entry.updated), entry.tags) == (
        "shop/captures-are-refused",
        "2024-05-02",
        ("shop", "capture"),
    )
    assert [step.body for step in entry.workarounds] == ["Restart the worker.", "Wait an hour."]
    assert "Since today:" in entry.example
    assert "Buy a new one." in entry.notes
    assert "- Worked for me." in entry.notes
    assert "(<https://stackoverflowteams.com/c/acme/questions/1>)" in entry.notes
    assert len(told["nothing"]) == 1


def test_the_zip_archive_that_it_came_as_will_do(base, exported):
    with zipfile.ZipFile(base.root / "team.zip", "w") as archive:
        for name in ("posts.json", "comments.json"):
            archive.write(base.root / exported / name, name)
    base.move("--stackoverflow", "team.zip")
    assert base.only().id == "shop/captures-are-refused"


def test_questions_of_the_api_will_do(base):
    base.file("questions_answers_comments.json", json.dumps(API))
    base.move("--stackoverflow", "questions_answers_comments.json")
    entry = base.only()
    assert entry.title == 'Captures are "refused"'
    assert entry.signatures[0].text.endswith("reason <none>")
    assert entry.workarounds[0].body == "Restart the `worker`."


def test_moving_again_changes_nothing(base, exported):
    base.move("--stackoverflow", exported)
    before = base.files()
    base.move("--stackoverflow", exported)
    assert base.files() == before


def test_json_that_is_cut_is_named_with_its_line(base):
    base.file("export/posts.json", '[\n{"id": 1,\n')
    base.move("--stackoverflow", "export", code=2)
    assert "posts.json:3: no JSON" in base.last.output


def test_a_post_without_its_text_is_named_and_the_others_go_on(base):
    posts = [*POSTS, {"id": 7, "postType": "question", "title": "No text"}, {"title": "No id"}]
    base.file("export/posts.json", json.dumps(posts))
    told = base.move("--stackoverflow", "export", code=1)["failed"]
    assert any(line.startswith("posts.json, post 6: no `bodyMarkdown`") for line in told)
    assert any(line.startswith("posts.json, post 7: no post") for line in told)
    assert base.only().id == "shop/captures-are-refused"
