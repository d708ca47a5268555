"""`kb import --markdown`: a folder of runbooks, to entries that pass the checks or drafts that say what they lack."""

import pytest

RUNBOOK = """\
# The gateway refuses captures

Orders can't be paid while the gateway restarts.

## Symptoms

The worker's log has:

```
2026-03-04 11:02:13,113 ERROR [w-7] GatewayRefused: capture of order 8812 was refused by gw-3.acme.internal:8443
```

## Root cause

The gateway forgets its sessions when it restarts.

## Resolution

```
kubectl rollout restart deployment/capture-worker
```

## Verification

The queue is empty.

## On call

Team Payments.
"""


@pytest.fixture
def moved(base):
    """A function that moves one runbook in, and gives its entry."""

    def one(text: str, *arguments: str):
        base.file("old/shop/gateway.md", text)
        base.move("--markdown", "old", *arguments)
        return base.only()

    return one


def test_headings_say_what_is_what(moved):
    entry = moved(RUNBOOK)
    assert (entry.id, entry.title) == ("shop/the-gateway-refuses-captures", "The gateway refuses captures")
    (signature,) = entry.signatures
    assert signature.text.startswith("GatewayRefused: capture of order {{number:int}} was refused by {{host:word}}")
    assert entry.summary == "Orders can't be paid while the gateway restarts."
    assert entry.cause == "The gateway forgets its sessions when it restarts."
    assert "kubectl rollout restart" in entry.workarounds[0].body
    assert entry.guidance == "The queue is empty."
    assert "The worker's log has:" in entry.example


def test_what_fits_into_no_section_stands_under_notes(moved):
    notes = moved(RUNBOOK).notes
    assert "### On call\n\nTeam Payments." in notes
    assert "Moved from `old/shop/gateway.md`." in notes


def test_a_link_leads_back_to_the_old_page(moved):
    notes = moved(RUNBOOK, "--address", "https://git.example.com/runbooks/").notes
    assert "Moved from [The gateway refuses captures](<https://git.example.com/runbooks/shop/gateway.md>)." in notes


def test_moving_again_changes_nothing(base):
    base.file("old/shop/gateway.md", RUNBOOK)
    base.file("old/shop/half.md", "# Half\n\n## Error\n\n`ORA-01555: snapshot too old: rollback segment 7`\n")
    base.move("--markdown", "old")
    before = base.files()
    told = base.move("--markdown", "old")
    assert base.files() == before
    assert "1 known" in base.said.replace(", 1 draft", "") or "1 draft, 1 known" in base.said
    assert "new" not in told


def test_a_changed_page_renews_what_nobody_edited(base):
    page = base.file("old/shop/gateway.md", RUNBOOK)
    base.move("--markdown", "old")
    page.write_text(RUNBOOK.replace("forgets its sessions", "drops its table of sessions"), "utf-8")
    (told,) = base.move("--markdown", "old")["changed"]
    assert told.endswith("shop/the-gateway-refuses-captures: cause")
    assert base.only().cause == "The gateway drops its table of sessions when it restarts."


def test_an_edit_of_a_keeper_is_never_written_over(base):
    page = base.file("old/shop/gateway.md", RUNBOOK)
    base.move("--markdown", "old")
    entry = base.root / "entries/shop/the-gateway-refuses-captures.md"
    entry.write_text(entry.read_text("utf-8").replace("The gateway forgets", "Release 7 forgets"), "utf-8")
    new = RUNBOOK.replace("forgets its sessions", "drops its table").replace("The queue is empty.", "No alert is open.")
    page.write_text(new, "utf-8")
    (told,) = base.move("--markdown", "old")["changed"]
    assert "guidance; cause stays as you edited it; the old page says otherwise now" in told
    entry = base.only()
    assert entry.cause.startswith("Release 7 forgets")
    assert entry.guidance == "No alert is open."
    assert "changed" not in base.move("--markdown", "old")


