"""Plumbline's model of a warehouse: definitions, lineage, checks. Knows no site.

These names are the contract; everything else may move.
"""

from .audience import publishable
from .authoring.beginning import beginning_of
from .authoring.edits import Left
from .authoring.fixing import MENDED_CHECKS, ORDER, fixing
from .authoring.inheriting import inheriting
from .authoring.owning import owning, source_named
from .authoring.plans import Mend, Plan
from .authoring.scaffolding import scaffolding
from .authoring.writing import Rewrite, diff_of, write_all
from .baseline import BASELINE_FILE, Baseline, baseline_text, may_be_listed, read_baseline, renewed
from .batches import tracing_processes
from .before import Before, Comparison, compare
from .certificates import (
    CERTIFICATES_FILE,
    Certificate,
    certificates_text,
    with_renewed,
)
from .certified import Certified, Lapse, Validity
from .certifying import Voucher, certify, voucher_of
from .changes import (
    DIFF_FORMATS,
    Alteration,
    Alterations,
    ChangeClass,
    Compared,
    Reach,
    Versions,
    compare_versions,
)
from .checks import CHECKS, checks_at, explain, family_of
from .checks.frame import Check, Finding, Problem, check
from .checks.run import run_checks
from .comparability import (
    Answer,
    Answered,
    Comparability,
    Operation,
    Period,
    compare_metrics,
    compare_periods,
    full_periods,
    neighbours_of,
    period_of,
)
from .conformance import Aspect, Difference, Held, Verdict
from .coverage import Coverage, Group, Lack, Share, coverage_of, figures
from .dated import STATES_FILE, DatedMetric, DatedState, Record, record_text, state_digest, state_text
from .drift import Drift, DriftKind, drift_from
from .drift_formats import DRIFT_FORMATS
from .errors import CatalogError
from .examples import RunExample, value_expression
from .executing import ExampleOutcome, Scalar
from .exports import (
    EXPORTS,
    LINEAGE_FORMATS,
    Export,
    ExportFile,
    Exporting,
    can_write_xlsx,
    dictionary_sheets,
    export_schema,
)
from .gate import Judged, Terms, judge
from .json_schema import definitions_schema, settings_schema
from .lapses import with_told_lapses
from .ledger import (
    Accounts,
    Completeness,
    Seen,
    Standing,
    accounts_of,
    completeness,
    seen_tables,
    standing_of,
)
from .levels import Level, Leveled, Ruling, levels_of, levels_text
from .lineage import Edge, Lineage, Node, NodeKind, Production
from .model import (
    Additivity,
    Audience,
    Catalog,
    Certification,
    Change,
    Classification,
    Column,
    Definitions,
    Described,
    Direction,
    Enum,
    EnumValue,
    Job,
    KnownIssue,
    Layer,
    Location,
    Metric,
    MetricPart,
    Report,
    SqlText,
    Status,
    Table,
    Team,
    Term,
    Written,
)
from .naming import Naming
from .outcome import Outcome
from .project import CACHE, Project, assemble, open_project
from .reading.certificates import read_certificates
from .reading.dated import read_record
from .reading.load import find_project, settings_of
from .recording import record_history
from .report import FORMATS
from .revisions import open_project_at, parting_commit
from .selection import Selection, selected
from .settings import Settings, Severity, Waiver
from .since import Ruler
from .sql import trace_python, trace_sql
from .sql.edges import (
    ColumnEdge,
    EdgeType,
    Gap,
    GapReason,
    IndirectEdge,
    OutputColumn,
    StatementLineage,
    Subtype,
)
from .suggest import did_you_mean
from .timing import MetricTime, TimeAspect, TimeHeld
from .trace import TracedText
from .traced_files import sql_files, trace_files
from .trend import HISTORY_FILE, Figure, Recorded, history_text, with_day
from .visibility import internal_identifiers
from .warehouse.addresses import has_password
from .warehouse.asking import only_snapshot, read_live, seen_in, url_of
from .warehouse.values import Snapshot
from .warehouse.writing import snapshot_text

