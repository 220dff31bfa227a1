"""The checks: what is wrong with a project, and what is missing in it. One file per family."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import CatalogError
from ..reading.load import find_project, read_settings
from ..suggest import did_you_mean
from .agreement import (
    certified_metric_incomplete,
    copy_disagrees,
    inherited_text_outdated,
    key_column_may_be_empty,
)
from .announcing import value_change_unannounced
from .audience import (
    partner_column_without_label,
    partner_text_names_internal_thing,
    partner_text_with_jargon,
    partner_thing_on_internal_column,
)
from .certificates import certificate_by_other_rules, certificate_lapsed, certificate_of_no_metric
from .columns import (
    column_not_documented,
    column_not_produced,
    column_without_description,
    description_restates_name,
    type_mismatch,
    unknown_column_read,
    unknown_enumeration,
    value_outside_enumeration,
)
from .completeness import completeness_floor_too_low, lineage_below_floor
from .conformance import computation_differs
from .consistency import (
    average_of_ratios,
    definition_contradicts_itself,
    division_not_guarded,
    not_additive_as_said,
)
from .custom import load_checks
from .dates import past_its_last_day, review_overdue
from .dialects import unknown_dialect
from .examples import example_does_not_fit, example_fails
from .files import bad_duration, bad_value, empty_file, file_not_read, missing_sql_file, unknown_key
from .frame import Check, Finding, Problem
from .gate import baseline_not_renewed, coverage_below_minimum
from .governance import (
    duplicate_name,
    missing_owner,
    owner_not_code_owner,
    shared_synonym,
    unknown_owner,
    unknown_reference,
)
from .habits import (
    day_in_condition,
    join_repeats_rows,
    join_without_condition,
    star_in_published_table,
)
from .imports import incomplete_import, sources_disagree
from .keys import table_without_grain, table_without_key, unknown_key_column
from .layers import name_outside_its_layer, reads_later_layer, report_reads_source_table
from .lifecycle import deprecated_table_used, deprecated_without_replacement, report_shows_deprecated_metric
from .lineage import dependency_cycle, lineage_gap, sql_not_parsed, unknown_upstream
from .metrics import (
    expression_not_parsed,
    metric_reads_missing_column,
    metric_without_description,
    metric_without_expression,
    metric_without_source,
    ratio_without_denominator,
    unknown_dimension,
    unknown_related_metric,
)
from .reports import report_without_description, unknown_column_in_report, unknown_metric_in_report
from .run import run_checks
from .sensitivity import (
    classification_lowered,
    personal_data_not_marked,
    personal_data_shown_to_partners,
)
from .severities import unknown_check
from .tables import (
    freshness_tighter_than_upstream,
    table_without_description,
    table_without_owner,
    undocumented_table,
)
from .times import mixed_time_anchors, time_differs
from .twins import near_twin_metrics, one_name_two_computations, relation_not_true, twin_metrics
from .usage import (
    job_writes_other_table,
    metric_on_no_report,
    unused_enumeration,
    unused_table,
    value_listed_twice,
    written_by_two_jobs,
)
from .waivers import waiver_expired, waiver_matches_nothing

__all__ = ["CHECKS", "Check", "Finding", "Problem", "checks_at", "explain", "find_check", "run_checks"]

CHECKS: tuple[Check, ...] = (
    partner_thing_on_internal_column,
    partner_text_names_internal_thing,
    partner_column_without_label,
    personal_data_shown_to_partners,
    partner_text_with_jargon,
    column_without_description,
    description_restates_name,
    column_not_produced,
    column_not_documented,
    type_mismatch,
    unknown_column_read,
    value_outside_enumeration,
    unknown_enumeration,
    personal_data_not_marked,
    classification_lowered,
    copy_disagrees,
    key_column_may_be_empty,
    inherited_text_outdated,
    certificate_lapsed,
    certificate_of_no_metric,
    certificate_by_other_rules,
    file_not_read,
    unknown_key,
    bad_value,
    missing_sql_file,
    empty_file,
    bad_duration,
    incomplete_import,
    sources_disagree,
    coverage_below_minimum,
    baseline_not_renewed,
    value_change_unannounced,
    waiver_matches_nothing,
    waiver_expired,
    missing_owner,
    unknown_owner,
    duplicate_name,
    shared_synonym,
    unknown_reference,
    unknown_check,
    unused_enumeration,
    value_listed_twice,
    deprecated_without_replacement,
    review_overdue,
    past_its_last_day,
    owner_not_code_owner,
    job_writes_other_table,
    unknown_upstream,
    sql_not_parsed,
    lineage_gap,
    dependency_cycle,
    unknown_dialect,
    lineage_below_floor,
    completeness_floor_too_low,
    metric_reads_missing_column,
    ratio_without_denominator,
    unknown_dimension,
    unknown_related_metric,
    metric_without_description,
    metric_without_source,
    expression_not_parsed,
    metric_without_expression,
    metric_on_no_report,
    certified_metric_incomplete,
    example_fails,
    example_does_not_fit,
    computation_differs,
    twin_metrics,
    near_twin_metrics,
    one_name_two_computations,
    relation_not_true,
    mixed_time_anchors,
    time_differs,
    definition_contradicts_itself,
    division_not_guarded,
    not_additive_as_said,
    average_of_ratios,
    unknown_metric_in_report,
    unknown_column_in_report,
    report_without_description,
    report_reads_source_table,
    report_shows_deprecated_metric,
    star_in_published_table,
    join_without_condition,
    join_repeats_rows,
    day_in_condition,
    undocumented_table,
    table_without_owner,
    table_without_description,
    freshness_tighter_than_upstream,
    table_without_grain,
    table_without_key,
    unknown_key_column,
    reads_later_layer,
    name_outside_its_layer,
    unused_table,
    written_by_two_jobs,
    deprecated_table_used,
)
"""All checks, by code. A code is never used again for something else."""


FAMILIES = {
    "AU": "audience",
    "CL": "columns",
    "CT": "certificates",
    "FL": "files",
    "GT": "gate",
    "GV": "governance",
    "JB": "jobs",
    "LN": "lineage",
    "MT": "metrics",
    "RP": "reports",
    "SQ": "sql",
    "TB": "tables",
}
"""The first two letters of a code → what the checks of that family are about."""


def family_of(check: Check) -> str:
    """What a check is about; `own` for one of the project's own."""
    return "own" if check.file else FAMILIES.get(check.code[:2], "other")


def checks_at(path: Path) -> tuple[Check, ...]:
    """All checks of the project at or above a path: ours by code, then its own.

    Raises:
        CatalogError: there is no project, or a check of its own cannot be loaded.
    """
    root = find_project(path)
    return (*CHECKS, *load_checks(root, read_settings(root)[0], CHECKS))


def find_check(code_or_name: str, checks: Sequence[Check] = CHECKS) -> Check:
    """The check of that code or name.

    Raises:
        CatalogError: there is none.
    """
    wanted = code_or_name.strip().casefold()
    for check in checks:
        if wanted in (check.code.casefold(), check.name):
            return check
    guess = did_you_mean(wanted.upper(), [check.code for check in checks])
    by_name = did_you_mean(wanted, [check.name for check in checks])
    listing = "`plumbline checks` lists the checks"
    raise CatalogError(f"there is no check `{code_or_name}`", by_name or guess or listing)


def explain(code_or_name: str, checks: Sequence[Check] = CHECKS) -> str:
    """The page of a check as Markdown: code, name and severity, then its documentation.

    Raises:
        CatalogError: there is no such check.
    """
    check = find_check(code_or_name, checks)
    return f"# {check.code} {check.name} ({check.severity})\n\n{check.documentation}\n"
