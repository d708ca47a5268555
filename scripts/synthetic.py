"""Synthetic entries for the benchmark: shaped like real ones, as many as wanted, and no two alike.

    python scripts/synthetic.py COUNT FOLDER [--seed SEED]

The same count and seed give the same bytes. What decides how fast a build is follows the real entries: the
length and kinds of sections, code in several languages, messages with placeholders, examples inside of logs.
What is frequent (products, tags, codes, the words of messages) follows Zipf's law, and every entry has words
of its own beside it, as in any growing collection of text.

The first half of this file is the vocabulary; `write_entries` is where the story starts.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, TypeVar

SEED: Final = 45048


class Product(NamedTuple):
    """A product, and how its errors begin."""

    id: str
    name: str
    repository: str
    category: str
    tags: str
    command: str
    prefix: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PRODUCT_TABLE: Final = """
npm        | npm        | npm/cli                  | packages   | node packaging      | npm           | npm error
pip        | pip        | pypa/pip                 | packages   | python packaging    | python -m pip | ERROR:
docker     | Docker     | moby/moby                | containers | containers images   | docker        | docker:
git        | Git        | git/git                  | versions   | git remote          | git           | fatal:
kubernetes | Kubernetes | kubernetes/kubernetes    | containers | cluster             | kubectl       | error:
node       | Node.js    | nodejs/node              | languages  | node javascript     | node          | Error:
python     | Python     | python/cpython           | languages  | python interpreter  | python        | RuntimeError:
typescript | TypeScript | microsoft/TypeScript     | languages  | types               | npx tsc       | error:
postgres   | PostgreSQL | postgres/postgres        | databases  | sql database        | psql          | ERROR:
cargo      | Cargo      | rust-lang/cargo          | packages   | rust packaging      | cargo         | error:
nginx      | nginx      | nginx/nginx              | servers    | http proxy          | nginx         | nginx: [emerg]
terraform  | Terraform  | hashicorp/terraform      | operations | cloud               | terraform     | Error:
ssh        | OpenSSH    | openssh/openssh-portable | network    | ssh keys            | ssh           | ssh:
webpack    | webpack    | webpack/webpack          | build      | javascript bundling | npx webpack   | ERROR in
gradle     | Gradle     | gradle/gradle            | build      | java build          | ./gradlew     | FAILURE:
redis      | Redis      | redis/redis              | databases  | cache database      | redis-cli     | (error)
ansible    | Ansible    | ansible/ansible          | operations | ssh automation      | ansible       | fatal:
curl       | curl       | curl/curl                | network    | http tls            | curl          | curl:
"""

# The most frequent first, as in every list below.
PRODUCTS: Final = tuple(
    Product(*(cell.strip() for cell in line.split("|"))) for line in _PRODUCT_TABLE.strip().splitlines()
)

TAGS: Final = _words("""
configuration network permissions install dependencies version-mismatch build authentication timeout proxy tls memory
filesystem environment cache modules encoding registry certificates ports containers compiler types lockfile migration
ci dns credentials signals disk-space concurrency remote images schema linker threads sandbox quota locale plugins
workers clock firewall ipv6 symlinks volumes headers cookies streams sockets swap kernel drivers gpu terminal shell
path hooks submodules rebase merge tokens scopes roles secrets namespaces ingress probes rollout helm charts operators
state providers backends inventory playbooks handlers vault daemon systemd cron logging tracing metrics profiling
garbage-collection heap stack recursion async promises events decorators generics inference declarations source-maps
tree-shaking minification polyfills transpiling wheels sdist editable-install virtual-environments conda apt homebrew
chocolatey windows-subsystem code-signing notarization entitlements keychain gpg known-hosts agent-forwarding jump-hosts
port-forwarding replication failover vacuum indexes deadlocks transactions isolation collation extensions pooling
""")

CODES: Final = (
    *_words("EACCES ENOENT ECONNREFUSED ETIMEDOUT EPERM EEXIST ENOSPC ECONNRESET EADDRINUSE EPIPE EMFILE ENOTFOUND"),
    *_words("SIGKILL SIGSEGV OOMKilled CrashLoopBackOff ImagePullBackOff RuntimeError ValueError TypeError OSError"),
    *(f"{kind} {number}" for number in (1, 403, 404, 2, 500, 128, 401, 429, 137, 502) for kind in ("exit", "HTTP")),
)
RARE_CODES: Final = tuple(f"E{number}" for number in range(1000, 6000))

# Their threefold combinations name errors, their pairs name modules.
NAME_PARTS: Final = _words("""
lease broker digest cursor shard token socket quorum buffer mirror ledger packet anchor bundle carrier gateway cipher
vector relay journal beacon bucket canary channel cluster codec column daemon device domain driver engine fabric filter
frame gasket harness header helper index inode kernel kettle layer linker loader locker mapper marker matrix monitor
nonce object outlet parcel patch pipe planner
""")

# `$name` stands for one of the alternatives, the first ones being the most frequent.
GRAMMAR: Final[Mapping[str, Sequence[str]]] = {
    "verb": _words("read open load resolve write parse connect acquire create verify remove update lock mount decode"),
    "verbed": _words("refused closed rejected reset dropped interrupted aborted truncated overwritten revoked"),
    "thing": _words(
        "file connection package lock certificate socket manifest cache volume token header schema archive index stream"
    ),
    "property": _words("version size checksum owner mode lifetime encoding address signature length architecture"),
    "reason": (
        *("permission denied", "no such file or directory", "connection refused", "checksum mismatch", "timed out"),
        *("not a $module record", "unexpected end of $thing", "$property does not match", "the $thing is busy"),
        *("resource temporarily unavailable", "$module is not initialised", "unknown $property", "quota exceeded"),
    ),
    "module": tuple(f"{first}_{second}" for first in NAME_PARTS for second in reversed(NAME_PARTS)),
    "number": tuple(str(number) for number in range(2, 4000)),
    "count": tuple(str(number) for number in range(2, 900)),
    "line": tuple(str(number) for number in range(1, 3000)),
    "port": ("8080", "3000", "5432", "443", "6379", *(str(port) for port in range(1025, 9999, 7))),
    "version": tuple(f"{major}.{minor}.{patch}" for major in (3, 2, 1) for minor in range(15) for patch in range(9)),
    "path": (
        *("/srv/app/$module.lock", "/var/lib/$module/state.db", "./build/$module.so", "/usr/local/etc/$module.conf"),
        *("/home/ci/project/$module", "node_modules/$module/index.js", "/run/$module-$number.sock"),
    ),
    "url": ("https://registry.example/$module/$number", "https://mirror.example/$module", "http://127.0.0.1:$port/"),
    "word": ("$module",),
    "host": ("db-$number.internal", "registry.example", "cache.internal", "build-$number.example", "localhost"),
    "platforms": ("linux", "linux, macos", "linux, macos, windows", "windows", "macos"),
    "pull_state": ("merged", "open", "closed"),
    "time": tuple(f"{hour:02}:{minute:02}:{minute:02}" for hour in range(24) for minute in range(0, 60, 7)),
    "who": ("the runner", "the service's user", "another process", "a scheduled job", "the container", "an editor"),
    "when": (
        *("after an upgrade", "on the first run", "behind a proxy", "in a container", "under load", "after a crash"),
        *("on a shared machine", "with a warm cache", "when two builds run at once", "after the clock was changed"),
    ),
}

MESSAGES: Final = (
    "$prefix $symbol: cannot $verb $thing {{path:path}}: $reason",
    "$prefix $symbol failed with $reason while it tried to $verb the $thing ($module)",
    "$prefix $module: $symbol $verbed by {{host}} on port {{port:int}}",
    "$symbol: expected $property {{version}}, found $property of $module instead",
    "$prefix could not $verb {{url:url}}\n$symbol: $reason",
    "$prefix $symbol [$module]: $thing {{word:word}} has the wrong $property",
    "$prefix unable to $verb $thing '{{path}}' at line {{line:int}}: $symbol, $reason",
    "$module: $symbol after {{count:int}} attempts to $verb the $thing",
    "$prefix $symbol\n  caused by: $module $verbed the $thing: $reason",
    "panicked in $module: $symbol at {{path:path}}:{{line:int}}",
    "$prefix $thing of $module was $verbed ($symbol): $reason",
    "$prefix $symbol - the $property of {{word:word}} is {{count:int}}, $module allows less",
)

LOGS: Final = (
    "MESSAGE",
    "[$time] INFO  $module started with $count workers\nMESSAGE\n[$time] INFO  exit",
    "$time $module[$number]: trying to $verb the $thing\n$time MESSAGE",
    "+ $command --$thing $path\nMESSAGE\n    at $module ($path:$line:17)\n    at $module ($path:$line:5)",
    "Traceback of $module:\n  $path, line $line\nMESSAGE",
    "Step $count: $verb $thing ... done\nStep $count: $verb $thing ... failed\n\nMESSAGE\n\nRun again with --verbose.",
)

TITLES: Final = (
    "$symbol: cannot $verb the $thing, $reason",
    "$symbol $when: the $thing was $verbed",
    "$symbol - $product can't $verb a $thing that $who holds",
    "$symbol: the $property of the $thing is wrong $when",
)

SUMMARY: Final = (
    "$product can't $verb the $thing because `$module` still holds it.",
    "The $property of the $thing changed $when, and `$symbol` is what $product says then.",
    "Most often $who left a $thing behind; take it away and run the command again.",
    "The $thing at `$path` belongs to $who, so $product stops before it does harm.",
    "A stale $thing in `$module` has another $property than $product expects.",
    "Give the $thing the right $property, or let $product make a new one.",
    "It looks like a $thing problem, but the $property of `$module` is what's wrong.",
)

CAUSE: Final = (
    "Before it can $verb a $thing, $product asks `$module` for its $property and compares it with `$path`.",
    "When the two differ it raises `$symbol` rather than go on with a $thing that may be broken.",
    "That happens $when, since `$module` is written before the $thing is.",
    "From version $version on the check is strict; earlier ones went on with a warning.",
    "The message names the $thing, but what is at fault is the $property that `$module` keeps.",
    "If $who runs at the same time, both $verb the same $thing, and the slower one loses.",
    "`$module` keeps a $thing for $count seconds, so an attempt within that time meets the old $property.",
    "A $thing that was copied without its $property (with `cp` instead of `cp -p`) looks new to `$module`.",
    "$product reads `$path` once at the start; a change after that isn't seen until the next run.",
    "On machines where `$host` has two addresses, the first one is tried, and it may be the one that refuses.",
)

DETAIL: Final = (
    "Usual reasons: $who holds the $thing; the disk under `$path` is full; the $property was set by hand.",
    "`$module` and `$module` share one $thing, which is why it only shows $when.",
    "See [the reference](https://docs.example/$module/$number) for every $property that counts.",
    "The number after the colon is the line in `$path`, counted from 1; it was $line in the report.",
    "A **symbolic link** in the way counts as a change of $property, *even if* it leads to the same $thing.",
    "On Windows the same check reports `$reason` without naming `$module`.",
    "It is not the same as `$module`'s own limit of $count, which has a message of its own.",
)

WORKAROUNDS: Final = (
    "Remove the stale $thing",
    "Set the $property by hand",
    "Let $product make the $thing again",
    "Pin `$module` to $version",
    "Wait until $who is done",
    "Give the $thing to the right user",
    "Turn the check of the $property off for one run",
    "Move the $thing off the shared disk",
    "Raise the limit of `$module`",
    "Go around the proxy",
)

INTRO: Final = (
    "Look first at what is there, then take the $thing away:",
    "This makes `$module` write a new $thing with the right $property:",
    "If $who isn't running any more, nothing can be lost:",
    "The $property is read at the start, so set it and run the command again:",
    "Ask `$module` which $thing it means, and $verb only that one:",
    "For one run only, in the terminal where it failed:",
)

AFTER: Final = (
    "The second line prints the $property; it should be $count or more.",
    "Repeat it for each `$module` that the first command lists.",
    "Run `$command` again: it should $verb the $thing without `$symbol`.",
    "> [!WARNING]\n> This removes every $thing under `$path`, not only the stale one.",
    "In a container, do it in the image, not in a running container: the next start has the old $thing again.",
    "With more than one $thing, begin with the one whose $property is oldest.",
    "If it says `$reason`, somebody else holds the $thing: see the next section.",
)

GUIDANCE: Final = (
    "Still there? `$command --verbose` shows which $thing `$module` takes.",
    "Only in CI: the runner has another `$module` than your machine; compare `$command --version`.",
    "Only $when: look at the $property before and after with `stat $path`.",
    "`$reason` in the line above it: solve that first, this is what follows from it.",
    "A $thing of size 0 is always stale; one that grows belongs to $who.",
    "More than $count of them at once: the limit of `$module` is the real problem.",
    "Nothing helps: move `$path` aside and start from nothing, then bring back one $thing at a time.",
)

NOTES: Final = (
    "Before version $version the text was `$module: $reason`, without the $property.",
    "| Version | What it does |\n|---|---|\n| $version | $verb the $thing twice |\n| $version | says `$symbol` |",
    "$product's own `doctor` command doesn't look at the $thing.",
    "The message is the same for a $thing and for a $thing's $property; only the exit status differs ($count).",
    "`$module` was renamed in $version; old scripts call it `$module`.",
)

REPORT: Final = (
    "I run `$command` $when and get this every time.",
    "Version $version, $platforms, $module $version.",
    "It worked last week, and nothing but $module has changed.",
    "$time $module: $verb $thing $path",
    "$time $module: $reason (attempt $count)",
    "$time $module: $thing $verbed by $host:$port",
    "I have tried to remove $path, and then it says $reason.",
    "With $module $version it works.",
    "stack: $module -> $module -> $module at $path:$line",
    "Deleting the $thing helps until the next start.",
    "The $property is $number here, and $number on a machine where it works.",
    "Happy to test a patch.",
)

FILLED: Final = (
    "ls -l $path",
    "rm -f $path",
    'sudo chown "$(id -un)" $path',
    "stat -c '%U %a %s' $path  # owner, mode, size",
    "lsof -nP -iTCP:$port -sTCP:LISTEN",
)
"""Commands with the values of a reader's message."""

