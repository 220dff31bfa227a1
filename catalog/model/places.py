"""Where things are written, and what everything that is written has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema


class Location(NamedTuple):
    """A place in a file. `line` and `column` count from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one mapping stands, and where the values of its own keys stand.

    `marks` holds `(path, line, column)`; the path of a key is its name, the path of
    an item of a list of scalars is `name.index`. `source` says what it was imported from, and is empty for
    what is written by hand. `behind` are the origins of what was merged into it, strongest first.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    marks: tuple[tuple[str, int, int], ...] = ()
    source: str = ""
    behind: tuple[Origin, ...] = ()

    def at(self, path: str = "") -> Location:
        """The place of a value, or of the whole mapping where it has no such key."""
        for name, line, column in self.marks:
            if name == path:
                return Location(self.file, line, column)
        for origin in self.behind:
            for name, line, column in origin.marks:
                if name == path:
                    return Location(origin.file, line, column)
        return Location(self.file, self.line, self.column)

    @property
    def sources(self) -> tuple[str, ...]:
        """What it was imported from, in whole or in part; each once."""
        return tuple(dict.fromkeys(each.source for each in (self, *self.behind) if each.source))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Written(BaseModel):
    """Anything written in a definition file: frozen, strict about keys, and it knows where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    origin: SkipJsonSchema[Origin] = Field(default=Origin(), alias="__origin__", exclude=True, repr=False)

    def at(self, path: str = "") -> Location:
        """The place of one of its values (`"owner"`, `"synonyms.2"`), or of the thing itself."""
        return self.origin.at(path)
