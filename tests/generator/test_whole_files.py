"""Files that a command writes are the old ones or the new ones, and messages name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.whole_files import write_whole


def test_a_file_that_cannot_be_written_is_named_as_the_user_does(tmp_path: Path) -> None:
    place = tmp_path / ("x" * 250)
    with pytest.raises(OSError, match="too long") as raised:
        write_whole(place, b"new")
    assert (raised.value.filename, list(tmp_path.iterdir())) == (str(place), [])
