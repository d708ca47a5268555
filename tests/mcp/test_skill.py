"""The skill that a new knowledge base begins with."""

from command import kb


def test_a_new_knowledge_base_has_a_skill_with_its_own_address(tmp_path):
    made = kb("init", "acme", "--name", "Acme [fixes]", "--repo", "acme/fixes", "--product", "Acme", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    skill = (tmp_path / "acme/skills/known-fixes/SKILL.md").read_text("utf-8")
    assert skill.startswith("---\nname: known-fixes\n")
    assert "kb match --site https://acme.github.io/fixes/" in skill
    assert "@@" not in skill
