"""`kb import --csv`: a table of errors and fixes, as spreadsheets and ticket systems write it."""

import pytest

ROWS = """\
Number,Message,Root Cause,Resolution,Service,Owner
KB1,"GatewayRefused: capture of order 8812 was refused by the bank",It forgets.,"Restart it.
Then wait.",Shop,Team A
KB2,LedgerClosed: month 2026-03 is closed for journal 77,,Open the month.,Bank Gateway,
"""
MAP = ("--map", "error=Message,product=Service", "--map", "id=Number")


@pytest.fixture
def moved(base):
    """A function that moves a table in, and gives its entries."""

    def one(content: str | bytes, *arguments: str, code: int = 0):
        base.file("kb.csv", content)
        base.move("--csv", "kb.csv", *arguments, code=code)
        return base.entries()

    return one


def test_a_row_is_an_entry(moved, base):
    entries = moved(ROWS, *MAP)
    first = next(entry for entry in entries.values() if entry.product == "shop")
    assert first.signatures[0].text == "GatewayRefused: capture of order {{number:int}} was refused by the bank"
    assert (first.cause, first.workarounds[0].body) == ("It forgets.", "Restart it.\nThen wait.")
    assert "**Owner:** Team A" in first.notes
    assert "Moved from `kb.csv/KB1`." in first.notes
    assert "columns: Message=" not in base.said
    assert "error=Message, product=Service, id=Number, cause=Root Cause, fix=Resolution" in base.said


def test_moving_again_changes_nothing_and_a_changed_row_is_renewed(moved, base):
    moved(ROWS, *MAP)
    before = base.files()
    moved(ROWS, *MAP)
    assert base.files() == before
    entries = moved(ROWS.replace("It forgets.", "It forgets all."), *MAP)
    assert "It forgets all." in {entry.cause for entry in entries.values()}
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("content", "arguments"),
    [
        (ROWS.replace(",", ";").encode("utf-8-sig"), ()),
        (("sep=;\n" + ROWS.replace(",", ";")).encode(), ()),
        (ROWS.replace(",", "\t").encode("utf-16"), ()),
        (ROWS.replace(",", "~").encode(), ("--delimiter", "~")),
        (ROWS.replace("It forgets.", "Er vergißt.").encode("cp1252"), ()),
        (ROWS.replace("It forgets.", "Er vergißt.").encode("cp850"), ("--encoding", "cp850")),
    ],
    ids=["semicolon-bom", "sep", "tab-utf16", "delimiter", "cp1252", "encoding"],
)
def test_delimiters_and_encodings_are_found_or_said(moved, base, content, arguments):
    entries = moved(content, *MAP, *arguments)
    assert len(entries) == 2
    assert ("read as cp1252" in base.said) == (b"vergi\xdft" in content)


def test_a_column_that_is_not_there_is_named(base):
    base.file("kb.csv", ROWS)
    base.move("--csv", "kb.csv", "--map", "error=Mesage", code=2)
    assert "kb.csv has no column 'Mesage'. Did you mean 'Message'? Columns: 'Number', 'Message'" in base.last.output
    base.move("--csv", "kb.csv", "--map", "eror=Message", code=2)
    assert "write FIELD=COLUMN, with one of the fields error, fix, cause" in base.last.output


def test_a_table_without_an_error_says_what_to_map(base):
    base.file("kb.csv", "A,B\n1,2\n")
    base.move("--csv", "kb.csv", code=2)
    assert "no column is known as the error. Say which: --map error=COLUMN,fix=COLUMN. Columns: 'A', 'B'" in (
        base.last.output
    )


def test_a_bad_row_is_named_and_the_others_go_on(moved, base):
    base.file("kb.csv", ROWS + "KB3,a,b,c,Shop,d,too,many\nKB4,LockLost: lease is lost to a replica,,Wait.,Shop,\n")
    told = base.move("--csv", "kb.csv", *MAP, code=1)
    assert told["failed"][0].startswith("kb.csv:5: 8 cells, and the header has 6")
    assert len(told["new"]) == 3


def test_html_in_cells_becomes_markdown(moved):
    html = "<p>Restart <b>it</b>:</p><ol><li>Stop</li></ol><pre>kubectl get x</pre>"
    entries = moved(ROWS.replace("Open the month.", html), *MAP)
    body = next(entry.workarounds[0].body for entry in entries.values() if entry.product == "bank")
    assert "Restart **it**:" in body
    assert "```sh\nkubectl get x\n```" in body


def test_columns_can_be_left_out(moved):
    entries = moved(ROWS, *MAP, "--map", "ignore=Owner")
    assert not any("Team A" in (entry.notes or "") for entry in entries.values())


def test_columns_of_one_name_lose_nothing(moved):
    rows = "Error,Fix,Fix,,,Service\nLedgerClosed: month 7 is closed,Open it.,Then wait.,One,Two,shop\n"
    (entry,) = moved(rows).values()
    assert entry.workarounds[0].body == "Open it."
    for told in ("**Fix (2):** Then wait.", "**Column without a name:** One", "**Column 5:** Two"):
        assert told in entry.notes


def test_a_row_that_says_that_there_is_no_fix_is_open(moved):
    entries = moved(ROWS.replace("Open the month.", "No workaround known yet."), *MAP)
    assert {entry.status for entry in entries.values()} == {"open", "workaround"}
