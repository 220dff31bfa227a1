"""The history of coverage: written, read back, and told where it cannot be read."""

import datetime
from pathlib import Path

import pytest

from catalog import Audience, Figure, Recorded, history_text, open_project, publishable, with_day

MAY = Recorded(datetime.date(2026, 5, 1), (Figure("tables described", 3, 9), Figure("a, b", 0, 0)))
JUNE = Recorded(datetime.date(2026, 6, 1), (Figure("tables described", 5, 9),))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "plumbline.yml").write_text("name: Example\n")
    return tmp_path


def test_what_is_written_is_read(project: Path) -> None:
    (project / "coverage.csv").write_text(history_text((MAY, JUNE)), "utf-8")
    assert open_project(project).history == (MAY, JUNE)


def test_the_file_has_a_line_for_each_figure_of_each_day() -> None:
    assert history_text((JUNE,)) == "date,figure,covered,total\n2026-06-01,tables described,5,9\n"


def test_a_day_that_is_recorded_again_is_told_anew() -> None:
    anew = Recorded(MAY.day, (Figure("tables described", 4, 9),))
    assert with_day((MAY, JUNE), anew) == (anew, JUNE)
    assert with_day((JUNE,), MAY) == (MAY, JUNE)


def test_no_file_is_no_history(project: Path) -> None:
    assert open_project(project).history == ()


@pytest.mark.parametrize(
    "line", ["2026-13-01,tables,1,2", "2026-05-01,tables,3,2", "2026-05-01,tables,1", "x,,,"]
)
def test_a_line_that_is_none_is_told_with_its_place_and_the_others_count(project: Path, line: str) -> None:
    (project / "coverage.csv").write_text(f"{history_text((JUNE,))}{line}\n", "utf-8")
    opened = open_project(project)
    assert opened.history == (JUNE,)
    (misfit,) = opened.catalog.misfits
    assert (misfit.code, str(misfit.location)) == ("FL003", "coverage.csv:3:1")


def test_a_file_that_is_no_text_is_told(project: Path) -> None:
    (project / "coverage.csv").write_bytes(b"\xff\xfe\x00")
    opened = open_project(project)
    assert [misfit.code for misfit in opened.catalog.misfits] == ["FL001"]


def test_partners_get_no_history(project: Path) -> None:
    (project / "coverage.csv").write_text(history_text((MAY,)), "utf-8")
    assert publishable(open_project(project), Audience.PARTNER).history == ()
