"""One defect put into the example at a time: exactly that finding, at its place, and nothing else.

`«` marks the place of the finding; it is taken out before the files are written.
"""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from catalog import CHECKS, Finding, open_project, run_checks

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 11, 20)
MARK = "«"

OPERATIONS = "definitions/moderation_operations"
QUEUE_DAILY = f"{OPERATIONS}/queue_daily.yml"
QUEUE_DAILY_SQL = f"{OPERATIONS}/queue_daily.sql"
INTAKE = f"{OPERATIONS}/metrics/review_intake_volume.yml"
HANDLE_TIME = f"{OPERATIONS}/metrics/average_handle_time.yml"
MEDIAN = f"{OPERATIONS}/metrics/median_turnaround_time.yml"
COVERAGE = "definitions/quality/metrics/qa_coverage_rate.yml"
REOPENED = f"{OPERATIONS}/metrics/reopen_rate.yml"
TAIL = f"{OPERATIONS}/metrics/p90_turnaround_time.yml"
REPORTS = "definitions/shared/reports.yml"
NEW = "definitions/new.yml"
SPARE_TABLE = "tables:\n  - name: ops.extra\n    owner: mod-ops\n    description: Work nobody asks for.\n"
SPARE_TABLE_MARKED = SPARE_TABLE.replace("ops.", "«ops.")
NEW_SQL = "definitions/new.sql"


def new_table(sql: str, more: str = "tags: [new]") -> str:
    """Two tables, one made from the other by that SQL."""
    columns = "    columns:\n      - {name: id, type: INT64, description: Piece of content to look at.}\n"
    name = "      - {name: name, type: STRING, description: What people call it.}\n"
    head = (
        "    owner: mod-ops\n    description: Something else.\n    grain: One row.\n    primary_key: [id]\n"
    )
    made = f"  - name: ops.extra\n{head}    {more}\n{columns}    sql: |\n      {sql}\n"
    return f"tables:\n{made}  - name: ops.other\n{head}{columns}{name}"


DBT = ("plumbline.yml", "sources:\n", "sources:\n  - {importer: dbt, path: manifest.json}\n")
MANIFEST = """\
{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"}, "nodes": {%s}}
"""


@dataclass(frozen=True)
class Seed:
    """A defect: in these files, the first text becomes the second; an empty first text begins a new file."""

    code: str
    name: str
    edits: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def seed(code: str, name: str, *edits: tuple[str, str, str]) -> Seed:
    return Seed(code, name, edits)


