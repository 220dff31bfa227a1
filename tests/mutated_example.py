"""The example with mutated SQL: what was traced once is remembered, so that hundreds of changes are tried."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mutations import Kinds, Mutation, mutations, tree_of

from catalog import (
    Alteration,
    Compared,
    Project,
    Validity,
    Versions,
    Voucher,
    certify,
    compare_versions,
)
from catalog.cache import Passing
from catalog.model import Definitions
from catalog.project import trace_project, with_certificates
from catalog.reading.load import load_definitions, read_settings
from catalog.remembering import Memory, remembering
from catalog.settings import Settings

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Batch:
    """The example with some of its texts mutated, all in the same way."""

    mutated: dict[str, Mutation]
    compared: Compared

    def changes(self, table: str) -> list[Alteration]:
        """The changes of a table and its columns."""
        found = self.compared.changes.all
        return [each for each in found if each.subject == table or each.subject.startswith(f"{table}.")]


class Example:
    """The example and ways to change it; what was traced once is remembered."""

    def __init__(self) -> None:
        self.settings: Settings = read_settings(ROOT)[0]
        self.definitions: Definitions = load_definitions(ROOT, self.settings)
        self.engine = remembering(Memory(Passing()))
        self.project: Project = trace_project(self.definitions, self.settings, self.engine)
        self.kept = Passing()
        voucher = Voucher("Nobody", datetime.date(2026, 1, 1))
        self.certificates = certify(self.project, self.project.catalog.metrics, voucher)
        self.tables = {
            text.sql.start.file: table
            for text in self.project.lineage.traced.texts
            for statement in text.statements
            for table in statement.writes
        }

    def batches(self, kinds: Kinds, most: int) -> Iterator[Batch]:
        """Of each kind, the first mutation of every text, then the second …"""
        for kind in kinds:
            found = {
                text.start.file: list(mutations(tree_of(text.text), (kind,))) for text in self.definitions.sql
            }
            for index in range(most):
                chosen = {file: each[index] for file, each in found.items() if index < len(each)}
                if chosen:
                    yield Batch(chosen, self.compared(chosen))

    def compared(self, mutated: dict[str, Mutation]) -> Compared:
        texts = tuple(
            replace(text, text=mutated[text.start.file].sql) if text.start.file in mutated else text
            for text in self.definitions.sql
        )
        head = trace_project(replace(self.definitions, sql=texts), self.settings, self.engine)
        return compare_versions(Versions(self.project, head))

    def lapsed(self, project: Project) -> set[str]:
        """The metrics that are not what they were in the example, by certificates given there."""
        certified = with_certificates(project, self.certificates, self.kept).certified
        return {name for name, each in certified.items() if each.validity is Validity.LAPSED}
