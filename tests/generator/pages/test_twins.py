"""What the page of a metric tells of others that compute the same, or almost."""

from pathlib import Path

from page_reading import read
from small_catalog import DEFINITIONS, SETTINGS, TODAY, pages_by_path

from catalog import Audience, open_project
from generator.assembly import site_of

OTHERS = """
  - {name: takedowns, description: D., audience: partner, source: mart.day, expression: sum( removed )}
  - {name: rare, description: D., source: mart.day, expression: SUM(removed), filter: spent > 0}
reports:
"""


def page(folder: Path, audience: Audience = Audience.INTERNAL) -> str:
    (folder / "definitions").mkdir()
    (folder / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (folder / "definitions" / "all.yml").write_text(DEFINITIONS.replace("reports:\n", OTHERS[1:]), "utf-8")
    found = read(
        pages_by_path(site_of(open_project(folder), audience, today=TODAY))["metrics/removals/"].body
    )
    assert found.faults == []
    return found.text


def test_engineers_see_twins_and_near_misses_with_the_difference(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert "takedowns Computes the same. Twin" in text
    assert "rare Differs only in: only rare has the filter spent > 0 Neither names the other" in text


def test_partners_see_nothing_of_it(tmp_path: Path) -> None:
    text = page(tmp_path, Audience.PARTNER)
    assert "Computed alike" not in text
    assert "Twin" not in text
