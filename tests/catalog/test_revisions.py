"""A project at a revision: what git has, whatever lies in the work tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_history import commit, git, new_repository, write

from catalog import CatalogError, Project, open_project, open_project_at, parting_commit
from catalog.cache import Cache
from catalog.importers.bi import excel, powerbi, tableau
from catalog.repository import Tree, repository_of, tree_of, write_tree
from catalog.revisions import IMPORTED

SETTINGS = "name: Example\ndialect: duckdb\n"
QUEUE = "tables:\n  - {name: ops.queue, sql: queue.sql}\n"
ONE = {
    "plumbline.yml": SETTINGS,
    "definitions/queue.yml": QUEUE,
    "definitions/queue.sql": "SELECT item_id FROM raw.item\n",
}
TWO = {"definitions/queue.sql": "SELECT item_id, day FROM raw.item\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit on `main`."""
    folder = new_repository(tmp_path / "warehouse")
    commit(folder, {**ONE, ".gitignore": ".plumbline/\n"})
    return folder


def columns(project: Project) -> list[str]:
    """The columns that the SQL of `ops.queue` makes."""
    return [
        output.name
        for text in project.lineage.traced.texts
        for statement in text.statements
        for output in statement.outputs
    ]


def told(folder: Path, revision: str) -> tuple[str, str | None]:
    with pytest.raises(CatalogError) as caught:
        open_project_at(folder, revision)
    return str(caught.value), caught.value.hint


def test_project_is_as_it_was_at_the_revision(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, TWO)
    assert columns(open_project_at(repository, "HEAD")) == ["item_id", "day"]
    assert columns(open_project_at(repository, "HEAD~1")) == ["item_id"]
    assert columns(open_project_at(repository, first[:10])) == ["item_id"]


@pytest.mark.parametrize("suffix", ["json", "jsonl", "ndjson", "csv", "tsv"])
def test_what_is_imported_is_read_as_it_was(repository: Path, suffix: str) -> None:
    source = f"sources: [{{importer: snapshot, path: seen.{suffix}}}]\n"
    first, second = ('{"table_name": "a"}\n', '{"table_name": "b"}\n')
    if suffix in ("csv", "tsv"):
        first, second = "table_name\na\n", "table_name\nb\n"
    commit(repository, {"plumbline.yml": SETTINGS + source, f"seen.{suffix}": first})
    commit(repository, {f"seen.{suffix}": second})
    assert "a" in open_project_at(repository, "HEAD~1").catalog.tables
    assert "b" in open_project_at(repository, "HEAD").catalog.tables


def test_places_are_those_of_the_project_and_nothing_is_noted(repository: Path) -> None:
    then, now = open_project_at(repository, "HEAD"), open_project(repository)
    assert then == now
    assert then.notes == ()


def test_work_tree_and_index_stay_as_they_lie(repository: Path) -> None:
    write(repository, {**TWO, "definitions/new.sql": "SELECT 1 AS a"})
    git(repository, "add", "definitions/new.sql")
    before = git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()
    assert columns(open_project_at(repository, "HEAD")) == ["item_id"]
    assert (git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()) == before


def test_what_the_work_tree_traced_is_not_traced_again(repository: Path, tmp_path: Path) -> None:
    cache = tmp_path / "results.sqlite"
    open_project(repository, cache=cache)
    before = _results(cache)
    open_project_at(repository, "HEAD", cache=cache)
    assert _results(cache) == before > 0


def _results(cache: Path) -> int:
    opened = Cache(cache)
    assert opened._file is not None
    (count,) = opened._file.execute("SELECT count(*) FROM result").fetchone()
    opened.close()
    return int(count)


def test_project_in_a_subfolder_is_read_alone(tmp_path: Path) -> None:
    top = new_repository(tmp_path / "all")
    commit(top, {f"data/catalog/{name}": text for name, text in ONE.items()} | {"other/x.sql": "SELECT 1"})
    write(top / "data" / "catalog", TWO)
    project = open_project_at(top / "data" / "catalog" / "definitions", "main")
    assert columns(project) == ["item_id"]
    assert [text.sql.start.file for text in project.lineage.traced.texts] == ["definitions/queue.sql"]


def test_a_detached_head_and_a_linked_work_tree_are_as_good(repository: Path, tmp_path: Path) -> None:
    commit(repository, TWO)
    git(repository, "checkout", "--quiet", "--detach", "HEAD")
    assert columns(open_project_at(repository, "main~1")) == ["item_id"]
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"), "main")
    assert columns(open_project_at(tmp_path / "linked", "HEAD~1")) == ["item_id"]


