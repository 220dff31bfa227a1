import datetime

from catalog import Figure, Recorded
from generator.pages.trend import trends


def day(month: int, *figures: Figure) -> Recorded:
    return Recorded(datetime.date(2026, month, 1), figures)


def test_a_line_goes_through_the_days_by_their_distance_and_through_shares_by_height():
    history = [day(1, Figure("t", 0, 4)), day(2, Figure("t", 2, 4)), day(12, Figure("t", 4, 4))]
    (trend,) = trends(history)
    assert trend.points == "4,60 21.8,34 196,8"
    assert trend.label == "t: from 0 % (0 of 4) to 100 % (4 of 4)"


def test_a_figure_that_only_one_day_knows_has_no_line():
    assert trends([day(1, Figure("t", 1, 2)), day(2, Figure("new", 1, 2))]) == []
    assert trends([day(1, Figure("t", 1, 2))]) == []
    assert trends([]) == []


def test_a_day_that_does_not_know_a_figure_is_passed_over():
    (trend,) = trends([day(1, Figure("t", 1, 2)), day(2), day(3, Figure("t", 2, 2))])
    assert len(trend.dots) == 2
