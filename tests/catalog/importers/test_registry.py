"""What a source may be: each importer has its reader, and each option its importers."""

from __future__ import annotations

import pytest

from catalog.importers import IMPORTERS, reader_of
from catalog.settings import OPTIONS, Importer, Source


@pytest.mark.parametrize("importer", Importer)
def test_every_importer_has_a_reader(importer: Importer) -> None:
    assert callable(reader_of(importer))


def test_options_are_keys_of_a_source() -> None:
    assert OPTIONS.keys() <= Source.model_fields.keys()
    assert IMPORTERS.keys() == set(Importer)
