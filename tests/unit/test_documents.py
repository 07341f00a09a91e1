"""What the documents of the project say of it: links that lead somewhere, and settings as they are."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from crawler.config import Settings, load
from tests.support.paths import REPOSITORY

NAMES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", "benchmarks/README.md")
DOCUMENTS = (*(REPOSITORY / name for name in NAMES), *sorted(REPOSITORY.glob("docs/*.md")))
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTINGS = ("README.md", "docs/settings.md")
UNLISTED = {"hosts", "variables"}
"""Fields of `Settings` without a default of their own in the file."""


def prose(path: Path) -> str:
    return INLINE.sub("", FENCED.sub("", path.read_text("utf-8")))


def anchors(path: Path) -> set[str]:
    """The fragments that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def toml_of(name: str) -> str:
    found = re.search(
        r"```toml\n(resources = .*?)```", (REPOSITORY / name).read_text("utf-8"), re.DOTALL
    )
    assert found
    return found[1]


def setting_names(group: object, *above: str) -> Iterator[tuple[str, ...]]:
    for field in fields(group):  # type: ignore[arg-type]
        value = getattr(group, field.name)
        if is_dataclass(value):
            yield from setting_names(value, field.name)
        elif field.name not in UNLISTED:
            yield (*above, field.name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_link_to_a_file_of_ours_leads_to_it_and_to_a_heading(path: Path) -> None:
    for link in LINK.findall(prose(path)):
        if "://" not in link:
            name, _, fragment = link.partition("#")
            file = path.parent / name if name else path
            assert file.exists(), link
            assert not fragment or fragment in anchors(file), link


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_in_the_documents_have_their_defaults(name: str) -> None:
    assert replace(load(toml_of(name), {}), hosts=()) == Settings()


def test_every_setting_is_in_its_document() -> None:
    shown = tomllib.loads(toml_of("docs/settings.md"))
    for path in setting_names(Settings()):
        value = shown
        for name in path:
            assert name in value, path
            value = value[name]