def test_what_a_keeper_removed_or_renamed_does_not_come_back(base):
    base.file("old/shop/gateway.md", RUNBOOK)
    base.move("--markdown", "old")
    old = base.root / "entries/shop/the-gateway-refuses-captures.md"
    text = old.read_text("utf-8").replace("status:", "aliases: [shop/the-gateway-refuses-captures]\nstatus:")
    old.unlink()
    base.file("entries/shop/refused.md", text)
    assert "new" not in base.move("--markdown", "old")
    assert list(base.entries()) == ["shop/refused"]
    (base.root / "entries/shop/refused.md").unlink()
    (told,) = base.move("--markdown", "old")["known"]
    assert "you removed it" in told
    assert base.entries() == {}


def test_a_draft_says_what_it_lacks_and_where_it_is(base):
    base.file("old/shop/half.md", "# Half\n\n## Error\n\n`ORA-01555: snapshot too old`\n\n## Soluzione\n\nAspettare.\n")
    (told,) = base.move("--markdown", "old")["draft"]
    assert "drafts/shop/half.md: no part of it is known as the fix (its headings: Soluzione)" in told
    (draft,) = base.drafts().values()
    assert "# - no part of it is known as the fix" in draft
    assert "### Soluzione\n\nAspettare." in draft


def test_headings_of_a_keeper_s_own_make_an_entry_of_a_draft(base):
    base.file("old/shop/half.md", "# Half\n\n## Error\n\n`ORA-01555: snapshot too old`\n\n## Soluzione\n\nAspettare.\n")
    base.move("--markdown", "old")
    base.move("--markdown", "old", "--headings", "Soluzione=fix")
    assert base.drafts() == {}
    assert base.only().workarounds[0].body == "Aspettare."


def test_a_draft_that_somebody_edited_stays(base):
    page = base.file("old/shop/half.md", "# Half\n\n## Error\n\n`ORA-01555: snapshot too old`\n")
    base.move("--markdown", "old")
    draft = base.root / "drafts/shop/half.md"
    draft.write_text(draft.read_text("utf-8") + "\nMine.\n", "utf-8")
    page.write_text(page.read_text("utf-8") + "\n## Fix\n\nEnlarge undo.\n", "utf-8")
    assert "you edited the draft" in base.move("--markdown", "old")["kept"][0]
    assert draft.read_text("utf-8").endswith("Mine.\n")


def test_a_draft_that_was_finished_is_an_entry_like_any_other(base):
    page = base.file("old/shop/half.md", "# Half\n\n## Error\n\n`ORA-01555: snapshot too old`\n")
    base.move("--markdown", "old")
    draft = base.root / "drafts/shop/half.md"
    base.file("entries/shop/half.md", draft.read_text("utf-8") + "\n## Workaround: Enlarge undo\n\nEnlarge undo.\n")
    draft.unlink()
    text = (base.root / "entries/shop/half.md").read_text("utf-8")
    parts = text.split("\n## ")
    ordered = sorted(parts[1:], key=lambda part: ["Su", "Ca", "Wo", "No"].index(part[:2]))
    base.file("entries/shop/half.md", "\n## ".join([parts[0], *(part.rstrip("\n") + "\n" for part in ordered)]))
    assert "new" not in base.move("--markdown", "old")
    page.write_text(page.read_text("utf-8") + "\n## Cause\n\nUndo is small.\n", "utf-8")
    base.move("--markdown", "old")
    assert "not known" in base.only().cause


def test_two_errors_of_a_page_are_two_entries(base):
    base.file(
        "old/shop/ledger.md",
        "# Ledger\n\nIntro.\n\n## Out of balance\n\n### Symptoms\n\n`LedgerImbalance: journal 2231 differs by 12`\n\n"
        "### Fix\n\nRebalance it.\n\n## Job stuck\n\n### Error\n\n`PostingTimeout: job LDG did not end in 3600 s`\n\n"
        "### Fix\n\nKill the other job.\n",
    )
    base.move("--markdown", "old")
    assert list(base.entries()) == ["shop/job-stuck", "shop/out-of-balance"]
    assert "Intro." in base.entries()["shop/out-of-balance"].notes


def test_pages_of_one_title_have_addresses_of_their_own(base):
    for number, error in enumerate(
        ("LockLost: lease was taken over by a replica", "LockHeld: lease is held by a zombie")
    ):
        base.file(f"old/shop/{number}.md", f"# Lease\n\n## Error\n\n`{error}`\n\n## Fix\n\nWait a minute.\n")
    base.move("--markdown", "old")
    assert list(base.entries()) == ["shop/lease", "shop/lease-2"]


