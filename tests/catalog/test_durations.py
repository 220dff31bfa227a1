import datetime

import pytest

from catalog.durations import duration


@pytest.mark.parametrize(
    ("text", "hours"),
    [("PT6H", 6), ("P1D", 24), ("P1DT2H", 26), ("P1W", 168), ("PT30M", 0.5), ("P1M", 720), ("P1Y", 8760)],
)
def test_iso_durations_have_a_length(text: str, hours: float) -> None:
    assert duration(text) == datetime.timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "1 day", "24:00:00", "3", "two hours", "-P1D", "P-1D", "PT0S"]
)
def test_anything_else_has_none(text: str) -> None:
    assert duration(text) is None
