"""`plumbline certify`: recorded by hand, lapsed by itself, told by the check and on both sites."""

from pathlib import Path

import pytest
from git_history import commit, new_repository
from small_catalog import DEFINITIONS, SETTINGS, TODAY

from catalog import Audience, open_project
from catalog.certificates import CERTIFICATES_FILE
from catalog.dated import STATES_FILE
from generator.assembly import site_of
from generator.cli import main
from generator.pages.metric import metric_pages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (tmp_path / "definitions" / "all.yml").write_text(DEFINITIONS, "utf-8")
    return tmp_path


def certify(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["certify", "--project", str(project), "--by", "Zora Council", *arguments])
    shown = capsys.readouterr()
    return int(str(ended.value.code)), shown.out + shown.err


def page(project: Path, audience: Audience) -> str:
    made = metric_pages(site_of(open_project(project), audience, today=TODAY))
    return next(each.body for each in made if each.path == "metrics/removal_share/")


def test_a_certificate_is_recorded_and_a_dry_run_records_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = certify(project, capsys, "removal_share", "--dry-run")
    assert code == 0
    assert shown.startswith("removal_share: ")
    assert not (project / CERTIFICATES_FILE).exists()
    assert certify(project, capsys, "removal_share", "removals")[0] == 0
    assert sorted(open_project(project).certified) == ["removal_share", "removals"]
    before = (project / CERTIFICATES_FILE).read_bytes()
    certify(project, capsys, "removals")
    assert (project / CERTIFICATES_FILE).read_bytes() == before


def test_a_metric_that_is_not_there_is_guessed_at_and_nothing_is_recorded(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = certify(project, capsys, "removals", "removal_shar")
    assert (code, shown) == (
        2,
        "error: there is no metric `removal_shar`\n    Did you mean `removal_share`?\n",
    )
    assert not (project / CERTIFICATES_FILE).exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("certificates:", "<<<<<<< HEAD\ncertificates:", "no value can begin"),
        ('- metric: "removals"', '- metric: ""', "metric"),
        ("definition type", "definition unit", "do not give its fingerprint"),
    ],
)
def test_certifying_one_metric_loses_no_other(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    certify(project, capsys, "removals")
    file = project / CERTIFICATES_FILE
    damaged = file.read_text("utf-8").replace(old, new)
    file.write_text(damaged, "utf-8")
    code, shown = certify(project, capsys, "removal_share")
    assert code == 2
    assert shown.startswith(f"error: {CERTIFICATES_FILE}:")
    assert told in shown
    assert file.read_text("utf-8") == damaged


def test_a_damaged_certificate_is_mended_by_certifying_its_metric(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certify(project, capsys, "removals")
    file = project / CERTIFICATES_FILE
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("definition type", "definition unit"), "utf-8")
    assert certify(project, capsys, "removals")[0] == 0
    assert file.read_text("utf-8") == sound


def test_what_hides_changes_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "definitions" / "all.yml"
    file.write_text(file.read_text("utf-8").replace("FROM raw.event", "FROM nobody.knows"), "utf-8")
    shown = certify(project, capsys, "removal_share")[1]
    assert "the lineage of `removal_share` is not seen whole at `nobody.knows`" in shown


def test_both_sites_say_that_a_changed_metric_needs_review_and_only_engineers_why(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certify(project, capsys, "removal_share", "--note", "Recounted by hand.")
    for audience in (Audience.INTERNAL, Audience.PARTNER):
        assert "Needs review" not in page(project, audience)
        assert "Certified" in page(project, audience)
    assert "Zora Council vouched for it" in page(project, Audience.INTERNAL)
    file = project / "definitions" / "all.yml"
    file.write_text(file.read_text("utf-8").replace("WHERE id > 0", "WHERE id > 10"), "utf-8")
    told, partner = page(project, Audience.INTERNAL), page(project, Audience.PARTNER)
    assert "Needs review" in told
    assert "Needs review" in partner
    assert "it may not mean what is said here" in partner
    assert "which rows <code>mart.day</code> has is decided otherwise" in told
    assert "How well it is backed" in told
    assert "Gold level" not in partner
    for hidden in (
        "How well it is backed",
        "Not met",
        "Zora Council",
        "Recounted",
        "mart.day",
        "Fingerprint",
    ):
        assert hidden not in partner


def test_history_is_recorded_from_git_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def history(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["history", "--project", str(tmp_path), *arguments])
        shown = capsys.readouterr()
        return int(str(ended.value.code)), shown.out + shown.err

    files = {"plumbline.yml": SETTINGS, "definitions/all.yml": DEFINITIONS, ".gitignore": ".plumbline/\n"}
    commit(new_repository(tmp_path), dict(files))
    assert history() == (0, "Nothing is recorded: run `plumbline history --record`\n")
    assert "--since and --anew need --record" in history("--anew")[1]
    code, shown = history("--record", "removals")
    assert code == 0
    assert shown.startswith(f"Recorded in {STATES_FILE}\n")
    assert shown.endswith("): First recorded.\n")
    assert history("removal")[1] == "error: there is no metric `removal`\n    Did you mean `removals`?\n"
    (tmp_path / STATES_FILE).write_text("<<<<<<<", "utf-8")
    for asked in ("--record", "removals"):
        code, shown = history(asked)
        assert (code, shown.splitlines()[0]) == (2, f"error: {STATES_FILE}:1:1: this is no JSON")
    assert history("--record", "--anew")[0] == 0
