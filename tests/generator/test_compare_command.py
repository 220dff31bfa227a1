"""`plumbline compare` on a small catalog."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_catalog import DEFINITIONS, SETTINGS

from catalog import CatalogError
from generator.commands import plumbline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (tmp_path / "definitions" / "all.yml").write_text(DEFINITIONS, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(plumbline, ["compare", *arguments, str(folder)])


def test_two_metrics_are_told_apart_with_reasons(folder: Path) -> None:
    result = run(folder, "removal_share", "removals")
    assert result.exit_code == 0
    assert "removal_share and removals" in result.output
    assert "“Removal share” is a share, and shares are never added" in result.output


def test_two_periods_of_a_metric_are_told_apart_with_reasons(folder: Path) -> None:
    result = run(folder, "removal_share", "--periods", "2026-01..2026-04")
    assert "its definition changed on 2026-03-01: Second" in result.output


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["removal_shar", "removals"], "there is no metric `removal_shar`", "removal_share"),
        (["removals", "--periods", "2026-01..spring"], "`spring` is no period", "2026-05..2026-06"),
    ],
)
def test_what_is_not_there_is_told_with_a_remedy(
    folder: Path, arguments: list[str], message: str, hint: str
) -> None:
    fault = run(folder, *arguments).exception
    assert isinstance(fault, CatalogError)
    assert message in str(fault)
    assert hint in (fault.hint or "")


def test_one_metric_alone_is_no_comparison(tmp_path: Path) -> None:
    result = CliRunner().invoke(plumbline, ["compare", "removals"])
    assert result.exit_code == 2
    assert "two metrics, or one and --periods" in result.output
