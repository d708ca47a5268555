"""What `kb votes host` writes for Docker Compose and systemd: it is well-formed, and its steps lead to a collector."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from collector_server import ORIGIN
from command import kb

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

ROOT = Path(__file__).parents[2]
SITE = f"{ORIGIN}/docs/"


def written(folder: Path, kind: str, *options: str) -> Path:
    finished = kb("votes", "host", kind, str(folder), "--site", SITE, "--at", "votes.fixes.example", *options)
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="module")
def compose(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("compose") / "votes", "compose")


@pytest.fixture(scope="module")
def systemd(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("systemd") / "votes", "systemd")


def run(command: list[str | Path], folder: Path) -> str:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def program(*names: str) -> str:
    """The first of these programs that is installed; skips where none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{' or '.join(names)} is not installed")
    return found


def settings_of_serve() -> set[str]:
    """The environment variables that `kb votes serve` reads."""
    return set(re.findall(r"KB_VOTES_[A-Z_]+", kb("votes", "serve", "--help").stdout))


# The command.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--site", "fixes.example"), "--site"),
        (("--site", 'https://fixes.example/"'), "--site"),
        (("--site", SITE, "--origin", "https://fixes.example/path"), "--origin"),
        (("--site", SITE, "--at", "votes.example/{"), "--at"),
    ],
)
def test_an_address_that_is_none_is_refused(tmp_path, options, said):
    finished = kb("votes", "host", "compose", str(tmp_path / "votes"), *options)
    assert (finished.returncode, said in finished.stderr, (tmp_path / "votes").exists()) == (2, True, False)


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("mine")
    finished = kb("votes", "host", "systemd", str(tmp_path), "--site", SITE)
    assert (finished.returncode, [path.name for path in tmp_path.iterdir()]) == (2, ["file"])


@pytest.mark.parametrize("kind", ["worker", "compose", "systemd"])
def test_what_the_readme_names_is_there(tmp_path, kind):
    folder = written(tmp_path / "votes", kind)
    named = re.findall(r"(?<![\w/.$])[\w./-]+\.(?:txt|jsonc|sql|env|service)\b", (folder / "README.md").read_text())
    made = {"votes.sql", "/tmp/block.sql"}
    assert [
        name for name in named if name not in made and not name.startswith("/") and not (folder / name).exists()
    ] == []


@pytest.mark.parametrize("kind", ["compose", "systemd"])
def test_the_proxy_s_file_is_well_formed(tmp_path, kind):
    caddy = program("caddy")
    folder = written(tmp_path / "votes", kind)
    run([caddy, "validate", "--config", "Caddyfile", "--adapter", "caddyfile"], folder)


# Compose.


def test_the_compose_file_is_well_formed(compose):
    run([program("docker-compose"), "config", "--quiet"], compose)


def test_images_have_a_version(compose):
    services = yaml.safe_load((compose / "compose.yml").read_text())["services"].values()
    images = [service["image"] for service in services if "image" in service]
    images += re.findall(r"^FROM (\S+)", (compose / "Dockerfile").read_text(), re.MULTILINE)
    assert [image for image in images if not re.fullmatch(r"\w+:\d+\.\d+(\.\d+)?-[\w-]+", image)] == []


def test_the_collector_is_told_what_it_reads(compose):
    settings = yaml.safe_load((compose / "compose.yml").read_text())["services"]["votes"]["environment"]
    assert (set(settings) - settings_of_serve(), settings["KB_VOTES_SITE"]) == (set(), SITE)
    assert settings["KB_VOTES_ORIGINS"] == ORIGIN


def test_the_proxy_has_an_address_of_each_kind_and_the_collector_believes_both(compose):
    """Docker puts its own address in place of a reader's who comes over IPv6 to a proxy that has none of it."""
    file = yaml.safe_load((compose / "compose.yml").read_text())
    front = file["networks"]["front"]
    subnets = [each["subnet"] for each in front["ipam"]["config"]]
    believed = file["services"]["votes"]["environment"]["KB_VOTES_TRUSTED_PROXIES"].split()
    assert (front["enable_ipv6"], [":" in each for each in subnets], believed) == (True, [False, True], subnets)


def test_each_folder_has_a_password_of_its_own_that_others_may_not_read(compose, tmp_path):
    other = written(tmp_path / "votes", "compose") / ".env"
    assert other.stat().st_mode & 0o077 == 0
    assert other.read_text() != (compose / ".env").read_text()


@pytest.fixture
def wheel(tmp_path) -> Path:
    """The package as somebody would install it."""
    code = f"import flit_core.buildapi as build; print(build.build_wheel({str(tmp_path)!r}))"
    return tmp_path / run([sys.executable, "-c", code], ROOT).split()[-1]


def test_the_dockerfile_s_steps_install_a_collector(wheel, tmp_path):
    """Its RUN lines, in another folder. What the generator needs is not fetched: the tests' own Python has it."""
    folder = written(tmp_path / "votes", "compose", "--generator", f"known-fixes @ {wheel.as_uri()}")
    text = (folder / "Dockerfile").read_text().replace("\\\n", "").replace("/app/", f"{tmp_path}/app/")
    (tmp_path / "app").mkdir()
    for name in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE)[0].split():
        shutil.copy(folder / name, tmp_path / "app")
    offline = {**os.environ, "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    for step in re.findall(r"^RUN (.*)$", text, re.MULTILINE):
        subprocess.run(["sh", "-ec", step], env=offline, check=True, capture_output=True)
    entry, command = (
        json.loads(re.findall(rf"^{word} (.*)$", text, re.MULTILINE)[0]) for word in ("ENTRYPOINT", "CMD")
    )
    beside = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    shown = subprocess.run([*entry, *command, "--help"], env=beside, check=True, capture_output=True, text=True).stdout
    assert "KB_VOTES_DATABASE" in shown


# systemd.


def test_the_unit_is_well_formed(systemd, tmp_path):
    text = (systemd / "kb-votes.service").read_text()
    assert "\nExecStart=/opt/kb-votes/bin/kb votes serve\n" in text
    unit = tmp_path / "kb-votes.service"
    unit.write_text(text.replace("/opt/kb-votes/bin/kb", str(Path(sys.executable).with_name("kb"))))
    finished = subprocess.run([program("systemd-analyze"), "verify", unit], capture_output=True, text=True, check=False)
    assert (finished.returncode, [line for line in finished.stderr.splitlines() if "kb-votes" in line]) == (0, [])


def test_the_unit_may_do_little(systemd):
    command = [program("systemd-analyze"), "security", "--offline=true", "--threshold=15", systemd / "kb-votes.service"]
    assert re.search(r"exposure level for kb-votes.service: 1\.\d OK", run(command, systemd))


def test_the_service_is_told_what_it_reads(systemd):
    lines = [line for line in (systemd / "kb-votes.env").read_text().splitlines() if not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines)
    assert (set(settings) - settings_of_serve(), settings["KB_VOTES_SITE"]) == (set(), f'"{SITE}"')


def test_what_is_installed_is_the_collector_s_extra(systemd):
    requirements = (systemd / "requirements.txt").read_text()
    assert re.search(r"^known-fixes\[votes\]", requirements, re.MULTILINE)
    assert {"starlette", "uvicorn", "sqlalchemy", "alembic", "psycopg"} <= {
        line.partition("==")[0].lower() for line in (systemd / "constraints.txt").read_text().splitlines()
    }
