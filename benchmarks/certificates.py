"""Certificates that lapse: how many changes of meaning take them away, and how many other texts do.

    uv run python benchmarks/certificates.py

All metrics of the example are certified. Then its SQL is changed, one text and one thing at a time; a metric
is to lapse if and only if the change reaches it by column lineage.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT), str(ROOT / "tests")]

from mutated_example import Example  # noqa: E402
from mutations import COLUMN_CHANGES, NO_CHANGES, ROW_CHANGES, mutations, tree_of  # noqa: E402


def main() -> None:
    """Measures and prints."""
    example = Example()
    texts = false = 0
    for batch in example.batches(NO_CHANGES, 1):
        texts += len(batch.mutated)
        false += len(example.lapsed(batch.compared.versions.head))
    print(f"{texts} texts in other words: {false} certificates lapsed")
    for title, kinds in (("changes of rows", ROW_CHANGES), ("changes of columns", COLUMN_CHANGES)):
        texts = reached = lapsed = others = 0
        for kind in kinds:
            for text in example.definitions.sql:
                for mutation in list(mutations(tree_of(text.text), (kind,)))[:1]:
                    compared = example.compared({text.start.file: mutation})
                    expected = set(compared.changes.value_changing)
                    found = example.lapsed(compared.versions.head)
                    texts, reached = texts + 1, reached + len(expected)
                    lapsed, others = lapsed + len(expected & found), others + len(found - expected)
        print(f"{texts} {title} reach {reached} metrics: {lapsed} of them lapsed, and {others} others")


if __name__ == "__main__":
    main()