SHELL: Final = (
    *FILLED,
    "$command --version",
    "$command $verb --$thing=$path --$property $count",
    "export ${symbol}_HOME=$path",
    "$command config set $module.$property $count",
    "curl -fsS https://$host/$module | grep -i $property",
    "grep -rn '$module' $path | sort -u | head -n $count",
    "find $path -name '*.$thing' -mtime +$count -print",
    "$command $verb $module@$version && echo done",
    "systemctl --user restart $module.service",
)

PROGRAMS: Final = {
    "python": """\
import os

from $module import $symbol

def $verb(path: str, limit: int = $count) -> int:
    # The $property of the $thing.
    with $symbol(path) as found:
        return min(found.$property, limit) or os.stat(path).st_size

print($verb('$path'))  # $reason""",
    "text": "$time $module: $verb $thing\n$time $module: $reason\n$time $symbol",
    "yaml": "$module:\n  $property: $count\n  $thing:\n    - name: $module\n      path: $path\n      port: $port",
    "ts": "interface $symbol { $property: number; $thing?: string }\nconst found: $symbol = { $property: $count };",
    "sql": "SELECT $property, count(*) FROM $module\nWHERE $thing = $number AND $property IS NOT NULL\nGROUP BY 1;",
    "dockerfile": "FROM $module:$version\nRUN $command $verb $module\nENV PORT=$port\nCOPY . $path",
    "js": "const { $module } = require('$module');\n$module.on('$verb', ({ $property }) => $property > $count);",
    "json": '{\n  "$module": {"$property": $count, "$thing": "$path"},\n  "version": "$version"\n}',
    "powershell": "Get-ChildItem -Recurse -Filter *.$thing | Where-Object Length -lt $count | Remove-Item",
    "rust": 'fn $module(limit: u32) -> Result<(), String> {\n    Err(format!("$reason: {limit}"))\n}',
    "toml": '[$module]\n$property = $count\n$thing = "$path"',
}

