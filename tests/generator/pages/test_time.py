"""What the page of a metric tells of time, to engineers and to partners."""

from pathlib import Path

from page_reading import read
from small_catalog import DEFINITIONS, SETTINGS, TODAY, pages_by_path

from catalog import Audience, open_project
from generator.assembly import site_of

BEFORE = "  - name: removal_share\n"
SAID = f"{BEFORE}    time_anchor: loaded\n    matures_after: P7D\n    late_data: P3D\n"


def page(folder: Path, audience: Audience) -> str:
    (folder / "definitions").mkdir()
    (folder / "plumbline.yml").write_text(SETTINGS, "utf-8")
    (folder / "definitions" / "all.yml").write_text(DEFINITIONS.replace(BEFORE, SAID), "utf-8")
    pages = pages_by_path(site_of(open_project(folder), audience, today=TODAY))
    found = read(pages["metrics/removal_share/"].body)
    assert found.faults == []
    return found.text


def test_engineers_see_what_came_of_holding_it_to_the_sql(tmp_path: Path) -> None:
    text = page(tmp_path, Audience.INTERNAL)
    assert "A value is final after 7 days; rows may come up to 3 days late" in text
    assert "Differs Anchor: loaded is the day of the run, whatever the row is of" in text
    assert "Cannot decide When it is final:" in text


def test_partners_see_from_when_a_value_is_final(tmp_path: Path) -> None:
    text = page(tmp_path, Audience.PARTNER)
    assert "A value is final after 7 days; rows may come up to 3 days late" in text
    assert "held to the SQL" not in text