SEEDS = (
    seed(
        "AU001",
        "partner metric on an internal column",
        (f"{OPERATIONS}/metrics/median_turnaround_time.yml", "    audience_reason:", "    contact:"),
        (
            f"{OPERATIONS}/metrics/median_turnaround_time.yml",
            "expression: APPROX_QUANTILES",
            "expression: «APPROX_QUANTILES",
        ),
    ),
    seed(
        "AU001",
        "partner column that copies a restricted one",
        (
            f"{OPERATIONS}/queue.yml",
            "      - name: queue_name\n",
            "      - name: queue_name\n        audience: restricted\n",
        ),
        (QUEUE_DAILY, "      - name: queue_name\n", "      - name: «queue_name\n"),
    ),
    seed(
        "AU002",
        "summary that names a table",
        (
            INTAKE,
            "    summary: How many new pieces of work reached human review.",
            "    summary: «How many new rows queue_daily has.",
        ),
    ),
    seed(
        "AU003",
        "partner column without label",
        (QUEUE_DAILY, "- name: ops_date\n        label: Day\n", "- name: «ops_date\n"),
    ),
    seed(
        "CL001",
        "no description of a column",
        (
            QUEUE_DAILY,
            "ops_date\n        label: Day\n        description: Day of the work, from midnight to",
            "«ops_date\n        label: Day\n        # Once a description:",
        ),
    ),
    seed(
        "CL002",
        "description that restates",
        (
            QUEUE_DAILY,
            "description: Code of the queue the work lies in.",
            "description: «The queue id.",
        ),
    ),
    seed(
        "CL003",
        "column renamed in its entry only",
        (QUEUE_DAILY, "name: backlog_eod", "name: «backlog_end_of_day"),
    ),
    seed(
        "CL003",
        "column renamed in the SQL only",
        (QUEUE_DAILY_SQL, "ORDER BY s.ops_date) AS backlog_eod", "ORDER BY s.ops_date) AS open_at_midnight"),
        (QUEUE_DAILY, "name: backlog_eod", "name: «backlog_eod"),
    ),
    seed(
        "CL003",
        "column dropped from the SQL",
        (
            QUEUE_DAILY_SQL,
            "    OVER (PARTITION BY s.queue_id ORDER BY s.ops_date) AS backlog_eod,\n"
            "  AVG(COALESCE(d.cycles_decided, 0))\n",
            "",
        ),
        (
            QUEUE_DAILY_SQL,
            "  SUM(COALESCE(d.cycles_opened - d.cycles_decided - d.cycles_closed_no_review, 0))\n",
            "  AVG(COALESCE(d.cycles_decided, 0))\n",
        ),
        (QUEUE_DAILY, "name: backlog_eod", "name: «backlog_eod"),
    ),
    seed(
        "CL004",
        "column without an entry",
        (
            QUEUE_DAILY_SQL,
            "AS cycles_opened,\n  COALESCE",
            "AS cycles_opened,\n  COALESCE(d.cycles_opened, 0) * 2 AS «twice_opened,\n  COALESCE",
        ),
    ),
    seed(
        "CL005",
        "another type in the entry",
        (QUEUE_DAILY, "midnight UTC.\n        type: DATE", "midnight UTC.\n        type: «STRING"),
    ),
    seed(
        "CL006",
        "misspelt column in SQL",
        ("definitions/appeals/appeal_daily.sql", "  a.complaint_basis,\n", "  a.«complaint_bases,\n"),
    ),
    seed(
        "CL006",
        "misspelt field of a struct",
        (f"{OPERATIONS}/stg_review_task_events.sql", "e.decision.outcome AS", "e.decision.«outcom AS"),
    ),
    seed(
        "CL006",
        "column of a source taken away",
        (
            f"{OPERATIONS}/queue.yml",
            "name: sla_minutes",
            "name: time_limit",
        ),
        (
            f"{OPERATIONS}/int_review_cycle.sql",
            "q.sla_minutes MINUTE) AS sla",
            "q.«sla_minutes MINUTE) AS sla",
        ),
    ),
    seed(
        "CL007",
        "value that the enumeration lacks",
        (f"{OPERATIONS}/stg_review_task_events.yml", "          - CREATED\n", "          - «CREATD\n"),
    ),
    seed(
        "CL008",
        "unknown enumeration",
        (f"{OPERATIONS}/stg_review_task_events.yml", "enum: review-event-type", "enum: «review-event-typ"),
    ),
    seed("FL001", "broken YAML", (NEW, "", "tables:\n  - name: «[ops.extra\n")),
    seed("FL001", "broken YAML of things in use", (INTAKE, "owner: mod-ops", "owner: mod«: ops")),
    seed("FL002", "misspelt key", (QUEUE_DAILY, "    freshness: PT3H", "    «freshnes: PT3H")),
    seed("FL003", "value out of the list", (QUEUE_DAILY, "layer: mart", "layer: «golden")),
    seed(
        "FL004", "SQL file that is not there", (QUEUE_DAILY, "sql: queue_daily.sql", "sql: «queue_dayly.sql")
    ),
    seed("FL005", "empty file", (NEW, "", "# Nothing yet.\n")),
    seed("FL005", "SQL file of comments alone", (NEW_SQL, "", "«-- To be written.\n")),
    seed(
        "FL005",
        "SQL of comments alone",
        (
            NEW,
            "",
            "tables:\n"
            "  - name: staging.spare\n"
            "    owner: mod-ops\n"
            "    description: Spare parts.\n"
            "    sql: |\n"
            "      «-- To be written.\n",
        ),
    ),
    seed(
        "FL007",
        "catalog of dbt without tables",
        DBT,
        ("manifest.json", "", MANIFEST % ""),
        ("catalog.json", "", '{"nodes": {}}'),
    ),
    seed(
        "FL008",
        "key that dbt contradicts",
        DBT,
        (
            "manifest.json",
            "",
            MANIFEST % '"seed.ts.q": {"relation_name": "mart_ops.queue_daily", "primary_key": ["queue_id"]}',
        ),
        (QUEUE_DAILY, "primary_key:\n      - ops_date", "primary_key:\n      «- ops_date"),
    ),
    seed("FL006", "duration in words", (QUEUE_DAILY, "freshness: PT3H", "freshness: «three hours")),
    seed(
        "GV001",
        "waiver for nothing",
        (
            "plumbline.yml",
            "dialect:",
            "waivers:\n"
            "  - {check: TB003, subject: «mart_ops.queue_daily, reason: Later., until: 2099-12-31}\ndialect:",
        ),
    ),
    seed(
        "GV003",
        "metric without owner",
        (INTAKE, "    owner: mod-ops\n", ""),
        (INTAKE, "name: review_i", "name: «review_i"),
    ),
    seed("GV004", "misspelt owner", (INTAKE, "owner: mod-ops", "owner: «mod-op")),
    seed(
        "GV005",
        "team defined twice",
        ("definitions/z.yml", "", "teams:\n  - name: «mod-ops\n    label: Another\n"),
    ),
    seed(
        "GV006",
        "synonym in use",
        ("definitions/shared/glossary.yml", "- internal complaint\n", "- Quality-check\n"),
        ("definitions/shared/glossary.yml", "- quality check\n", "- «quality check\n"),
    ),
    seed("GV007", "unknown term", ("definitions/shared/glossary.yml", "- overturn\n", "- «overturns\n")),
    seed(
        "GV008", "severity of no check", ("plumbline.yml", "dialect:", "severity:\n  «TB033: error\ndialect:")
    ),
    seed(
        "LN001",
        "unknown source of a metric",
        (INTAKE, "source: mart_ops.queue_daily", "source: «mart_ops.queue_dayly"),
    ),
    seed(
        "LN002",
        "SQL that does not parse",
        ("definitions/appeals/appeal_daily.sql", "GROUP BY decided_date,", "«GROUP decided_date,"),
    ),
    seed(
        "LN003",
        "SQL made at run time",
        (
            NEW_SQL,
            "",
            "-- Rebuilds what its caller names.\n«EXECUTE IMMEDIATE CONCAT('SELECT ', @columns);\n",
        ),
    ),
    seed(
        "LN004",
        "two tables made from each other",
        (
            f"{OPERATIONS}/stg_review_task_events.sql",
            "WHERE e.event_type <> 'HEARTBEAT'\n",
            "WHERE e.event_type <> 'HEARTBEAT'\n"
            "  AND e.queue_id IN (SELECT r.queue_id FROM intermediate.int_review_cycle AS r)\n",
        ),
        (
            f"{OPERATIONS}/int_review_cycle.sql",
            "FROM staging.stg_review_task_events",
            "FROM «staging.stg_review_task_events",
        ),
    ),
    seed(
        "LN005",
        "misspelt dialect of a table",
        (QUEUE_DAILY, "    sql: queue_daily.sql\n", "    sql: queue_daily.sql\n    dialect: «bigqery\n"),
    ),
    seed(
        "LN006",
        "gap in a table, its own finding off",
        ("plumbline.yml", "dialect:", "min_completeness: 90\nseverity:\n  LN003: off\ndialect:"),
        (
            NEW,
            "",
            "tables:\n"
            "  - {name: raw.spare, owner: mod-ops, description: Spare parts., columns: []}\n"
            "  - name: «staging.spare\n"
            "    owner: mod-ops\n"
            "    description: Spare parts in use.\n"
            "    sql: SELECT * FROM raw.spare\n",
        ),
    ),
    seed(
        "LN007",
        "floor that could be higher",
        ("plumbline.yml", "dialect:", "min_completeness: «90\ndialect:"),
    ),
    seed(
        "MT001",
        "misspelt column in a metric",
        (INTAKE, "expression: SUM(tasks_created)", "expression: «SUM(tasks_createed)"),
    ),
    seed(
        "MT002",
        "ratio without denominator",
        (
            HANDLE_TIME,
            "    denominator:\n      expression: SUM(cycles_decided)\n      label: Cases decided\n",
            "",
        ),
        (HANDLE_TIME, "type: ratio", "type: «ratio"),
    ),
    seed("MT003", "misspelt dimension", (INTAKE, "      - harm_area\n", "      - «harm_aria\n")),
    seed("MT003", "misspelt time anchor", (INTAKE, "time_anchor: ops_date", "time_anchor: «ops_day")),
    seed("MT004", "misspelt related metric", (INTAKE, "name: backlog_open\n", "name: «backlog_opened\n")),
    seed(
        "MT005",
        "metric without description",
        (NEW, "", "metrics:\n  - name: «spare\n    owner: mod-ops\n    type: derived\n"),
    ),
    seed(
        "MT006",
        "metric without source",
        (INTAKE, "    source: mart_ops.queue_daily\n", ""),
        (INTAKE, "name: review_i", "name: «review_i"),
    ),
    seed(
        "MT007",
        "broken expression",
        (INTAKE, "expression: SUM(tasks_created)", "expression: «SUM(tasks_created"),
    ),
    seed(
        "MT008",
        "metric without expression",
        (INTAKE, "    expression: SUM(tasks_created)\n", ""),
        (INTAKE, "name: review_i", "name: «review_i"),
    ),
    seed(
        "RP001",
        "misspelt metric in a report",
        (REPORTS, "      - backlog_days_of_work\n", "      - «backlog_days_of_wrk\n"),
    ),
    seed(
        "RP002",
        "misspelt column in a report",
        (
            REPORTS,
            "column: mart_ops.queue_backlog_hourly.past_due_cycles",
            "column: «mart_ops.queue_backlog_hourly.past_due",
        ),
    ),
    seed(
        "RP003", "report without description", (NEW, "", "reports:\n  - name: «spare\n    owner: mod-ops\n")
    ),
    seed(
        "TB001",
        "table without an entry",
        (
            "definitions/appeals/appeal_daily.sql",
            "FROM intermediate.int_appeal_outcomes AS a",
            "FROM «intermediate.int_appeal_outcome AS a",
        ),
    ),
    seed(
        "TB002",
        "table without owner",
        (QUEUE_DAILY, "    owner: ts-insights\n", ""),
        (QUEUE_DAILY, "name: mart_ops.q", "name: «mart_ops.q"),
    ),
    seed(
        "TB003", "table without description", (NEW, "", "tables:\n  - name: «ops.extra\n    owner: mod-ops\n")
    ),
    seed(
        "TB004",
        "fresher than its source",
        (f"{OPERATIONS}/weekly_ops_pack.yml", "freshness: P8D", "freshness: «PT1H"),
    ),
    seed(
        "CL009",
        "copy of personal data without its mark",
        (
            f"{OPERATIONS}/int_review_cycle.yml",
            "        classification: confidential\n        personal_data: true\n",
            "        classification: confidential\n",
        ),
        (
            f"{OPERATIONS}/int_review_cycle.yml",
            "      - name: moderator_id\n",
            "      - name: «moderator_id\n",
        ),
    ),
    seed(
        "CL010",
        "copy classified as less sensitive",
        (
            f"{OPERATIONS}/int_review_cycle.yml",
            "        classification: confidential\n        personal_data: true\n",
            "        classification: «internal\n        personal_data: true\n",
        ),
    ),
    seed(
        "CL011",
        "copy with another unit",
        (
            f"{OPERATIONS}/partner_scorecard_weekly.yml",
            "people were not on queue.\n        type: FLOAT64\n        unit: share\n",
            "people were not on queue.\n        type: FLOAT64\n        unit: «percent\n",
        ),
    ),
    seed(
        "CL012",
        "key column that may be empty",
        (
            QUEUE_DAILY,
            "        type: STRING\n        required: true\n        references: ref.queue\n",
            "        type: STRING\n        required: «false\n        references: ref.queue\n",
        ),
    ),
    seed(
        "CL013",
        "copied words that stayed behind",
        (
            "definitions/quality/automation_accuracy_monthly.yml",
            "description: Model family, named after the harm it looks for.\n        type: STRING\n"
            "        required: true\n        inherited_from: raw",
            "description: Model, named after the harm.\n        type: STRING\n"
            "        required: true\n        inherited_from: «raw",
        ),
    ),
    seed(
        "GV010",
        "enumeration that no column uses",
        (NEW, "", "enums:\n  - name: «spare\n    values: [{value: one, label: One}]\n"),
    ),
    seed(
        "GV011",
        "value listed twice",
        (
            "definitions/shared/enums.yml",
            "      - value: VIOLENT_EXTREMISM\n",
            "      - {value: MINOR_SAFETY, label: Again}\n      - value: VIOLENT_EXTREMISM\n",
        ),
        ("definitions/shared/enums.yml", "{value: MINOR_SAFETY", "{value: «MINOR_SAFETY"),
    ),
    seed(
        "GV012",
        "deprecated without replacement",
        (NEW, "", f"{SPARE_TABLE}    status: «deprecated\n"),
    ),
    seed(
        "GV013",
        "review that is due",
        (QUEUE_DAILY, "    review_by: 2027-04-01\n", "    review_by: «2026-11-01\n"),
    ),
    seed(
        "GV014",
        "deprecated thing past its last day",
        (
            NEW,
            "",
            f"{SPARE_TABLE}    status: deprecated\n    replacement: ref.queue\n"
            "    deprecation_date: «2026-11-01\n",
        ),
    ),
    seed(
        "JB001",
        "job that names another table",
        (
            f"{OPERATIONS}/jobs.yml",
            "    tables:\n      - intermediate.int_review_cycle\n",
            "    tables:\n      - «ref.queue\n",
        ),
    ),
    seed(
        "MT010",
        "certified metric that no report shows",
        (
            NEW,
            "",
            "metrics:\n  - name: spare\n    owner: mod-ops\n    description: Work nobody asks for.\n"
            "    type: derived\n    certification: «governed\n",
        ),
    ),
    seed(
        "MT011",
        "certified metric that leaves out its unit",
        (INTAKE, "    unit: tasks\n", ""),
        (INTAKE, "    certification: certified", "    certification: «certified"),
    ),
    seed(
        "RP004",
        "report on a source table",
        (
            REPORTS,
            "      - mart_ops.queue_backlog_hourly\n",
            "      - mart_ops.queue_backlog_hourly\n      - «raw_qa.audit_sample\n",
        ),
    ),
    seed(
        "RP005",
        "report on a deprecated metric",
        (
            NEW,
            "",
            "metrics:\n  - name: spare\n    owner: mod-ops\n    description: Work nobody asks for.\n"
            "    type: derived\n    status: deprecated\n    replacement: backlog_open\n"
            "reports:\n  - name: pack\n    owner: mod-ops\n    summary: Numbers of old.\n"
            "    metrics: [«spare]\n",
        ),
    ),
    seed(
        "TB005",
        "mart without grain",
        (NEW, "", f"{SPARE_TABLE_MARKED}    layer: mart\n    primary_key: [id]\n"),
    ),
    seed(
        "TB006", "mart without key", (NEW, "", f"{SPARE_TABLE_MARKED}    layer: mart\n    grain: One row.\n")
    ),
    seed(
        "TB007",
        "misspelt key column",
        (QUEUE_DAILY, "      - ops_date\n      - q", "      - «ops_day\n      - q"),
    ),
    seed(
        "TB008",
        "intermediate table that reads a mart",
        ("definitions/workforce/capacity_weekly.yml", "    layer: mart\n", "    layer: intermediate\n"),
        (
            "definitions/workforce/capacity_weekly.sql",
            "FROM mart_ops.moderator_daily",
            "FROM «mart_ops.moderator_daily",
        ),
    ),
    seed(
        "TB009",
        "name outside its layer",
        ("plumbline.yml", "definitions:\n", "layer_names: {report: ['report.*']}\ndefinitions:\n"),
        (NEW, "", f"{SPARE_TABLE_MARKED}    layer: report\n    grain: One row.\n    primary_key: [id]\n"),
    ),
    seed("TB010", "table that nothing reads", (NEW, "", f"{SPARE_TABLE_MARKED}    layer: staging\n")),
    seed(
        "TB011",
        "table written by two jobs",
        (
            NEW,
            "",
            "jobs:\n  - name: write_too\n    owner: mod-ops\n    tables: [«mart_ops.queue_daily]\n",
        ),
    ),
    seed(
        "TB012",
        "deprecated table in use",
        (
            "definitions/transparency/dsa_category.yml",
            "    layer: reference\n",
            "    layer: reference\n    status: deprecated\n    replacement: ref.policy\n",
        ),
        (
            "definitions/transparency/dsa_quantitative_template.sql",
            "JOIN ref.dsa_category",
            "JOIN «ref.dsa_category",
        ),
    ),
    seed(
        "AU004",
        "partner column with personal data",
        (
            NEW,
            "",
            f"{SPARE_TABLE}    label: Spare\n    audience: partner\n    columns:\n"
            "      - {name: «who, label: Who, description: Took it., personal_data: true}\n",
        ),
    ),
    seed(
        "MT012",
        "example with a wrong value",
        ("definitions/appeals/metrics/appeal_overturn_rate.yml", "expected: 0.26", "expected: «0.25"),
    ),
    seed(
        "MT013",
        "example with a column that there is not",
        (
            "definitions/appeals/metrics/appeal_overturn_rate.yml",
            "columns: [cohort_week, actions",
            "columns: [cohort_day, actions",
        ),
        ("definitions/appeals/metrics/appeal_overturn_rate.yml", "expected: 0.26", "expected: «0.26"),
    ),
    seed(
        "MT014",
        "report that divides by other minutes than the metric",
        (
            f"{OPERATIONS}/partner_scorecard_weekly.sql",
            "  SAFE_DIVIDE(c.handling_minutes, c.on_queue_minutes)",
            "«  SAFE_DIVIDE(c.handling_minutes, c.paid_minutes)",
        ),
    ),
    seed(
        "MT020",
        "tail that is the median",
        (TAIL, "OFFSET(90)", "OFFSET(50)"),
        (TAIL, "  - name: p90_turnaround_time", "  - name: «p90_turnaround_time"),
    ),
    seed(
        "MT021",
        "tail and median that no longer name each other",
        (TAIL, "      - name: median_turnaround_time\n        text: How long does a usual case take?\n", ""),
        (MEDIAN, "      - name: p90_turnaround_time\n        text: How long does the slow tail take?\n", ""),
        (TAIL, "  - name: p90_turnaround_time", "  - name: «p90_turnaround_time"),
    ),
    seed(
        "MT022",
        "synonym of a metric that counts something else",
        (f"{OPERATIONS}/metrics/backlog_open.yml", "- backlog\n", "- Inflow\n"),
        (INTAKE, "- inflow", "- «inflow"),
    ),
    seed(
        "MT023",
        "tail said to be the median",
        (
            TAIL,
            "      - name: median_turnaround_time\n",
            "      - name: median_turnaround_time\n        relation: «same_as\n",
        ),
    ),
    seed(
        "MT024",
        "two dates that are not said",
        (REOPENED, "      dated_by: intermediate.int_review_cycle.opened_date\n", ""),
        (REOPENED, "      dated_by: intermediate.int_review_cycle.decided_at\n", ""),
        (REOPENED, "    numerator:\n      expression", "    numerator:\n      «expression"),
    ),
    seed(
        "MT025",
        "final before the SQL says so",
        ("definitions/appeals/metrics/appeal_rate_28d.yml", "matures_after: P28D", "matures_after: «P7D"),
    ),
    seed("MT026", "median said to be a mean", (MEDIAN, "statistic: median", "statistic: «mean")),
    seed(
        "MT027",
        "division by nothing",
        (
            COVERAGE,
            "expression: SAFE_DIVIDE(SUM(audits), SUM(decisions))",
            "expression: «SUM(audits) / SUM(decisions)",
        ),
    ),
    seed("MT028", "rate said to add up", (REOPENED, "additivity: non_additive", "additivity: «additive")),
    seed(
        "MT029",
        "average of ratios",
        (
            f"{OPERATIONS}/metrics/backlog_age_p90.yml",
            "expression: MAX(age_p90_hours)",
            "expression: «AVG(SAFE_DIVIDE(age_p90_hours, open_cycles))",
        ),
    ),
    seed(
        "SQ001",
        "star over a table",
        (NEW, "", new_table("SELECT «* EXCEPT (name) FROM ops.other", "layer: mart")),
    ),
    seed(
        "SQ002",
        "comma without a condition",
        (NEW, "", new_table("SELECT o.id FROM ops.other AS o, «ref.queue AS q WHERE o.id > 1")),
    ),
    seed(
        "SQ003",
        "join that holds less than the key",
        (
            NEW,
            "",
            new_table(
                "SELECT SUM(o.id) AS id FROM ops.other AS o JOIN «ref.policy AS p ON p.policy_id = o.name"
            ),
        ),
    ),
    seed(
        "SQ004",
        "day in a condition",
        (NEW, "", new_table("SELECT id FROM ops.other WHERE name > «'2026-01-01'")),
    ),
    seed(
        "AU005",
        "jargon in a summary",
        ("plumbline.yml", "definitions:\n", "jargon: [pieces of work reached]\ndefinitions:\n"),
        (INTAKE, "    summary: How many", "    summary: «How many"),
    ),
    seed(
        "GV015",
        "owner who need not approve",
        ("CODEOWNERS", "", f"* @acme/ops\n{INTAKE} @acme/data\n"),
        (INTAKE, "    owner: mod-ops\n", "    owner: «mod-ops\n"),
        (
            "definitions/shared/teams.yml",
            "  - name: mod-ops\n",
            "  - name: mod-ops\n    code_owner: '@acme/ops'\n",
        ),
    ),
)