LIMIT: Final = len(NAME_PARTS) ** 3
"""The most entries that can be made without using an error's name twice."""

# Entry n takes the name at n * _STEP. The two numbers share no divisor, so every name comes before one comes again.
_STEP: Final = 48_611

_FIRST_DAY: Final = date(2022, 1, 1)
_DAYS: Final = 4 * 365
_SLOT: Final = re.compile(r"\$([a-z]+(?:_[a-z]+)*)|\$\{([a-z]+)\}")
_PLACEHOLDER: Final = re.compile(r"\{\{([a-z]+)(?::[a-z]+)?\}\}")
_Item = TypeVar("_Item")


class Identity(NamedTuple):
    """What other entries need to know of an entry to link it."""

    product: Product
    slug: str
    symbol: str
    """The name of the error, which no other entry's messages have."""
    issue: str | None
    """The main report, as `owner/name#123`."""

    @property
    def id(self) -> str:
        return f"{self.product.id}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes text from the grammar: `$name` becomes a bound value, or one of the name's alternatives."""

    rng: Random
    bound: Mapping[str, str]

    def write(self, text: str) -> str:
        return _SLOT.sub(self._fill, text)

    def one_of(self, alternatives: Sequence[str]) -> str:
        return self.write(self.rng.choice(alternatives))

    def some_of(self, alternatives: Sequence[str], least: int, most: int) -> list[str]:
        """Between `least` and `most` different alternatives."""
        return [self.write(text) for text in self.rng.sample(alternatives, self.rng.randint(least, most))]

    def _fill(self, slot: re.Match[str]) -> str:
        name = slot[1] or slot[2]
        return self.bound[name] if name in self.bound else self.write(zipf(self.rng, GRAMMAR[name]))