def test_in_a_git_hook_the_repository_is_still_that_of_the_project(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.chdir(repository / "definitions")
    assert columns(open_project_at(Path(), "HEAD")) == ["item_id"]


def test_broken_yaml_at_the_revision_is_its_own_fault(repository: Path) -> None:
    commit(repository, {"definitions/broken.yml": "tables: [\n"})
    project = open_project_at(repository, "HEAD")
    assert [misfit.code for misfit in project.catalog.misfits] == ["FL001"]
    assert columns(project) == ["item_id"]


def test_broken_settings_at_the_revision_give_way_to_those_of_today(repository: Path) -> None:
    commit(repository, {"plumbline.yml": "name: [\n"})
    commit(repository, {"plumbline.yml": SETTINGS})
    project = open_project_at(repository, "HEAD~1")
    assert columns(project) == ["item_id"]
    assert project.settings.dialect == "duckdb"
    assert [note.partition(":")[0] for note in project.notes] == [
        "the settings of `HEAD~1` cannot be used, so today's hold for it"
    ]


def test_before_there_were_settings_those_of_today_hold(repository: Path) -> None:
    commit(repository, {"plumbline.yml": None})
    commit(repository, {"plumbline.yml": SETTINGS})
    project = open_project_at(repository, "HEAD~1")
    assert columns(project) == ["item_id"]
    assert project.notes == ("`HEAD~1` has no `plumbline.yml`",)


def test_before_there_was_a_project_it_is_empty(tmp_path: Path) -> None:
    top = new_repository(tmp_path / "all")
    commit(top, {"README.md": "Nothing yet.\n"})
    commit(top, {f"data/{name}": text for name, text in ONE.items()})
    project = open_project_at(top / "data", "HEAD~1")
    assert list(project.catalog.things()) == []
    assert project.catalog.misfits == project.lineage.traced.texts == ()
    assert project.notes == ("`HEAD~1` has nothing of this project",)


def test_an_unknown_revision_is_told_with_the_nearest(repository: Path) -> None:
    assert told(repository, "origin/main") == ("git knows no revision `origin/main`", "Did you mean `main`?")
    assert told(repository, "mian")[1] == "Did you mean `main`?"
    assert told(repository, "upstream/develop")[1] == "Run `git fetch upstream develop`"


def test_before_the_first_commit_it_is_told_so(tmp_path: Path) -> None:
    write(new_repository(tmp_path / "new"), dict(ONE))
    message, hint = told(tmp_path / "new", "HEAD")
    assert message == "git knows no revision `HEAD`"
    assert hint == "There is no commit yet: make the first one without this check"


def test_a_revision_is_never_taken_for_an_option(repository: Path) -> None:
    assert told(repository, "--help")[0] == "git knows no revision `--help`"


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    commit(repository, TWO)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "shallow")
    assert columns(open_project_at(tmp_path / "shallow", "HEAD")) == ["item_id", "day"]
    message, hint = told(tmp_path / "shallow", "HEAD~1")
    assert message == "git knows no revision `HEAD~1`"
    assert hint is not None
    assert "git fetch --unshallow" in hint
    assert "fetch-depth: 0" in hint


def test_a_folder_without_git_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, dict(ONE))
    message, hint = told(tmp_path, "main")
    assert message == f"`{tmp_path}` is in no git repository"
    assert hint == "Run it in a clone; without one, check without a revision"


def test_without_git_installed_it_is_told_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    assert told(repository, "main")[0] == "git is not installed"


def test_files_of_a_submodule_are_read_as_of_its_own_commit(repository: Path, tmp_path: Path) -> None:
    shared = new_repository(tmp_path / "shared")
    commit(shared, {"extra.sql": "SELECT 1 AS first"})
    git(repository, "submodule", "--quiet", "add", str(shared), "definitions/shared")
    commit(repository)
    commit(repository / "definitions" / "shared", {"extra.sql": "SELECT 2 AS second"})
    commit(repository)
    assert columns(open_project_at(repository, "HEAD")) == ["item_id", "second"]
    assert columns(open_project_at(repository, "HEAD~1")) == ["item_id", "first"]


def test_a_submodule_that_is_not_at_hand_is_noted(repository: Path, tmp_path: Path) -> None:
    shared = new_repository(tmp_path / "shared")
    commit(shared, {"extra.sql": "SELECT 1 AS first"})
    git(repository, "submodule", "--quiet", "add", str(shared), "definitions/shared")
    commit(repository)
    git(tmp_path, "clone", "--quiet", str(repository), "plain")
    project = open_project_at(tmp_path / "plain", "HEAD")
    assert columns(project) == ["item_id"]
    assert project.notes == ("the submodule `definitions/shared` is not at hand as of `HEAD`",)


def test_links_names_and_sizes_are_as_in_the_work_tree(repository: Path) -> None:
    write(repository, {"definitions/café/größe 1.sql": "SELECT 1 AS a"})
    (repository / "definitions" / "more").symlink_to("café", target_is_directory=True)
    (repository / "definitions" / "out.sql").symlink_to("/etc/passwd")
    (repository / "definitions" / "large.sql").write_text("-" * 5_000_001)
    commit(repository)
    assert open_project_at(repository, "HEAD") == open_project(repository)


def test_lines_part_where_they_parted_not_where_the_other_is_now(repository: Path) -> None:
    parted = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "change")
    commit(repository, TWO)
    git(repository, "checkout", "--quiet", "main")
    commit(repository, {"definitions/other.sql": "SELECT 1 AS a"})
    git(repository, "checkout", "--quiet", "change")
    assert parting_commit(repository, "main") == parted[:12]


def test_lines_that_share_nothing_are_told_so(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "other")
    commit(repository, message="Another beginning")
    with pytest.raises(CatalogError, match="git finds no commit that `main` and `HEAD` share"):
        parting_commit(repository, "main")


def test_a_tree_made_to_leave_its_folder_does_not(repository: Path, tmp_path: Path) -> None:
    (entry,) = (
        entry
        for path, entry in tree_of(repository_of(repository), "HEAD").entries.items()
        if path.endswith(".sql")
    )
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    made = Tree(dict.fromkeys(("../out.sql", ".git/in.sql", "a/../../b.sql", "kept.sql"), entry))
    write_tree(made, inside, 1_000)
    assert [path.name for path in (tmp_path / "one").rglob("*.sql")] == ["kept.sql"]


def test_every_file_of_another_tool_is_read_at_a_revision_too() -> None:
    assert {*excel.SUFFIXES, *powerbi.SUFFIXES, *tableau.PACKED, *tableau.INNER} <= IMPORTED
