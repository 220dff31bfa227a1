import pytest

from generator.schedules import schedule_words


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("0 4 * * *", "At 04:00"),
        ("*/30 * * * *", "Every 30 minutes"),
        ("0 5 * * 1", "At 05:00, only on Monday"),
        ("0 8 10 * *", "At 08:00, on day 10 of the month"),
    ],
)
def test_a_schedule_is_told_in_words(expression, told):
    assert schedule_words(expression) == told


@pytest.mark.parametrize("expression", [None, "", "@daily", "now and then", "61 * * *", "* * * * <b>"])
def test_what_is_no_cron_expression_has_no_words(expression):
    assert schedule_words(expression) == ""