def zipf(rng: Random, items: Sequence[_Item]) -> _Item:
    """One of the items; the one of rank r comes about 1/r times as often as the first."""
    return items[int((len(items) + 1) ** rng.random()) - 1]


def write_entries(root: Path, count: int, seed: int = SEED) -> None:
    """Write `count` entries (at most `LIMIT`), `products.yml` and `tools.yml` into the new folder `root`."""
    if not 0 < count <= LIMIT:
        raise ValueError(f"{count:,} entries: between 1 and {LIMIT:,} can be made")
    root.mkdir(parents=True)
    identities = [_identity(index, seed) for index in range(count)]
    for product in {identity.product.id for identity in identities}:
        (root / product).mkdir()
    for index, identity in enumerate(identities):
        text = _entry(_rng(seed, index), identity, identities)
        (root / f"{identity.id}.md").write_text(text, encoding="utf-8")
    (root / "products.yml").write_text(_products(), encoding="utf-8")
    (root / "tools.yml").write_text(_tools(_rng(seed, "tools")), encoding="utf-8")


def _rng(seed: int, *names: object) -> Random:
    """A source of random numbers of its own for each thing, so that one does not depend on the others."""
    return Random(f"{seed} {names}")  # noqa: S311 - nothing here is secret


def _identity(index: int, seed: int) -> Identity:
    number = (index * _STEP + seed) % LIMIT
    parts = [NAME_PARTS[number // len(NAME_PARTS) ** place % len(NAME_PARTS)] for place in range(3)]
    rng = _rng(seed, index, "identity")
    product = zipf(rng, PRODUCTS)
    issue = f"{product.repository}#{10_000 + index}" if rng.random() < 0.3 else None
    return Identity(product, "-".join(parts), "".join(part.title() for part in parts), issue)


def _entry(rng: Random, identity: Identity, identities: Sequence[Identity]) -> str:
    """The text of an entry's file."""
    product = identity.product
    plain = Writer(
        rng,
        {
            "symbol": identity.symbol,
            "product": product.name,
            "command": product.command,
            "prefix": product.prefix,
            "repository": product.repository,
        },
    )
    signatures = plain.some_of(MESSAGES, 1, 3)
    # Prose and commands take the reader's value where a signature captures one.
    captured = {name: f"{{{{{name}}}}}" for text in signatures for name in _PLACEHOLDER.findall(text)}
    prose = Writer(rng, {**plain.bound, **captured})
    others = [other for other in rng.sample(identities, min(6, len(identities))) if other is not identity]
    head = _front_matter(plain, identity, signatures, others)
    return "\n".join(("---", *head, "---", "", *_body(prose, others)))


def _front_matter(
    plain: Writer, identity: Identity, signatures: Sequence[str], others: Sequence[Identity]
) -> Iterator[str]:
    rng = plain.rng
    updated = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
    codes = [zipf(rng, CODES) for _ in range(rng.choice((0, 1, 1, 2)))]
    if rng.random() < 0.3:
        codes.append(zipf(rng, RARE_CODES))
    tags = [zipf(rng, TAGS) for _ in range(rng.randint(2, 5))]
    reports = [f"{identity.product.repository}#{rng.randrange(1, 9_999)}" for _ in range(rng.choice((0, 0, 1, 2, 4)))]
    related = [other.id for other in others[: rng.choice((0, 0, 1, 2))]]
    status = rng.choice(("open", "workaround", "workaround", "workaround", "fixed", "wontfix"))

    yield f"title: {json.dumps(plain.one_of(TITLES))}"
    yield "signatures:"
    for signature in signatures:
        yield from _block("  - text: |-", signature, 6)
        yield "    examples:"
        for _ in range(rng.randint(1, 2)):
            yield from _block("      - |-", _example(plain, signature), 8)
    yield f"codes: {_inline(codes)}"
    yield f"tags: {_inline(tags)}"
    yield f"status: {status}"
    yield plain.write('affects: {versions: ["$version"], platforms: [$platforms]}')
    if identity.issue:
        yield from _issue(rng, identity.issue, updated)
    if rng.random() < 0.15:
        yield plain.write('pulls: [{ref: "$repository#$number", state: $pull_state}]')
    yield f"reports: {_inline(reports)}"
    yield f"related: {_inline(related)}"
    yield f"votes: {{works: {zipf(rng, range(40))}, easy_fix: {zipf(rng, range(20))}, verified: {zipf(rng, range(9))}}}"
    if rng.random() < 0.03:
        yield f"aliases: [{identity.id}-error]"
    if rng.random() < 0.04:
        yield from _block("raw: |-", "\n".join(plain.some_of(REPORT, 8, 12)), 2)
    yield f"updated: {updated}"


def _example(plain: Writer, signature: str) -> str:
    """Output that contains the message of a signature, with values for its placeholders."""
    message = _PLACEHOLDER.sub(lambda found: plain.write(zipf(plain.rng, GRAMMAR[found[1]])), signature)
    return plain.one_of(LOGS).replace("MESSAGE", message)


def _issue(rng: Random, ref: str, day: date) -> Iterator[str]:
    yield "issue:"
    yield f"  ref: {ref}"
    yield f"  fetched: {day}T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z"
    yield f"  comments: {zipf(rng, range(90))}"
    yield f"  participants: {zipf(rng, range(1, 30))}"
    yield f"  reactions: {zipf(rng, range(200))}"
    yield f"  timeline: {{labeled: {rng.randint(1, 5)}, commented: {rng.randint(0, 60)}, closed: {rng.randint(0, 1)}}}"


def _body(prose: Writer, others: Sequence[Identity]) -> Iterator[str]:
    rng = prose.rng
    yield from ("## Summary", *prose.some_of(SUMMARY, 2, 3), "")
    yield from ("## Cause", *prose.some_of(CAUSE, 3, 5), "", *prose.some_of(DETAIL, 2, 4), "")
    for title in prose.some_of(WORKAROUNDS, 1, 3):
        yield from (f"## Workaround: {title}", prose.one_of(INTRO), "", *_code(prose), "")
        yield from _paragraphs(prose.some_of(AFTER, 1, 3))
        if rng.random() < 0.5:
            yield from (*_code(prose), "", prose.one_of(AFTER), "")
    if rng.random() < 0.8:
        yield from ("## Guidance", *(f"- {point}" for point in prose.some_of(GUIDANCE, 3, 5)), "")
    if rng.random() < 0.3:
        yield from ("## Example", *_code(prose), "")
    if rng.random() < 0.7:
        yield from ("## Notes", *_paragraphs([*prose.some_of(NOTES, 1, 3), *_mentions(rng, others)]))
    if rng.random() < 0.5:
        yield from ("## Recommendation", prose.one_of(SUMMARY), "")


def _code(prose: Writer) -> list[str]:
    """A fenced block: half of them shell commands, the others configuration, programs and output.

    A reader's value stands only where it is sure to stay data; elsewhere there is an example of one.
    """
    example = Writer(prose.rng, {name: value for name, value in prose.bound.items() if not value.startswith("{{")})
    if prose.rng.random() < 0.55:
        chosen = prose.rng.sample(SHELL, prose.rng.randint(1, 4))
        return ["```sh", *((prose if text in FILLED else example).write(text) for text in chosen), "```"]
    language = zipf(prose.rng, list(PROGRAMS))
    return [f"```{language}", example.write(PROGRAMS[language]), "```"]


def _mentions(rng: Random, others: Sequence[Identity]) -> Iterator[str]:
    """Links to other entries, by their file or by the issue that they are about."""
    for other in others[3 : 3 + rng.choice((0, 0, 1, 2))]:
        anchor = rng.choice(("", "", "#cause"))
        told_apart = f" The two were told apart in {other.issue}." if other.issue else ""
        yield f"It is not [{other.symbol}](../{other.id}.md{anchor}), which looks alike.{told_apart}"


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (text, "")


def _block(key: str, text: str, indent: int) -> Iterator[str]:
    """A YAML literal block."""
    yield key
    for line in text.split("\n"):
        yield " " * indent + line if line else ""


def _inline(items: Sequence[str]) -> str:
    """A YAML list on one line, without repetitions."""
    return json.dumps(list(dict.fromkeys(items)))


def _products() -> str:
    return "".join(
        f"{product.id}: {{name: {product.name}, home: https://{product.id}.example/, repository: {product.repository}, "
        f"category: {product.category}, tags: {_inline(product.tags.split())}}}\n"
        for product in PRODUCTS
    )


def _tools(rng: Random) -> str:
    """As many tools as a real knowledge base has."""
    categories = sorted({product.category for product in PRODUCTS})
    return "".join(
        f"- {{name: {part}scope, url: https://{part}.example/, summary: Watches each {part} and says what is wrong., "
        f"tags: {_inline(rng.sample(TAGS, 4))}, category: {rng.choice(categories)}}}\n"
        for part in NAME_PARTS
    )


def main() -> None:
    """Write as many entries as the command line says."""
    parser = argparse.ArgumentParser(description="Write synthetic entries into a new folder.")
    parser.add_argument("count", type=int, metavar="COUNT")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    write_entries(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
