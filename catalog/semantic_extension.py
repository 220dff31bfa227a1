"""Our extension of semantic models (Ossie): the export writes it, the importer reads it."""

from __future__ import annotations

import hashlib

VENDOR = "PLUMBLINE"
"""Whose extension it is; its data is JSON with the keys of definition files."""

WRITTEN_FOR = "written_for"
"""Key of the extension of a metric: the digest of the expression that its SQL says the same as."""


def digest_of(expression: str) -> str:
    """What an expression is known again by, however its lines are broken."""
    return hashlib.sha256(" ".join(expression.split()).encode("utf-8", "replace")).hexdigest()[:16]
