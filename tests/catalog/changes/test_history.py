"""Forty commits on a copy of the example, each with the changes, reach and findings it has to bring."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from git_history import commit, git, new_repository
from mutations import commented, formatted, nested_queries, other_aliases, other_order, tree_of

from catalog import CHECKS, Compared, Finding, Versions, compare_versions, open_project, run_checks

pytestmark = pytest.mark.xdist_group("history")

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 11, 20)

APPEALS = "definitions/appeals/"
OPERATIONS = "definitions/moderation_operations/"
MOVED = "definitions/transparency/metrics/"
QUALITY = "definitions/quality/"

COHORTS = {"action_reversal_rate", "appeal_overturn_rate", "appeal_rate_28d"}
REMOVALS = {
    "automated_decision_share",
    "proactive_removal_rate",
    "removal_volume",
    "removal_within_24h_rate",
    "zero_view_removal_rate",
}
TIMES = {"median_turnaround_time", "p90_turnaround_time"}
QUEUES = {
    "average_handle_time",
    "backlog_days_of_work",
    "backlog_open",
    "escalation_rate",
    "reopen_rate",
    "review_intake_volume",
}
AUDITS = {
    "decision_precision",
    "decision_recall",
    "leakage_rate",
    "over_enforcement_rate",
    "policy_attribution_accuracy",
    "qa_accuracy_rate",
    "qa_coverage_rate",
}
EXPOSURE = {"exposure_cap_breach_rate", "sensitive_exposure_minutes_per_day", "wellness_time_share"}
CAPACITY = {
    "occupancy_rate",
    "reviews_per_on_queue_hour",
    "schedule_adherence_rate",
    "shrinkage_rate",
    "utilization_rate",
}
OUTCOMES = COHORTS | REMOVALS
CYCLES = TIMES | QUEUES | AUDITS | EXPOSURE | CAPACITY | {"backlog_age_p90", "sla_attainment_rate"}
"""Metrics by what they are made from."""

Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Step:
    """A commit: what is done, the changes it has to bring (class, subject, aspect), the metrics whose values
    may change, those of them that are told so, and the codes of new findings of checks."""

    name: str
    edits: tuple[Edit, ...]
    changes: tuple[tuple[str, str, str], ...] = ()
    metrics: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()
    findings: tuple[str, ...] = ()


def swap(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def write(file: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return edit


def move(old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)

    return edit


def delete(*files: str) -> Edit:
    def edit(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return edit


def rewrite(file: str, mutate: Callable[..., Iterator[object]]) -> Edit:
    """The first mutation of a kind that changes nothing."""

    def edit(folder: Path) -> None:
        path = folder / file
        path.write_text(next(iter(mutate(tree_of(path.read_text("utf-8"))))).sql + ";\n", "utf-8")

    return edit


def reformat_everything(folder: Path) -> None:
    for path in sorted((folder / "definitions").rglob("*.sql")):
        path.write_text(next(formatted(tree_of(path.read_text("utf-8")))).sql + ";\n", "utf-8")


OMITTED = "\nWHERE a.outcome <> 'OMITTED'"
JOINED = "ON d.appeal_id = a.appeal_id"

NEW_TABLE = (
    "CREATE TABLE mart_appeals.appeal_new AS\nSELECT appeal_id FROM intermediate.int_appeal_outcomes;\n"
)

NEW_METRIC = """metrics:
  - name: appeals_closed
    label: Appeals closed
    summary: How many appeals were answered.
    description: Counts appeals on the day of the answer.
    owner: ts-insights
    source: mart_appeals.appeal_daily
    expression: SUM(appeals_closed)
    unit: appeals
"""

UNDECIDED = """      - name: undecided
        label: Undecided
        description: Appeals that wait for an answer.
        type: INT64
"""

OMITTED_COLUMN = """      - name: omitted
        label: Omitted
        description: Appeals closed without a decision, for instance withdrawn.
        type: INT64
        required: true
        unit: appeals
"""

ANNOUNCED = """    changes:
      - date: 2026-11-16
        version: '3.0'
        text: A whole year of cohorts is counted. Expect steadier values.
        value_changing: true
