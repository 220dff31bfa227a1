"""The example's SQL changed on purpose: every change of meaning is seen for what it is, no other is seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mutations import COLUMN_CHANGES, NO_CHANGES, ROW_CHANGES, Mutation, mutations, tree_of
from sqlglot import exp

from catalog import Project, open_project
from catalog.sql.canonical import CanonicalStatement, canonical_statements
from catalog.trace import declared_schema

ROOT = Path(__file__).parents[2]

Kinds = tuple[Callable[[exp.Expr], Iterator[Mutation]], ...]


@dataclass(frozen=True)
class Example:
    """The SQL of the example, and how it is read."""

    project: Project

    def read(self, sql: str) -> CanonicalStatement:
        schema = declared_schema(self.project.catalog)
        (found,) = canonical_statements(sql, naming=self.project.settings.naming, schema=schema)
        return found

    def mutated(self, kinds: Kinds, most: int) -> list[tuple[str, CanonicalStatement, Mutation]]:
        return [
            (text.start.file, before, mutation)
            for text in self.project.catalog.sql
            for before in [self.read(text.text)]
            for mutation in mutations(tree_of(text.text), kinds, most)
        ]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return Example(open_project(ROOT, cache=tmp_path_factory.mktemp("cache") / "results.sqlite"))


def test_what_is_only_written_otherwise_is_no_change(example: Example) -> None:
    mutated = example.mutated(NO_CHANGES, 1)
    assert len(mutated) >= 200
    seen = [
        (file, each.kind)
        for file, before, each in mutated
        if example.read(each.sql).meaning != before.meaning
    ]
    assert seen == []


def test_every_change_of_rows_is_seen(example: Example) -> None:
    mutated = example.mutated(ROW_CHANGES, 1)
    assert len(mutated) >= 200
    missed = [
        (file, each.kind) for file, before, each in mutated if example.read(each.sql).rows == before.rows
    ]
    assert missed == []


def test_every_change_of_an_output_is_seen_in_that_output_alone(example: Example) -> None:
    mutated = example.mutated(COLUMN_CHANGES, 4)
    assert len(mutated) >= 200
    wrong = []
    for file, before, mutation in mutated:
        texts = {column.name: column.text for column in before.columns}
        changed = [
            column.name
            for column in example.read(mutation.sql).columns
            if texts.get(column.name) != column.text
        ]
        wrong += [(file, mutation.kind, changed)] if changed != [mutation.column] else []
    assert wrong == []
