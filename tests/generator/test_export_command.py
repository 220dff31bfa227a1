"""`plumbline export`."""

import json
from pathlib import Path

import pytest
from small_catalog import DEFINITIONS, SETTINGS

from generator.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (tmp_path / "definitions" / "all.yml").write_text(DEFINITIONS, "utf-8")
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int | str | None, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["export", *arguments])
        return (ended.value.code, *capsys.readouterr())

    return ran


def test_a_text_goes_to_standard_output_unless_a_file_is_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, told, _ = run("--format", "json")
    assert (code, json.loads(told)["version"]) == (0, "1.0")
    code, said, _ = run("--format", "json", "--into", "made/all.json")
    assert (code, said) == (0, f"made/all.json: 1 file written, {len(told.encode()):,} bytes\n")
    assert (tmp_path / "made" / "all.json").read_text("utf-8") == told
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["all.json"]


def test_what_could_not_be_read_is_told_beside_the_export(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("--format", "mermaid")[2] == ""
    (tmp_path / "definitions" / "cut.yml").write_text("tables: [{name: a.b", "utf-8")
    code, _, said = run("--format", "mermaid")
    told = (
        "1 thing could not be read as written, so that something may be missing here: run `plumbline check`"
    )
    assert (code, said) == (0, f"note: {told}\n")


def test_several_files_go_into_a_folder(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("--format", "csv", "--into", "made", "--audience", "partner")[0] == 0
    names = ["columns.csv", "lineage.csv", "metrics.csv", "reports.csv", "tables.csv"]
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [
        *names,
        "teams.csv",
        "terms.csv",
        "values.csv",
    ]


def test_pages_are_linked_where_the_site_is_known(run) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(run("--format", "json", "--site-url", "https://data.example.com/catalog")[1])
    assert told["metrics"][0]["page"] == "https://data.example.com/catalog/metrics/old_share/"
    assert "page" not in json.loads(run("--format", "json")[1])["metrics"][0]


def test_lineage_around_a_thing(run) -> None:  # type: ignore[no-untyped-def]
    told = run("--format", "mermaid", "--around", "removals", "--depth", "1")[1]
    assert told == 'flowchart LR\n  n0(["Removals"])\n  n1["mart.day"]\n  n1 --> n0\n'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "csv"), "`csv` is several files: name a folder with --into"),
        (("--format", "xlsx"), "`xlsx` is no text: name a file with --into"),
        (("--format", "json", "--around", "removals"), "--around does not go with `--format json`"),
        (("--format", "mermaid", "--depth", "2"), "--depth needs --around"),
        (("--format", "mermaid", "--around", "removal"), "there is no table, column, metric or report"),
        (("--format", "mermaid", "--around", "zzzzz"), "Write a table as `schema.table`"),
        (("--format", "openlineage", "--audience", "partner"), "cannot be written for partners"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_written(
    run, arguments: tuple[str, ...], said: str
) -> None:  # type: ignore[no-untyped-def]
    code, told, complained = run(*arguments)
    assert (code, told) == (2, "")
    assert said in complained


def test_an_internal_name_in_what_partners_read_ends_the_export(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "definitions" / "all.yml"
    file.write_text(DEFINITIONS.replace("Cases of a day.", "Cases of mart.day."), "utf-8")
    for form, place in (("csv", "tables.csv"), ("xlsx", "xl/sharedStrings.xml"), ("json", "catalog.json")):
        code, _, complained = run("--format", form, "--audience", "partner", "--into", f"made-{form}")
        assert code == 2
        assert place in complained
        assert "`mart.day`" in complained
        assert not (tmp_path / f"made-{form}").exists()


def test_a_file_that_cannot_be_written_leaves_nothing_half_written(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "made" / "tables.csv").mkdir(parents=True)
    code, _, complained = run("--format", "csv", "--into", "made")
    assert code == 2
    assert "`made/tables.csv` is a folder" in complained
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["tables.csv"]
