import datetime

from catalog import ExampleOutcome, Location, RunExample, Scalar
from catalog.executing import Ending
from generator.pages.examples import shown_examples

ROWS: tuple[tuple[Scalar, ...], ...] = ((datetime.date(2026, 10, 5), 1200), (None, 0.5))


def example(outcome: ExampleOutcome) -> RunExample:
    return RunExample("Two days", ("Day", "Items"), ROWS, 0.26, None, outcome, Location(""))


def test_rows_are_shown_in_words_with_what_counts() -> None:
    (shown,) = shown_examples(
        [example(ExampleOutcome(Ending.RAN, 0.26, (True, False)))], "percent", is_percent=True
    )
    assert shown.rows == ((("5 Oct 2026", "1,200"), True), (("empty", "0.5"), False))
    assert (shown.value, shown.was_run, shown.is_right) == ("26 %", True, True)


def test_a_wrong_value_is_shown_beside_the_right_one() -> None:
    (shown,) = shown_examples(
        [example(ExampleOutcome(Ending.RAN, 3, (True, True)))], "items", is_percent=False
    )
    assert (shown.value, shown.actual, shown.is_right) == ("0.26 items", "3 items", False)


def test_an_example_that_was_not_run_says_why_and_claims_nothing_of_its_rows() -> None:
    (shown,) = shown_examples([example(ExampleOutcome(Ending.NOT_RUN, reason="no"))], None, is_percent=False)
    assert (shown.was_run, shown.reason, [counts for _, counts in shown.rows]) == (False, "no", [True, True])
