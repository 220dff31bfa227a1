"""XML of other tools: each element has the place that an editor shows."""

import pytest

from catalog.importers.xml_files import read_xml
from catalog.reading.document_faults import UnreadableError


def test_a_line_ends_where_the_parser_says_and_nowhere_else() -> None:
    xml = read_xml("<a caption='x\u2028y'>\r\n <b>\n  SELECT 1</b></a>".encode())
    inner = xml.root.first("b")
    assert inner is not None
    assert (inner.line, inner.column) == (2, 2)
    assert str(xml.text_place(inner, "a.twb")) == "a.twb:3:3"


@pytest.mark.parametrize(
    "xml", ["", "<a>", "<a/><b/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>" * 400]
)
def test_whatever_is_wrong_has_a_remedy(xml: str) -> None:
    with pytest.raises(UnreadableError) as told:
        read_xml(xml.encode())
    assert told.value.hint