__all__ = [
    "BASELINE_FILE",
    "CACHE",
    "CERTIFICATES_FILE",
    "CHECKS",
    "DIFF_FORMATS",
    "DRIFT_FORMATS",
    "EXPORTS",
    "FORMATS",
    "HISTORY_FILE",
    "LINEAGE_FORMATS",
    "MENDED_CHECKS",
    "ORDER",
    "STATES_FILE",
    "Accounts",
    "Additivity",
    "Alteration",
    "Alterations",
    "Answer",
    "Answered",
    "Aspect",
    "Audience",
    "Baseline",
    "Before",
    "Catalog",
    "CatalogError",
    "Certificate",
    "Certification",
    "Certified",
    "Change",
    "ChangeClass",
    "Check",
    "Classification",
    "Column",
    "ColumnEdge",
    "Comparability",
    "Compared",
    "Comparison",
    "Completeness",
    "Coverage",
    "DatedMetric",
    "DatedState",
    "Definitions",
    "Described",
    "Difference",
    "Direction",
    "Drift",
    "DriftKind",
    "Edge",
    "EdgeType",
    "Enum",
    "EnumValue",
    "ExampleOutcome",
    "Export",
    "ExportFile",
    "Exporting",
    "Figure",
    "Finding",
    "Gap",
    "GapReason",
    "Group",
    "Held",
    "IndirectEdge",
    "Job",
    "Judged",
    "KnownIssue",
    "Lack",
    "Lapse",
    "Layer",
    "Left",
    "Level",
    "Leveled",
    "Lineage",
    "Location",
    "Mend",
    "Metric",
    "MetricPart",
    "MetricTime",
    "Naming",
    "Node",
    "NodeKind",
    "Operation",
    "Outcome",
    "OutputColumn",
    "Period",
    "Plan",
    "Problem",
    "Production",
    "Project",
    "Reach",
    "Record",
    "Recorded",
    "Report",
    "Rewrite",
    "Ruler",
    "Ruling",
    "RunExample",
    "Scalar",
    "Seen",
    "Selection",
    "Settings",
    "Severity",
    "Share",
    "Snapshot",
    "SqlText",
    "Standing",
    "StatementLineage",
    "Status",
    "Subtype",
    "Table",
    "Team",
    "Term",
    "Terms",
    "TimeAspect",
    "TimeHeld",
    "TracedText",
    "Validity",
    "Verdict",
    "Versions",
    "Voucher",
    "Waiver",
    "Written",
    "accounts_of",
    "assemble",
    "baseline_text",
    "beginning_of",
    "can_write_xlsx",
    "certificates_text",
    "certify",
    "check",
    "checks_at",
    "compare",
    "compare_metrics",
    "compare_periods",
    "compare_versions",
    "completeness",
    "coverage_of",
    "definitions_schema",
    "dictionary_sheets",
    "did_you_mean",
    "diff_of",
    "drift_from",
    "explain",
    "export_schema",
    "family_of",
    "figures",
    "find_project",
    "fixing",
    "full_periods",
    "has_password",
    "history_text",
    "inheriting",
    "internal_identifiers",
    "judge",
    "levels_of",
    "levels_text",
    "may_be_listed",
    "neighbours_of",
    "only_snapshot",
    "open_project",
    "open_project_at",
    "owning",
    "parting_commit",
    "period_of",
    "publishable",
    "read_baseline",
    "read_certificates",
    "read_live",
    "read_record",
    "record_history",
    "record_text",
    "renewed",
    "run_checks",
    "scaffolding",
    "seen_in",
    "seen_tables",
    "selected",
    "settings_of",
    "settings_schema",
    "snapshot_text",
    "source_named",
    "sql_files",
    "standing_of",
    "state_digest",
    "state_text",
    "trace_files",
    "trace_python",
    "trace_sql",
    "tracing_processes",
    "url_of",
    "value_expression",
    "voucher_of",
    "with_day",
    "with_renewed",
    "with_told_lapses",
    "write_all",
]