ELSEWHERE = {"FL005 empty file": NEW, "FL007 catalog of dbt without tables": "catalog.json"}
"""Findings whose place no mark can show."""


def example(folder: Path) -> Path:
    shutil.copytree(ROOT / "definitions", folder / "definitions")
    shutil.copy(ROOT / "plumbline.yml", folder)
    return folder


def put_in(defect: Seed, folder: Path) -> str:
    """Writes the defect into the files, and gives the place of its mark."""
    for path, before, after in defect.edits:
        target = folder / path
        text = target.read_text("utf-8") if before else ""
        assert before in text, f"{path} no longer has {before!r}"
        target.write_text(text.replace(before, after, 1), "utf-8")
    return ELSEWHERE.get(str(defect)) or _take_out_mark(folder, {path for path, _, _ in defect.edits})


def _take_out_mark(folder: Path, paths: set[str]) -> str:
    [path] = [path for path in sorted(paths) if MARK in (folder / path).read_text("utf-8")]
    text = (folder / path).read_text("utf-8")
    [(line, column)] = [
        (number, text_of_line.index(MARK) + 1)
        for number, text_of_line in enumerate(text.splitlines(), 1)
        if MARK in text_of_line
    ]
    (folder / path).write_text(text.replace(MARK, ""), "utf-8")
    return f"{path}:{line}:{column}"