"""

STEPS = (
    Step(
        "a filter is added to a table of no metric",
        (
            swap(
                f"{APPEALS}appeal_daily.sql", "IS NOT NULL", "IS NOT NULL AND a.complaint_basis <> 'DISPUTE'"
            ),
        ),
        (("model_wide", "mart_appeals.appeal_daily", "filter"),),
    ),
    Step(
        "a filter is added",
        (swap(f"{APPEALS}int_appeal_outcomes.sql", JOINED, f"{JOINED}{OMITTED}"),),
        (("model_wide", "intermediate.int_appeal_outcomes", "filter"),),
        frozenset({"appeal_median_decision_time"} | OUTCOMES),
    ),
    Step(
        "the filter is removed",
        (swap(f"{APPEALS}int_appeal_outcomes.sql", OMITTED, ""),),
        (("model_wide", "intermediate.int_appeal_outcomes", "filter"),),
        frozenset({"appeal_median_decision_time"} | OUTCOMES),
    ),
    Step(
        "a value in a filter is another",
        (swap(f"{OPERATIONS}stg_review_task_events.sql", "<> 'HEARTBEAT'", "<> 'OPENED'"),),
        (("model_wide", "staging.stg_review_task_events", "filter"),),
        frozenset(CYCLES),
    ),
    Step(
        "a left join becomes an inner one",
        (swap(f"{OPERATIONS}queue_daily.sql", "LEFT JOIN tat", "JOIN tat"),),
        (("model_wide", "mart_ops.queue_daily", "join"),),
        frozenset(QUEUES),
    ),
    Step(
        "a join matches on less",
        (swap(f"{OPERATIONS}int_review_cycle.sql", " AND d.cycle_no = c.cycle_no", ""),),
        (("model_wide", "intermediate.int_review_cycle", "join"),),
        frozenset(CYCLES),
    ),
    Step(
        "rows are grouped by more",
        (swap(f"{APPEALS}appeal_daily.sql", "a.country;", "a.country, a.language;"),),
        (("model_wide", "mart_appeals.appeal_daily", "grouping"),),
    ),
    Step(
        "a branch of a union is gone",
        (
            swap(
                "definitions/transparency/dsa_quantitative_template.sql",
                "  UNION ALL SELECT * FROM automated\n",
                "",
            ),
        ),
        (("model_wide", "report.dsa_quantitative_template", "set_operation"),),
    ),
    Step(
        "a threshold is another",
        (swap(f"{OPERATIONS}partner_scorecard_weekly.sql", "q.audits >= 30", "q.audits >= 60"),),
        (("column", "report.partner_scorecard_weekly.qa_accuracy", "expression"),),
    ),
    Step(
        "a threshold of a column that no metric reads is another",
        (swap(f"{QUALITY}agreement_weekly.sql", "pairs >= 50", "pairs >= 100"),),
        (("column", "mart_quality.agreement_weekly.is_publishable", "expression"),),
    ),
    Step(
        "a column that a metric reads is computed otherwise",
        (swap(f"{QUALITY}agreement_weekly.sql", "COUNT(*) AS pairs", "COUNT(queue_id) AS pairs"),),
        (
            ("column", "mart_quality.agreement_weekly.is_publishable", "expression"),
            ("column", "mart_quality.agreement_weekly.pairs", "expression"),
        ),
        frozenset({"reviewer_agreement_kappa"}),
    ),
    Step(
        "an aggregate that a filter looks at is another",
        (
            swap(
                f"{OPERATIONS}partner_scorecard_weekly.sql",
                "COUNT(DISTINCT moderator_id)",
                "COUNT(moderator_id)",
            ),
        ),
        (
            ("column", "report.partner_scorecard_weekly.moderators", "expression"),
            ("model_wide", "report.partner_scorecard_weekly", "filter"),
        ),
    ),
    Step(
        "rows that are alike count once",
        (swap(f"{OPERATIONS}partner_scorecard_weekly.sql", "SELECT\n  f.week", "SELECT DISTINCT\n  f.week"),),
        (("model_wide", "report.partner_scorecard_weekly", "distinct"),),
    ),
    Step(
        "minutes become hours",
        (swap(f"{OPERATIONS}int_review_cycle.sql", "SECOND) / 60 AS tat", "SECOND) / 3600 AS tat"),),
        (("column", "intermediate.int_review_cycle.tat_minutes", "expression"),),
        frozenset(TIMES),
    ),
    Step(
        "a column is renamed",
        (
            swap(f"{QUALITY}agreement_weekly.sql", "AS violating_share", "AS violating_part"),
            swap(f"{QUALITY}agreement_weekly.yml", "name: violating_share", "name: violating_part"),
        ),
        (
            ("additive", "mart_quality.agreement_weekly.violating_part", "column"),
            ("removed", "mart_quality.agreement_weekly.violating_share", "renamed"),
        ),
    ),
    Step(
        "a column is added and not documented",
        (
            swap(
                f"{APPEALS}appeal_daily.sql",
                "  SUM(a.ods_disputes)",
                "  COUNTIF(a.outcome IS NULL) AS undecided,\n  SUM(a.ods_disputes)",
            ),
        ),
        (("additive", "mart_appeals.appeal_daily.undecided", "column"),),
        findings=("CL004",),
    ),
    Step(
        "the column is documented",
        (swap(f"{APPEALS}appeal_daily.yml", OMITTED_COLUMN, OMITTED_COLUMN + UNDECIDED),),
        (("wording", "mart_appeals.appeal_daily.undecided", "column"),),
    ),
    Step(
        "a column is removed",
        (
            swap(f"{APPEALS}appeal_daily.sql", "  COUNTIF(a.outcome = 'OMITTED') AS omitted,\n", ""),
            swap(f"{APPEALS}appeal_daily.yml", OMITTED_COLUMN, ""),
        ),
        (("removed", "mart_appeals.appeal_daily.omitted", "column"),),
    ),
    Step(
        "a table is moved",
        (
            move(f"{APPEALS}appeal_daily.sql", "definitions/transparency/appeal_daily.sql"),
            move(f"{APPEALS}appeal_daily.yml", "definitions/transparency/appeal_daily.yml"),
            swap(f"{APPEALS}jobs.yml", f"{APPEALS}appeal_daily", "definitions/transparency/appeal_daily"),
        ),
    ),
    Step(
        "a metric is moved",
        (move(f"{APPEALS}metrics/appeal_rate_28d.yml", f"{MOVED}appeal_rate_28d.yml"),),
    ),
    Step(
        "a table is added and not documented",
        (write(f"{APPEALS}appeal_new.sql", NEW_TABLE),),
        (("additive", "mart_appeals.appeal_new", "statement"),),
        findings=("TB001",),
    ),
    Step(
        "an undocumented table is deleted",
        (delete(f"{APPEALS}appeal_new.sql"),),
        (("removed", "mart_appeals.appeal_new", "statement"),),
    ),
    Step(
        "the unit of a metric is another",
        (swap(f"{APPEALS}metrics/appeal_overturn_rate.yml", "unit: percent", "unit: share"),),
        (("type", "metric:appeal_overturn_rate", "unit"),),
        frozenset({"appeal_overturn_rate"}),
    ),
    Step(
        "the unit of a column is another",
        (
            swap(
                f"{OPERATIONS}int_review_cycle.yml",
                "while open.\n        type: FLOAT64\n        unit: minutes",
                "while open.\n        type: FLOAT64\n        unit: hours",
            ),
        ),
        (("type", "intermediate.int_review_cycle.tat_minutes", "unit"),),
        frozenset(TIMES),
        findings=("MT026", "MT026"),
    ),
    Step(
        "a slip of the pen is mended",
        (
            swap(
                f"{APPEALS}metrics/appeal_overturn_rate.yml",
                "Counts full and partial",
                "Counts whole and partial",
            ),
        ),
        (("wording", "metric:appeal_overturn_rate", "description"),),
    ),
    Step(
        "the filter of a metric is another",
        (
            swap(
                f"{APPEALS}metrics/appeal_overturn_rate.yml",
                "actions_matured_28d > 0",
                "actions_matured_28d > 10",
            ),
        ),
        (("model_wide", "metric:appeal_overturn_rate", "filter"),),
        frozenset({"appeal_overturn_rate"}),
    ),
    Step(
        "the expression of a metric is written otherwise",
        (
            swap(
                f"{QUALITY}metrics/reviewer_agreement_kappa.yml",
                "SAFE_DIVIDE(SUM(kappa * pairs), ",
                "safe_divide(sum(PAIRS*kappa), ",
            ),
        ),
    ),
    Step(
        "the numerator of a metric is another",
        (
            swap(
                f"{QUALITY}metrics/reviewer_agreement_kappa.yml",
                "expression: SUM(kappa * pairs)",
                "expression: SUM(kappa * kappa)",
            ),
        ),
        (("column", "metric:reviewer_agreement_kappa", "numerator"),),
        frozenset({"reviewer_agreement_kappa"}),
        findings=("MT026",),
    ),
    Step(
        "another team answers for a metric",
        (swap(f"{MOVED}appeal_rate_28d.yml", "owner: ts-insights", "owner: mod-ops"),),
        (("wording", "metric:appeal_rate_28d", "owner"),),
    ),
    Step(
        "a query of WITH is written where it is read",
        (rewrite(f"{QUALITY}agreement_weekly.sql", nested_queries),),
    ),
    Step(
        "operands stand in another order",
        (rewrite(f"{QUALITY}policy_qa_weekly.sql", other_order),),
    ),
    Step(
        "aliases are others",
        (rewrite(f"{OPERATIONS}queue_daily.sql", other_aliases),),
    ),
    Step(
        "comments are written",
        (rewrite("definitions/workforce/capacity_weekly.sql", commented),),
    ),
    Step(
        "a change is announced",
        (
            swap(f"{OPERATIONS}sla_cohort_weekly.sql", "INTERVAL 26 WEEK", "INTERVAL 52 WEEK"),
            swap(f"{OPERATIONS}metrics/sla_attainment_rate.yml", "    changes:\n", ANNOUNCED),
        ),
        (
            ("model_wide", "mart_ops.sla_cohort_weekly", "filter"),
            ("wording", "metric:sla_attainment_rate", "changes"),
        ),
        frozenset({"sla_attainment_rate"}),
        frozenset({"sla_attainment_rate"}),
    ),
    Step(
        "the type of a column is another",
        (
            swap(
                f"{APPEALS}int_appeal_outcomes.yml",
                "2 and so on.\n        type: INT64",
                "2 and so on.\n        type: STRING",
            ),
        ),
        (("type", "intermediate.int_appeal_outcomes.appeal_seq", "type"),),
        frozenset(OUTCOMES),
        findings=("CL005",),
    ),
    Step(
        "only some rows are taken",
        (swap("definitions/enforcement/removal_daily.sql", "r.country;", "r.country\nLIMIT 1000;"),),
        (("model_wide", "mart_enforcement.removal_daily", "limit"),),
        frozenset(REMOVALS),
    ),
    Step(
        "a column of a source is renamed, not where it is a dimension",
        (swap(f"{APPEALS}ods_dispute.yml", "      - name: body_name\n", "      - name: body\n"),),
        (
            ("additive", "raw_appeals.ods_dispute.body", "column"),
            ("removed", "raw_appeals.ods_dispute.body_name", "renamed"),
        ),
        findings=("MT003",),
    ),
    Step(
        "the first row is kept, not the last",
        (
            swap(
                f"{OPERATIONS}stg_review_task_events.sql",
                "ORDER BY e.ingested_at DESC",
                "ORDER BY e.ingested_at",
            ),
        ),
        (("model_wide", "staging.stg_review_task_events", "filter"),),
        frozenset(CYCLES),
    ),
    Step(
        "a metric is added",
        (write(f"{APPEALS}metrics/appeals_closed.yml", NEW_METRIC),),
        (("additive", "metric:appeals_closed", "metric"),),
    ),
    Step("everything is formatted", (reformat_everything,)),
)


@dataclass(frozen=True)
class Committed:
    """What a commit brought."""

    compared: Compared
    new_findings: tuple[str, ...]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Committed]:
    folder = new_repository(tmp_path_factory.mktemp("history") / "warehouse")
    shutil.copy(ROOT / "plumbline.yml", folder)
    shutil.copytree(ROOT / "definitions", folder / "definitions", ignore=shutil.ignore_patterns("sample"))
    commit(folder, message="The example")
    cache = folder.parent / "results.sqlite"
    before = open_project(folder, cache=cache)
    known = run_checks(before, CHECKS, today=TODAY)
    found = {}
    for step in STEPS:
        for edit in step.edits:
            edit(folder)
        commit(folder, message=step.name)
        after = open_project(folder, cache=cache)
        findings = run_checks(after, CHECKS, today=TODAY)
        compared = compare_versions(Versions(before, after), cache=cache)
        found[step.name] = Committed(compared, _new(findings, known))
        before, known = after, findings
    assert git(folder, "rev-list", "--count", "HEAD") == "41"
    return found


def _new(findings: tuple[Finding, ...], known: tuple[Finding, ...]) -> tuple[str, ...]:
    before = {(finding.code, finding.subject) for finding in known}
    return tuple(sorted(each.code for each in findings if (each.code, each.subject) not in before))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name.replace(" ", "-"))
def test_a_commit_brings_what_it_has_to_and_nothing_else(step: Step, history: dict[str, Committed]) -> None:
    found = history[step.name]
    changes = found.compared.changes
    assert sorted((change.kind.value, change.subject, change.aspect) for change in changes.all) == sorted(
        step.changes
    )
    assert set(changes.value_changing) == step.metrics
    told = {finding.subject.removeprefix("metric:") for finding in found.compared.findings}
    assert told == step.metrics - step.announced
    assert found.new_findings == step.findings


def test_there_are_forty_commits() -> None:
    assert len(STEPS) == 40
