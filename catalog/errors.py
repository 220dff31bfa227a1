"""The exceptions of a run that cannot go on. Content never raises: it becomes a finding."""


class CatalogError(Exception):
    """A run that cannot go on. `hint` says what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
