"""The work of a report grows with the issues it covers, and with nothing else."""

from kb.github.report import Bounds, Problem, analyse, collect, to_markdown

WEB = "https://github.com"


class Ring:
    """Issues that each mention the next ones, with texts as long as GitHub takes them."""

    def __init__(self, count: int, length: int) -> None:
        self.count = count
        self.length = length

    def issue(self, ref: str):
        number = int(ref.partition("#")[2])
        others = " ".join(f"#{other}" for other in range(1, self.count + 1) if other % 40 == number % 40)
        body = f"Like {others if number > 1 else ' '.join(f'#{n}' for n in range(2, self.count + 1))}\n"
        return {"number": number, "title": f"Issue {number}", "state": "open",
                "body": body + "a#b @c `d` " * self.length,
                "html_url": f"{WEB}/acme/app/issues/{number}"}  # fmt: skip

    def timeline(self, ref: str):
        return [{"event": "commented", "body": "See #1\n```\nError: x\n```\n" + "text " * self.length}]


def report(count: int, length: int) -> str:
    snapshot = collect("acme/app#1", Ring(count, length), WEB, "2026-01-01T00:00:00Z", bounds=Bounds(2, count, 9999))
    assert not isinstance(snapshot, Problem)
    found = analyse(snapshot, [])
    assert len(found["nodes"]) == count
    return to_markdown(found)


def test_twice_the_issues_take_little_more_than_twice_the_work(steps_of):
    few, many = (steps_of(lambda count=count: report(count, 10)) for count in (80, 160))
    assert many < 3.2 * few


def test_longer_texts_take_no_more_steps_than_lines(steps_of):
    short, long = (steps_of(lambda length=length: report(20, length)) for length in (10, 5000))
    assert long < 2 * short