@pytest.fixture(scope="session")
def cache(shared_folder: Path) -> Path:
    """The results of the example without a defect, so that each defect is the only new thing to work out."""
    file = shared_folder / "seeded-results.sqlite"
    with FileLock(shared_folder / "seeded-results.lock"):
        if not file.exists():
            open_project(ROOT, cache=file)
    return file


def findings(folder: Path, cache: Path) -> tuple[Finding, ...]:
    return run_checks(open_project(folder, cache=cache), CHECKS, today=TODAY)


def test_the_example_is_clean(cache: Path) -> None:
    assert findings(ROOT, cache) == ()


@pytest.mark.parametrize("defect", SEEDS, ids=str)
def test_a_defect_brings_its_finding_at_its_place_and_nothing_else(
    defect: Seed, cache: Path, tmp_path: Path
) -> None:
    place = put_in(defect, example(tmp_path))
    found = findings(tmp_path, cache)
    assert [(finding.code, str(finding.location)) for finding in found] == [(defect.code, place)], found


def test_every_check_has_a_defect_here() -> None:
    """Those of waivers come beside what they waived, of the gate and certificates need a past: elsewhere."""
    elsewhere = {"CT001", "CT002", "CT003", "GT001", "GT002", "GT003", "GV002"}
    assert {check.code for check in CHECKS} - {defect.code for defect in SEEDS} == elsewhere
