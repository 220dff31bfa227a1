"""The query of a metric that its page gives to copy: it computes what the definition says."""

import duckdb
import pytest

from catalog import Metric
from generator.pages.metric import query_of


@pytest.mark.parametrize(("total", "value"), [(10, 0.25), (2, None)])
def test_a_fraction_of_sums_is_divided_as_a_whole_and_never_by_nothing(
    total: int, value: float | None
) -> None:
    metric = Metric.model_validate(
        {
            "name": "share",
            "source": "answers",
            "numerator": {"expression": "SUM(wrong) + SUM(late)"},
            "denominator": {"expression": "SUM(total) - SUM(void)"},
        }
    )
    with duckdb.connect() as opened:
        opened.execute(f"CREATE TABLE answers AS SELECT 1 wrong, 1 late, {total} total, 2 void")
        assert opened.execute(query_of(metric)).fetchall() == [(value,)]


def test_a_metric_without_sql_has_no_query() -> None:
    assert query_of(Metric.model_validate({"name": "share"})) == ""
