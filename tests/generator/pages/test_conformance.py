"""What pages tell of a metric that is held to the SQL, to engineers and to partners."""

from pathlib import Path

import pytest
from page_reading import read
from small_catalog import DEFINITIONS, SETTINGS, TODAY, pages_by_path

from catalog import Audience, open_project
from generator.assembly import site_of

REMOVALS = "expression: SUM(removed)\n    certification: governed"


def page(folder: Path, expression: str, more: str = "", audience: Audience = Audience.INTERNAL) -> str:
    """The page of a metric of that expression that `mart.week.removed` computes too."""
    place = f"\n    computed_by: [{{column: mart.week.removed{more}}}]"
    (folder / "definitions").mkdir()
    (folder / "plumbline.yml").write_text(SETTINGS, "utf-8")
    changed = REMOVALS.replace("SUM(removed)", expression) + place
    (folder / "definitions" / "all.yml").write_text(DEFINITIONS.replace(REMOVALS, changed), "utf-8")
    found = read(
        pages_by_path(site_of(open_project(folder), audience, today=TODAY))["metrics/removals/"].body
    )
    assert found.faults == []
    return found.text


def test_engineers_see_what_agrees_aspect_by_aspect(tmp_path: Path) -> None:
    text = page(tmp_path, "SUM(removed)")
    assert "Calculation checked against the SQL" in text
    assert "Held to the SQL" in text
    assert "As defined mart.week.removed" in text
    assert "Filters" in text


def test_engineers_see_what_differs_and_where(tmp_path: Path) -> None:
    text = page(tmp_path, "SUM(spent)")
    assert "SQL differs from the definition" in text
    assert "It has SUM(day.removed) in its value, the definition SUM(day.spent)" in text


def test_engineers_see_why_a_difference_is_meant(tmp_path: Path) -> None:
    text = page(tmp_path, "SUM(spent)", ", differs_because: It is of another time")
    assert "Differs on purpose" in text
    assert "Why: It is of another time" in text
    assert "SQL differs from the definition" not in text


@pytest.mark.parametrize(
    ("expression", "badge"),
    [("SUM(removed)", "Calculation checked against the SQL"), ("SUM(spent)", "Calculation under review")],
)
def test_partners_see_a_badge_and_nothing_of_the_sql(tmp_path: Path, expression: str, badge: str) -> None:
    text = page(tmp_path, expression, audience=Audience.PARTNER)
    assert badge in text
    assert "Held to the SQL" not in text
    assert "mart.week" not in text


def test_what_cannot_be_decided_is_no_badge(tmp_path: Path) -> None:
    text = page(tmp_path, "COUNT(removed) + 1", ", sql: SELECT 1 AS x UNION ALL SELECT 2")
    assert "Cannot decide" in text
    assert "checked against" not in text