def test_an_error_that_an_entry_has_already_is_told(base):
    for number in (1, 2):
        text = "## Error\n\n`LockLost: lease was taken over by a replica`\n\n## Fix\n\nWait a minute.\n"
        base.file(f"old/shop/{number}.md", f"# Lease {number}\n\n{text}")
    (told,) = base.move("--markdown", "old")["draft"]
    assert "its error is that of shop/lease-1: add what is new there" in told


def test_a_bad_file_is_named_and_the_others_go_on(base):
    base.file("old/shop/gateway.md", RUNBOOK)
    base.file("old/shop/latin.md", b"# A\n\nGr\xfc\xdfe\n")
    base.file("old/shop/yaml.md", "---\ntitle: [a\n---\n# B\n")
    base.file("old/shop/binary.md", b"a\nb\0c")
    told = base.move("--markdown", "old", code=1)
    assert [line.partition(":")[0] + ":" + line.split(":")[1] for line in told["failed"]] == [
        "shop/binary.md:2",
        "shop/latin.md:3",
        "shop/yaml.md:2",
    ]
    assert len(told["new"]) == 1


def test_a_page_about_no_error_is_left_and_listed(base):
    base.file("old/rota.md", "# Rota\n\nAnn is away in May.\n")
    assert base.move("--markdown", "old")["nothing"] == [
        "rota.md: no error message and no fix: nothing to make an entry of"
    ]


def test_an_unknown_product_is_told_with_what_to_do(base):
    base.file("old/warehouse/gateway.md", RUNBOOK)
    (told,) = base.move("--markdown", "old", code=1)["refused"]
    assert "there is no product 'warehouse' in products.yml; add it, or name one with --product" in told
    base.move("--markdown", "old", "--product", "shop")
    assert base.only().product == "shop"


def test_secrets_and_people_do_not_move(moved, base):
    token = "ghp_" + "1234567890abcdefABCDEF1234567890ab12"[::-1]
    text = RUNBOOK.replace(
        "The queue is empty.", f"Ask jane.doe@acme-corp.com, or run it with `{token}` in /home/jdoe/x."
    )
    entry = moved(text)
    assert token not in (base.root / "entries" / entry.source).read_text("utf-8")
    assert "name@example.org" in entry.guidance
    assert "/home/user/x" in entry.guidance
    assert "REDACTED" in entry.guidance
    assert "revoke it" in base.last.stdout


def test_a_dry_run_writes_nothing(base):
    base.file("old/shop/gateway.md", RUNBOOK)
    assert len(base.move("--markdown", "old", "--dry-run")["new"]) == 1
    assert base.files().keys() == {"entries/products.yml", "entries/tools.yml"}


def test_html_in_markdown_becomes_markdown(moved):
    text = RUNBOOK.replace(
        "The queue is empty.",
        'A<br>B <b>bold</b> <img src="a.png" alt="Graph"> <a href="https://example.com/x">x</a> <name>\n<!-- x -->',
    )
    guidance = moved(text).guidance
    assert guidance == "A  \nB **bold** (picture: Graph) [x](<https://example.com/x>) \\<name>"


def test_labels_stand_for_headings_where_there_are_none(moved):
    entry = moved(
        "# Lease\n\n**Symptom:** `LockLost: lease was taken over by a replica`\n\n"
        "**Cause:** A clock runs ahead.\n\n**Fix:** Set the clock.\n"
    )
    assert (entry.cause, entry.workarounds[0].body) == ("A clock runs ahead.", "Set the clock.")


def test_a_very_long_page_is_cut_and_says_so(moved, base):
    entry = moved(RUNBOOK + "\n## History\n\n" + "It happened again, nobody knows why.\n\n" * 900)
    assert len(entry.notes) <= 20_000
    assert "The rest stands on the old page." in entry.notes
    assert "notes is cut: an entry takes 20,000 characters" in base.last.stdout


def test_a_command_that_destroys_without_warning_is_a_draft(base):
    base.file(
        "old/shop/gateway.md",
        RUNBOOK.replace("kubectl rollout restart deployment/x", "").replace(
            "kubectl rollout restart deployment/capture-worker", "rm -rf /var/lib/gateway"
        ),
    )
    (told,) = base.move("--markdown", "old")["draft"]
    assert "KB507" in told


