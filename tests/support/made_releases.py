"""Two made-up releases of a project, for what reads releases and plays their move."""

from collections.abc import Mapping
from pathlib import Path

from tests.moved.documents import Document, read_documents
from tests.moved.sources import Project, Registry, Release


def release(version: str) -> Release:
    return Release(registry=Registry.PYPI, package="heron", version=version, folder="docs")


PROJECT = Project(name="heron", before=release("1.0"), after=release("2.0"))

_TOPICS = ("index", "pumps", "valves", "meters", "pipes", "drains", "tanks")
_VERBS = ("check", "clean", "paint", "mount", "order", "store", "label", "weigh", "count", "test")


def text(topic: str, *, part: int = 0) -> str:
    """A document in reStructuredText with sentences that no other topic or part has."""
    sentences = (
        f"Always {verb} the {topic} of section {part} before you go on with them."
        for verb in _VERBS
    )
    title = f"All about {topic}"
    return f"{title}\n{'=' * len(title)}\n\n{' '.join(sentences)}\n"


BEFORE: Mapping[str, str] = {
    **{topic: text(topic) for topic in _TOPICS},
    "old/seals": text("seals"),
    "old/screws": text("screws"),
    "cranes": text("cranes"),
}
AFTER: Mapping[str, str] = {
    **{topic: text(topic) for topic in _TOPICS},
    "new/seals": text("seals"),
    "new/bolts": text("bolts"),
}
"""Seals moved, screws were renamed and rewritten, and cranes are gone."""
PUBLISHED = {"old/screws": "new/bolts"}


def documents(folder: Path, texts: Mapping[str, str]) -> Mapping[str, Document]:
    """The documents that are read from these texts."""
    for name, one in texts.items():
        place = folder / f"{name}.rst"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(one, encoding="utf-8")
    return read_documents(folder)
