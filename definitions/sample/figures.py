"""The figures of the reference run that texts of the example quote, each with the query it comes from.

The reference run is this one. A test holds every text that names it to these sentences; `--write` puts the
figures of a new run into the texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Figure:
    """A passage in the text of a thing, with places (`{name}`) for what the query gives."""

    subject: str
    passage: str
    query: str


AUDITED = "raw_qa.audit_sample WHERE target_type = 'HUMAN' AND is_blind AND final_outcome IS NOT NULL"
BREACH_FOUND = "original_outcome = 'VIOLATING' AND final_outcome = 'VIOLATING'"
ACCURACY = f"""
SELECT 100 * SUM(w_tp + w_tn) / SUM(w_tp + w_fp + w_fn + w_tn) AS weighted,
       (SELECT 100 * COUNT(*) FILTER (original_outcome = final_outcome) / COUNT(*)
        FROM {AUDITED}) AS unweighted
FROM mart_quality.policy_qa_weekly
"""
RECALL = f"""
SELECT 100 * SUM(w_tp) / SUM(w_tp + w_fn) AS weighted,
       (SELECT 100 * COUNT(*) FILTER ({BREACH_FOUND}) / COUNT(*) FILTER (final_outcome = 'VIOLATING')
        FROM {AUDITED}) AS unweighted
FROM mart_quality.policy_qa_weekly
"""
PRECISION = f"""
SELECT 100 * SUM(w_tp) / SUM(w_tp + w_fp) AS weighted,
       (SELECT 100 * COUNT(*) FILTER ({BREACH_FOUND}) / COUNT(*) FILTER (original_outcome = 'VIOLATING')
        FROM {AUDITED}) AS unweighted
FROM mart_quality.policy_qa_weekly
"""
RECALL_AND_PRECISION = f"""
SELECT recall.*, precise.weighted AS precise FROM ({RECALL}) AS recall, ({PRECISION}) AS precise
"""
PREVALENCE = """
SELECT 100 * SUM(vvr * frame_views) / SUM(frame_views) AS of_views,
       (SELECT 100 * COUNT(*) FILTER (label = 'VIOLATING') / COUNT(*)
        FROM raw_measurement.prevalence_sample) AS of_sample
FROM mart_transparency.prevalence_monthly
"""
UPLOADS = """
SELECT SUM(country_videos_uploaded) AS added_up,
       (SELECT COUNT(*) FROM raw_moderation.content_item WHERE content_type = 'CONTENT_TYPE_VIDEO') AS uploads
FROM mart_enforcement.removal_daily
"""
NOTICES = "SELECT SUM(notices) AS notices, SUM(items) AS items FROM mart_transparency.notice_daily"
MATURITY = """
SELECT 100 * SUM(appealed_28d) / SUM(actions_matured_28d) AS matured,
       (SELECT 100 * COUNT(first_appeal_at) / COUNT(*)
        FROM intermediate.int_action_outcomes WHERE action_date >= DATE '2026-11-07') AS latest
FROM mart_appeals.appeal_cohort_weekly
"""
MIDNIGHT = """
SELECT COUNT(*) FILTER (site_id = 'KUL') AS segments,
       COUNT(*) FILTER (site_id = 'KUL' AND segment_start::DATE <> site_date) AS elsewhere,
       COUNT(*) FILTER (site_id <> 'KUL' AND segment_start::DATE <> site_date) AS others
FROM staging.stg_activity_segments
"""
REOPENED = """
SELECT COUNT(*) FILTER (cycle_no > 1) AS again, COUNT(*) AS passes,
       100 * (COUNT(*) / COUNT(*) FILTER (cycle_no = 1) - 1) AS above,
       100 * COUNT(*) FILTER (cycle_no > 1) / COUNT(*) AS share
