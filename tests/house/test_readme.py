"""What the README shows is what happens."""

import re
from pathlib import Path

import pytest
from seeded_change import comment, readme_with

from generator.cli import main
from generator.commands import plumbline

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
TABLE, METRIC = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
OUTPUT = re.findall(r"```text\n(definitions/.*?)```", README, flags=re.DOTALL)[0]
SQL = """\
SELECT DATE(opened_at) AS opened_on, COUNT(*) AS tickets_opened
FROM support.ticket
GROUP BY 1
"""
REST = """
teams:
  - {name: support-data, description: They know.}
tables:
  - name: support.ticket
    owner: support-data
    summary: Every ticket that reached us.
    columns:
      - {name: opened_at, type: TIMESTAMP, description: When it reached us.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of definitions that the README describes."""
    folder = tmp_path / "definitions" / "support"
    folder.mkdir(parents=True)
    (tmp_path / "plumbline.yml").write_text("name: Support\n")
    (folder / "ticket_daily.yml").write_text(TABLE)
    (folder / "ticket_daily.sql").write_text(SQL)
    (folder / "rest.yml").write_text(REST)
    (folder / "metric.yml").write_text(METRIC)
    return folder


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(["check", str(folder)])
    return capsys.readouterr().out


def test_table_and_metric_of_the_readme_are_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(folder, capsys).startswith("Nothing found\n")


def test_finding_of_the_readme_is_what_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    misspelt = TABLE.replace("name: tickets_opened", "name: tickets_opend")
    (folder / "ticket_daily.yml").write_text(misspelt)
    (folder / "metric.yml").unlink()
    assert OUTPUT in checked(folder, capsys)


def test_comment_of_the_readme_is_what_the_change_gets() -> None:
    assert readme_with(comment()) == README, "run `uv run python tests/reference.py`"


def test_every_file_the_documentation_links_to_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "site_src").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize("command", sorted(plumbline.commands))
def test_readme_names_each_command(command: str) -> None:
    assert re.search(rf"^\| `plumbline {command}\b", README, flags=re.MULTILINE)
