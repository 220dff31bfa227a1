"""What a metric's page says of time: from when a value is final, and how the SQL agrees."""

from __future__ import annotations

from catalog import Metric, MetricTime
from generator.words import duration_words

UNKNOWN = MetricTime()


def final_words(metric: Metric, time: MetricTime) -> str:
    """From when a value is final, and how late rows come, as a sentence; empty where nothing is said."""
    told = []
    if metric.matures_after:
        whose = f"A {time.period}’s value" if time.period else "A value"
        told.append(f"{whose} is final after {duration_words(metric.matures_after)}")
    if metric.late_data:
        told.append(f"rows may come up to {duration_words(metric.late_data)} late")
    text = "; ".join(told)
    return text[:1].upper() + text[1:]
