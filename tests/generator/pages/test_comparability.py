"""What the page of a metric tells of what it may be put together with."""

from pathlib import Path

import pytest
from page_reading import read
from small_catalog import pages_by_path, small_site

from catalog import Audience
from generator.pages.comparability import spoken


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.PARTNER])
def test_both_audiences_see_reasons_and_their_own_metrics(tmp_path: Path, audience: Audience) -> None:
    pages = pages_by_path(small_site(tmp_path, audience))
    found = read(pages["metrics/removal_share/"].body)
    assert found.faults == []
    assert "“Removal share” is a share, and shares are never added" in found.text
    assert "Do not add" in found.text
    assert "September 2026 and October 2026" in found.text
    assert "Compare with care" in found.text


def test_days_months_and_quarters_are_in_words() -> None:
    text = "in 2026-Q2 and 2026-05, from 2026-05-03 on, but 12026-05 and A-2026-05-033 are none"
    assert spoken(text).startswith("in quarter 2 of 2026 and May 2026, from 3 May 2026 on")