def test_a_page_in_another_script_has_an_address(moved):
    entry = moved(RUNBOOK.replace("# The gateway refuses captures", "# ゲートウェイが拒否する"))
    assert entry.id == "shop/capture-of-order-was-refused"
    assert entry.title == "ゲートウェイが拒否する"


def test_headings_that_stand_for_nothing_are_counted(base):
    for number in range(3):
        base.file(f"old/shop/{number}.md", RUNBOOK.replace("GatewayRefused", f"Gateway{'ABC'[number]}Refused"))
    base.move("--markdown", "old")
    assert "headings that stand for no section, and went under Notes: 'On call' (3)" in base.said


def test_errors_that_are_headings_with_a_companys_codes_are_an_entry_each(base):
    base.file(
        "old/shop/queues.md",
        "# Queues\n\n## ENGINE-3001: queue is stuck\n\n### Fix\nRestart the queue with `engine restart`.\n\n"
        "## ENGINE-3002: queue takes nothing\n\n**Cause:** The quota is used up.\n\n**Fix:** Raise the quota.\n",
    )
    base.move("--markdown", "old")
    entries = {entry.signatures[0].text: entry for entry in base.entries().values()}
    assert sorted(entries) == ["ENGINE-3001: queue is stuck", "ENGINE-3002: queue takes nothing"]
    assert entries["ENGINE-3002: queue takes nothing"].cause == "The quota is used up."
    assert entries["ENGINE-3001: queue is stuck"].codes == ("ENGINE-3001",)


@pytest.mark.parametrize(
    "text",
    [
        '# Licences\n\n## Problem\nUsers see "ENGINE-2003: licence server is away" at start.\n',
        "# ENGINE-2003: licence server is away\n",
        "# Licences\n\n## Error\n```\nENGINE-2003: licence server is away\n```\n",
    ],
)
def test_a_line_that_starts_with_a_code_is_a_message_whatever_its_words(moved, text):
    text += "\n## Fix\nOpen port 27000.\n"
    assert [signature.text for signature in moved(text).signatures] == ["ENGINE-2003: licence server is away"]


@pytest.mark.parametrize("words", ["Fehlermeldung Ursache Lösung Hinweise", "エラーメッセージ 原因 対処方法 備考"])
def test_headings_in_the_languages_of_pages_say_what_is_what(moved, words):
    error, cause, fix, notes = words.split()
    entry = moved(
        f"# Kasse\n\n## {error}\n```\nENGINE-2003: licence server is away\n```\n\n## {cause}\nX.\n\n## {fix}\nY Z.\n\n"
        f"## {notes}\nW.\n"
    )
    assert (entry.cause, entry.workarounds[0].body) == ("X.", "Y Z.")
    assert entry.notes.startswith("W.")


@pytest.mark.parametrize(
    "head",
    [
        '+++\ntitle = "The till is away"\ndate = 2024-03-04\ntags = ["till"]\n+++\n',
        "Title: The till is away\nDate: 2024-03-04 10:20\nTags: till\n\n",
    ],
    ids=["hugo", "pelican"],
)
def test_what_other_systems_write_at_the_head_of_a_page_is_read(moved, head):
    entry = moved(head + RUNBOOK.partition("\n")[2])
    assert (entry.id, entry.title) == ("shop/the-till-is-away", "The till is away")
    assert (entry.tags, entry.updated.isoformat()) == (("till",), "2024-03-04")
    assert entry.summary == "Orders can't be paid while the gateway restarts."


def test_a_head_that_can_not_be_read_is_named_with_its_file(base):
    base.file("old/shop/gateway.md", f"+++\ntitle = \n+++\n{RUNBOOK}")
    (told,) = base.move("--markdown", "old", code=1)["failed"]
    assert told.startswith("shop/gateway.md: the TOML at its head can't be read: Invalid value")


def test_letters_with_marks_are_spelt_in_an_address(moved):
    assert (
        moved(RUNBOOK.replace("The gateway refuses", "Größe überschritten, Œuvre")).id
        == "shop/grosse-uberschritten-oeuvre-captures"
    )