FROM intermediate.int_review_cycle
"""
BACKLOG = """
SELECT COUNT(*) FILTER (d.backlog_eod = COALESCE(h.open_cycles, 0)) AS agreed, COUNT(*) AS days
FROM mart_ops.queue_daily AS d
LEFT JOIN mart_ops.queue_backlog_hourly AS h
  ON h.queue_id = d.queue_id AND h.snapshot_at = timezone('UTC', d.ops_date + INTERVAL 1 DAY)
WHERE d.ops_date >= DATE '2026-11-07'
"""
MEDIANS = """
SELECT MEDIAN(tat_minutes) AS pooled, AVG(tat_minutes) AS mean,
       (SELECT AVG(tat_p50_minutes) FROM mart_ops.queue_daily WHERE queue_id = 'Q_GENERAL') AS of_days
FROM intermediate.int_review_cycle WHERE queue_id = 'Q_GENERAL'
"""
TOTALS = """
SELECT SUM(cycles_opened) AS everything,
       SUM(cycles_opened) FILTER (is_queue_total = 0 AND is_channel_total = 0) AS cases
FROM mart_ops.sla_cohort_weekly
"""
BASES = """
SELECT 100 * SUM(cycles_met_sla) / SUM(cycles_due) AS by_opening,
       (SELECT 100 * SUM(decided_in_sla) / SUM(cycles_decided) FROM mart_ops.queue_daily) AS closed
FROM mart_ops.sla_cohort_weekly WHERE is_queue_total = 0 AND is_channel_total = 0
"""
PAID_TIME = """
SELECT 100 * SUM(handling_minutes) / SUM(on_queue_minutes) AS occupancy,
       100 * SUM(handling_minutes) / SUM(paid_minutes) AS utilization,
       100 * (1 - SUM(on_queue_minutes) / SUM(paid_minutes)) AS shrinkage
