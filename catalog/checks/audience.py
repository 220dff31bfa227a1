"""Checks of what partners get: nothing they may not know, and everything under a name in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lineage import Edge, Node, NodeKind
from ..model import Audience, Column, Location, Metric, Table
from ..project import Project
from ..settings import Severity
from ..sql.edges import EdgeType, Subtype
from ..visibility import column_is_for_partners, internal_identifiers, is_for_partners, names_in
from .frame import Problem, check
from .known import kind_of, subject_of
from .missing_columns import place_in_metric
from .references import split_column
from .spoken import spoken_texts


@check("AU001", "partner-thing-on-internal-column", Severity.ERROR)
def partner_thing_on_internal_column(project: Project) -> Iterator[Problem]:
    """Something that partners see rests on a column that they may not see.

    ## Why
    An aggregate over internal rows is often fine, but somebody has to have decided so: `audience_reason`
    at the metric or report says why. A column that is calculated row by row from a restricted one, such as
    the week of a moment, is fine where it says `audience: partner` itself. A plain copy never is.

    ## Bad
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        summary: People who decided something that day.
        audience: partner
        source: ops.decisions
        expression: COUNT(DISTINCT reviewer_id)
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: reviewer_id, description: Person who decided.}
    ```

    ## Good
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        summary: People who decided something that day.
        audience: partner
        audience_reason: Whole teams of at least twenty are counted; no person can be told from it.
        source: ops.decisions
        expression: COUNT(DISTINCT reviewer_id)
    tables:
      - name: ops.decisions
        owner: ops
        description: What reviewers decided.
        columns:
          - {name: reviewer_id, description: Person who decided.}
    ```
    """
    yield from _metrics_on_internal_columns(project)
    yield from _report_fields_on_internal_columns(project)
    yield from _copies_of_secret_columns(project)


def _metrics_on_internal_columns(project: Project) -> Iterator[Problem]:
    for metric in project.catalog.metrics.values():
        if not is_for_partners(metric) or metric.audience_reason:
            continue
        columns = _hidden_columns_read(project, metric)
        if columns:
            names = ", ".join(f"`{name}`" for name in columns)
            yield Problem(
                subject_of(metric),
                f"`{metric.name}` is for partners but reads {names}, which they may not see",
                next(iter(columns.values())),
                "Add `audience_reason:` if the number tells nothing of it, or set `audience: internal`",
            )


def _hidden_columns_read(project: Project, metric: Metric) -> dict[str, Location]:
    """Column that partners may not see → where the metric reads it."""
    found: dict[str, Location] = {}
    for traced in project.lineage.expressions(metric.name):
        for statement in traced.statements:
            direct = ((edge.source_table, edge.source_column, edge.line) for edge in statement.columns)
            indirect = ((edge.source_table, edge.source_column, edge.line) for edge in statement.indirect)
            for table, column, line in (*direct, *indirect):
                if _is_hidden(project, table, column):
                    found.setdefault(f"{table}.{column}", place_in_metric(project, traced, line))
    return found


def _report_fields_on_internal_columns(project: Project) -> Iterator[Problem]:
    tables = frozenset(project.catalog.tables)
    for report in project.catalog.reports.values():
        if not is_for_partners(report) or report.audience_reason:
            continue
        hidden = (
            (field, key, column)
            for field in report.fields
            for key, column in field.reads
            if _is_hidden(project, *split_column(column, tables))
        )
        for field, key, column in hidden:
            yield Problem(
                subject_of(report),
                f"`{field.name}` of `{report.name}` shows `{column}` to partners, who may not see it",
                field.at(key),
                "Add `audience_reason:` to the report, or set `audience: internal`",
            )


def _is_hidden(project: Project, table: str, column: str) -> bool:
    """May partners not see the column? One that nobody has written down is no fault of the audience."""
    entry = project.catalog.tables.get(table)
    written = entry and _written(entry, column)
    return bool(entry and written and not column_is_for_partners(entry, written))


def _written(table: Table, name: str) -> Column | None:
    """The column, or the struct that a dotted name is a field of."""
    while name:
        found = table.column(name)
        if found:
            return found
        name = name.rpartition(".")[0]
    return None


def _copies_of_secret_columns(project: Project) -> Iterator[Problem]:
    for table in project.catalog.tables.values():
        if is_for_partners(table):
            for column in table.columns:
                secret = _secret_behind(project, table, column)
                if secret:
                    yield Problem(
                        f"{table.name}.{column.name}",
                        f"`{column.name}` is for partners but carries `{secret}`, which they may not see",
                        column.at("name"),
                        "Aggregate or mask it in the SQL, or set `audience:` at the column: `internal`, or "
                        "`partner` if what is calculated tells nothing of it",
                    )


def _secret_behind(project: Project, table: Table, column: Column) -> Node | None:
    """The secret column whose single values arrive in a column that partners see."""
    if not column_is_for_partners(table, column):
        return None
    is_decided = column.audience is Audience.PARTNER
    seen = {Node(NodeKind.COLUMN, table.name, column.name)}
    waiting = list(seen)
    for node in waiting:
        edges = project.lineage.edges_into(node)
        for source in sorted({edge.source for edge in edges if _carries(edge, is_decided=is_decided)}):
            if _is_secret(project, source):
                return source
            if source not in seen and not _answers_for_itself(project, source):
                seen.add(source)
                waiting.append(source)
    return None


def _carries(edge: Edge, *, is_decided: bool) -> bool:
    """Does each value arrive: as it was, or changed in form where nobody has decided that it is fine?"""
    if edge.type is not EdgeType.DIRECT or edge.masking:
        return False
    return edge.subtype is Subtype.IDENTITY or (edge.subtype is Subtype.TRANSFORMATION and not is_decided)


def _is_secret(project: Project, node: Node) -> bool:
    """Says the column itself that it is not for partners, or is its table restricted?"""
    table = project.catalog.tables.get(node.name)
    column = _written(table, node.column) if table else None
    if table is None or column is None:
        return False
    if column.audience is None:
        return table.audience is Audience.RESTRICTED
    return column.audience is not Audience.PARTNER


def _answers_for_itself(project: Project, node: Node) -> bool:
    """Has its owner decided about the column: partners see it, or it says that they may?"""
    table = project.catalog.tables.get(node.name)
    column = table.column(node.column) if table else None
    if table is None or column is None:
        return False
    return column.audience is Audience.PARTNER or (
        is_for_partners(table) and column_is_for_partners(table, column)
    )


@check("AU002", "partner-text-names-internal-thing", Severity.ERROR)
def partner_text_names_internal_thing(project: Project) -> Iterator[Problem]:
    """A text that partners read contains the name of something internal.

    ## Why
    Table and column names tell how the warehouse is built and mean nothing to the reader. The partner
    site is scanned for them, and a hit fails the build: better to be told here.

    ## Bad
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        audience: partner
        summary: People with a row in ops.decision_log that day.
        type: derived
    tables:
      - name: ops.decision_log
        owner: ops
        description: What reviewers decided.
    ```

    ## Good
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        audience: partner
        summary: People who decided something that day.
        type: derived
    tables:
      - name: ops.decision_log
        owner: ops
        description: What reviewers decided.
    ```
    """
    names = frozenset(name.casefold() for name in internal_identifiers(project.catalog))
    told: set[Location] = set()
    for spoken in spoken_texts(project.catalog):
        found = names_in(spoken.text, names)
        if found and spoken.place not in told:  # A known issue is told by all that it reaches.
            told.add(spoken.place)
            listed = ", ".join(f"`{name}`" for name in found)
            thing = spoken.thing
            yield Problem(
                subject_of(thing),
                f"`{spoken.key}` of the {kind_of(thing)} `{thing.name}` tells partners of {listed}",
                spoken.place,
                "Say it in words",
            )


@check("AU005", "partner-text-with-jargon", Severity.WARNING)
def partner_text_with_jargon(project: Project) -> Iterator[Problem]:
    """A text that partners read has a word that they do not know.

    `jargon` in `plumbline.yml` lists the words and phrases, in any case.

    ## Why
    A reader who does not know the word guesses, and quotes the guess.

    ## Bad
    ```yaml plumbline.yml
    name: Example
    jargon: [backfill]
    ```
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        audience: partner
        summary: People who decided something that day, after the backfill.
        type: derived
    ```

    ## Good
    ```yaml plumbline.yml
    name: Example
    jargon: [backfill]
    ```
    ```yaml
    metrics:
      - name: reviewers
        label: Reviewers
        owner: ops
        audience: partner
        summary: People who decided something that day, late arrivals included.
        type: derived
    ```
    """
    words = [word for word in project.settings.jargon if word.strip()]
    if not words:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    for spoken in spoken_texts(project.catalog):
        found = pattern.search(spoken.text)
        if found:
            thing = spoken.thing
            yield Problem(
                f"{subject_of(thing)} {found[0].casefold()}",
                f"`{spoken.key}` of the {kind_of(thing)} `{thing.name}` says `{found[0]}` to partners",
                spoken.place,
                "Say it in words that all know, or take it off `jargon:` and explain it in the glossary",
            )


@check("AU003", "partner-column-without-label", Severity.WARNING)
def partner_column_without_label(project: Project) -> Iterator[Problem]:
    """A table or column that partners may see has no name in plain words.

    ## Why
    Partners know tables and columns by their labels alone. A column without one is left out of their
    site, and a table without one has a page that says only *table*.

    ## Bad
    ```yaml
    tables:
      - name: ops.queue
        label: Review queue
        owner: ops
        description: Work that waits for a reviewer.
        audience: partner
        columns:
          - {name: opened_at, description: When the item came in.}
    ```

    ## Good
    ```yaml
    tables:
      - name: ops.queue
        label: Review queue
        owner: ops
        description: Work that waits for a reviewer.
        audience: partner
        columns:
          - {name: opened_at, label: Opened, description: When the item came in.}
    ```
    """
    for table in project.catalog.tables.values():
        if not is_for_partners(table):
            continue
        if not table.label:
            yield _without_label(table.name, table.name, table.at("name"))
        for column in table.columns:
            if not column.label and column_is_for_partners(table, column):
                yield _without_label(f"{table.name}.{column.name}", column.name, column.at("name"))


def _without_label(subject: str, name: str, place: Location) -> Problem:
    return Problem(
        subject,
        f"`{name}` is for partners but has no label",
        place,
        "Add `label:` in plain words, or set `audience: internal`",
    )
