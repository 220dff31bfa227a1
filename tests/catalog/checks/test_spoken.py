"""What partners read is the same for the check that warns as for the cut that publishes."""

import pytest

from catalog.audience import LEAVES
from catalog.checks.spoken import SPOKEN
from catalog.model import Column, Written
from catalog.visibility import names_in

NO_TEXT = {
    "name", "owner", "audience", "status", "last_reviewed", "review_by", "deprecation_date", "effective_from",
    "enum", "type", "source", "additivity", "direction", "dimensions", "time_anchor", "certification",
    "replacement", "relation", "columns", "metrics", "metric", "related", "since", "until", "date",
    "value_changing",
}  # fmt: skip
"""Keys that leave but hold a name of something visible, a date, or a word of ours."""

TEXT_AFTER_ALL = {
    ("Table", "columns"),
    ("ReportField", "name"),
    ("Term", "source"),
    ("Enum", "source"),
    ("KnownIssue", "status"),
}


@pytest.mark.parametrize("model", LEAVES, ids=lambda model: model.__name__)
def test_every_text_that_leaves_is_looked_at(model: type[Written]) -> None:
    texts = {key for key in LEAVES[model] if key not in NO_TEXT or (model.__name__, key) in TEXT_AFTER_ALL}
    assert set(SPOKEN[model]) == texts


def test_nothing_is_looked_at_that_stays() -> None:
    assert SPOKEN.keys() == LEAVES.keys()
    assert Column in SPOKEN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Read from ops.queue_daily every hour.", ["ops.queue_daily"]),
        ("See `queue_daily`, or (queue_daily).", ["queue_daily"]),
        ("acme.ops.queue_daily is whole", ["ops.queue_daily"]),
        ("queue_daily_old and my_queue_daily are other names", []),
        ("definitions/ops/queue_daily.sql", ["queue_daily.sql"]),
        ("queue_daily-queue_daily", ["queue_daily"]),
        ("OPS.Queue_Daily in any case", ["OPS.Queue_Daily"]),
        ("Queue daily, in words", []),
        ("...", []),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words(text: str, found: list[str]) -> None:
    assert names_in(text, frozenset({"ops.queue_daily", "queue_daily", "queue_daily.sql"})) == found