FROM mart_workforce.capacity_weekly
"""
CAPS = """
SELECT COUNT(*) FILTER (is_cap_breach) AS breaches, COUNT(*) AS days FROM mart_wellbeing.exposure_daily
"""

WEIGHTED = "In the reference run accuracy was {weighted:.1f} % weighted and {unweighted:.1f} % unweighted."
BOTH_WAYS = "The reference run gave {weighted:.1f} % weighted and {unweighted:.1f} % unweighted"
ALL_THREE = (
    "Recall was {unweighted:.1f} % unweighted and {weighted:.1f} % weighted, "
    "while precision stayed at {precise:.1f} % (reference run)."
)
ADDED_UP = "Adding them up gave {added_up:,} instead of {uploads:,} in the reference run."
ENRICHED = (
    "In the reference run {of_sample:.1f} % of the sampled views broke a rule, "
    "but only {of_views:.2f} % of all views."
)
COUNTED_APART = "The reference run had {notices:,} notices and {items:,} items."
OVER_MIDNIGHT = (
    "Of {segments:,} segments of the Kuala Lumpur site {elsewhere:,} lie on another UTC day "
    "than their local day; in Dublin and Lisbon {others} do (reference run)."
)
CUT_NIGHTS = (
    "At the site with night shifts {elsewhere:,} of {segments:,} stretches of work lie on another UTC day "
    "than the local day (reference run)."
)
PASSES = "{share:.1f} % of cycles are second or third passes ({again:,} of {passes:,} in the reference run)"
MORE_PASSES = (
    "Counting passes gave {above:.1f} % more in the reference run, because {again:,} of {passes:,} passes "
    "were second or third looks."
)
MEDIAN_OF_MEDIANS = (
    "In the reference run the true median of the general queue was {pooled:.0f} minutes, "
    "the mean of the daily medians {of_days:.0f} and the plain mean {mean:.0f}."
)
THREE_RATES = (
    "In the reference run occupancy was {occupancy:.1f} %, shrinkage {shrinkage:.1f} % "
    "and utilization {utilization:.1f} %."
)

FIGURES = (
    Figure("table:raw_qa.audit_sample", WEIGHTED, ACCURACY),
    Figure("table:mart_quality.policy_qa_weekly", WEIGHTED, ACCURACY),
    Figure("metric:qa_accuracy_rate", f"{BOTH_WAYS}.", ACCURACY),
    Figure("metric:qa_accuracy_rate", ALL_THREE, RECALL_AND_PRECISION),
    Figure("metric:decision_recall", f"{BOTH_WAYS}.", RECALL),
    Figure("metric:decision_precision", f"{BOTH_WAYS}, because", PRECISION),
    Figure("table:mart_enforcement.removal_daily", ADDED_UP, UPLOADS),
    Figure("metric:removal_volume", ADDED_UP, UPLOADS),
    Figure("table:raw_measurement.prevalence_sample", ENRICHED, PREVALENCE),
    Figure("metric:violative_view_rate", ENRICHED, PREVALENCE),
    Figure(
        "metric:notice_volume",
        "The reference run had {notices:,} notices that named {items:,} items.",
        NOTICES,
    ),
    Figure("table:mart_transparency.notice_daily", COUNTED_APART, NOTICES),
    Figure("table:staging.stg_notice_items", COUNTED_APART, NOTICES),
    Figure(
        "metric:appeal_rate_28d",
        "In the reference run it gave {latest:.1f} % for the last two weeks, "
        "against {matured:.1f} % for matured weeks.",
        MATURITY,
    ),
    Figure("table:staging.stg_activity_segments", OVER_MIDNIGHT, MIDNIGHT),
    Figure("metric:exposure_cap_breach_rate", CUT_NIGHTS, MIDNIGHT),
    Figure(
        "metric:exposure_cap_breach_rate",
        "The reference run had {breaches} breaches in {days:,} person-days.",
        CAPS,
    ),
    Figure("table:intermediate.int_review_cycle", PASSES, REOPENED),
    Figure("metric:review_intake_volume", MORE_PASSES, REOPENED),
    Figure(
        "metric:backlog_open",
        "it agreed on {agreed} of {days} queue days in the reference run.",
        BACKLOG,
    ),
    Figure("metric:median_turnaround_time", MEDIAN_OF_MEDIANS, MEDIANS),
    Figure(
        "metric:sla_attainment_rate",
        "({everything:,} cases instead of {cases:,} in the reference run)",
        TOTALS,
    ),
    Figure(
        "table:mart_ops.sla_cohort_weekly",
        "The reference run would read {everything:,} cases instead of {cases:,}.",
        TOTALS,
    ),
    Figure(
        "metric:sla_attainment_rate",
        "({by_opening:.1f} % and {closed:.1f} % in the reference run)",
        BASES,
    ),
    Figure("metric:occupancy_rate", THREE_RATES, PAID_TIME),
    Figure("metric:shrinkage_rate", THREE_RATES, PAID_TIME),
    Figure("metric:utilization_rate", THREE_RATES, PAID_TIME),
)

PLACE = re.compile(r"\{[^}]*\}")
NUMBER = r"(\d[\d.,]*\d|\d)"


def measured(connection: duckdb.DuckDBPyConnection, figure: Figure) -> str:
    """The passage as it has to read after this run."""
    result = connection.execute(figure.query)
    names = [column[0] for column in result.description or ()]
    return figure.passage.format(**dict(zip(names, result.fetchall()[0], strict=True)))


def write(passage: str, figure: Figure, file: Path) -> None:
    """Puts the numbers of a passage into the file that has it with others; lines end where they did."""
    text = file.read_text("utf-8")
    pattern = NUMBER.join(_any_space(part) for part in PLACE.split(figure.passage))
    numbers = re.fullmatch(pattern, passage)
    for found in reversed(list(re.finditer(pattern, text))):
        for group in range(found.re.groups, 0, -1):
            new = numbers.group(group) if numbers else found.group(group)
            text = text[: found.start(group)] + new + text[found.end(group) :]
    file.write_text(text, "utf-8")


def _any_space(part: str) -> str:
    return re.sub(r"(?:\\ )+", r"\\s+", re.escape(part))
