"""Pure: the headings above a link, as the name of its category."""


class Headings:
    """The headings of a document down to the present place."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._title: tuple[int, str] | None = None
        """The document's own title: a heading of level 1 that comes before all others."""

    def enter(self, level: int, text: str) -> None:
        """A heading starts a part of the document; it ends those of the same and of deeper levels."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        heading = (level, text)
        if self._title is None:
            self._title = heading if level == 1 else (0, "")
        self._path.append(heading)

    @property
    def category(self) -> str:
        """The headings from the outermost to the nearest one.

        The title of the whole document is left out, unless it is the only one.
        """
        is_titled = len(self._path) > 1 and self._path[0] is self._title
        return " / ".join(text for _, text in self._path[is_titled:] if text)
