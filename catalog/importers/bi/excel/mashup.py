"""Power Query in a spreadsheet: `DataMashup` in a part of custom XML, an archive in base 64 (MS-QDEFF)."""

from __future__ import annotations

import base64
import binascii
import struct

from ....reading.document_faults import UnreadableError
from ...archives import Archive, open_archive
from ...xml_files import read_xml
from ..queries import Expression, section_members

SECTION = "Formulas/Section1.m"
HEAD = struct.Struct("<II")
"""Version, then the length of the archive behind it."""


def queries_in(archive: Archive) -> dict[str, Expression | None]:
    """The queries of a spreadsheet by name; None for one that is not understood.

    Raises:
        UnreadableError: there are queries, but they cannot be read.
    """
    for name in archive.names:
        if name.startswith("customXml/item") and name.endswith(".xml") and "Props" not in name:
            content = archive.read(name)
            if b"DataMashup" in content.replace(b"\0", b""):
                return section_members(_section(content))
    return {}


def _section(content: bytes) -> str:
    root = read_xml(content).root
    try:
        packed = base64.b64decode("".join(root.text.split()), validate=True)
        _, length = HEAD.unpack_from(packed)
    except (binascii.Error, struct.error, ValueError):
        raise UnreadableError("its Power Query is damaged", hint="Let Excel save it again") from None
    inner = open_archive(packed[HEAD.size : HEAD.size + length])
    if SECTION not in inner.names:
        raise UnreadableError(f"there is no `{SECTION}` in its Power Query", hint="Let Excel save it again")
    return inner.read(SECTION).decode("utf-8-sig", "replace")
