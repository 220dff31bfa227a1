"""Packed files of BI tools for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """An archive with such parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()
