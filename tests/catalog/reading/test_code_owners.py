from pathlib import Path

import pytest

from catalog.reading.code_owners import PLACES, code_owners_of

RULES = """
# The last line that matches counts.
*                @acme/data
definitions/     @acme/ops   # all of them
*.sql            @acme/sql @acme/ops
/definitions/old.yml
[Section]
"""


def owners(root: Path, file: str) -> tuple[str, ...]:
    return code_owners_of(root, [file])[file]


def test_the_last_line_that_matches_counts(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text(RULES, "utf-8")
    assert owners(tmp_path, "plumbline.yml") == ("@acme/data",)
    assert owners(tmp_path, "definitions/queue.yml") == ("@acme/ops",)
    assert owners(tmp_path, "definitions/queue.sql") == ("@acme/sql", "@acme/ops")
    assert owners(tmp_path, "definitions/old.yml") == ()


@pytest.mark.parametrize("place", PLACES)
def test_the_file_is_found_where_hosts_look_for_it(place: str, tmp_path: Path) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("* @acme/data\n", "utf-8")
    assert owners(tmp_path, "a.yml") == ("@acme/data",)


def test_a_project_in_a_folder_of_a_repository_has_the_rules_of_its_top(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "CODEOWNERS").write_text("/catalog/definitions/ @acme/ops\n", "utf-8")
    project = tmp_path / "catalog"
    project.mkdir()
    assert owners(project, "definitions/a.yml") == ("@acme/ops",)


def test_a_file_above_the_repository_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("* @acme/other\n", "utf-8")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert code_owners_of(tmp_path / "repository", ["a.yml"]) == {}
