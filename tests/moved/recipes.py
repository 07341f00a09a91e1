"""Pure: what the bench changes in the documents of a release, and how their pages are listed."""

import html
import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.moved.documents import Document


def with_merged(
    documents: Mapping[str, Document], into: str, parts: Sequence[str]
) -> dict[str, Document]:
    """The documents with some as parts of another one."""
    whole = documents[into]
    bodies = (
        f"<h2>{html.escape(documents[one].title)}</h2>{documents[one].body}" for one in parts
    )
    left = {name: one for name, one in documents.items() if name not in parts}
    return left | {into: replace(whole, body=whole.body + "".join(bodies))}


def slugs_of(documents: Mapping[str, Document]) -> dict[str, str]:
    """Names of documents with the words of their titles in the place of their last part."""
    made = {
        name: posixpath.join(posixpath.dirname(name), "-".join(re.findall(r"\w+", title)[:8]))
        for name, one in documents.items()
        if posixpath.basename(name) != "index" and (title := one.title.casefold())
    }
    count = Counter(made.values())
    return {
        name: new
        for name, new in made.items()
        if count[new] == 1 and new not in documents and new.replace("-", "_") != name
    }


def texts_of(documents: Mapping[str, Document]) -> Mapping[str, list[tuple[str, int]]]:
    """By name, the texts that link to a document, its title among them."""
    found: dict[str, dict[str, int]] = {name: {one.title: 2} for name, one in documents.items()}
    for document in documents.values():
        for name, text in document.links():
            if name in found and text and len(text) < 120 and name != document.name:
                found[name][text] = found[name].get(text, 0) + 1
    return {
        name: sorted(texts.items(), key=lambda one: (-one[1], one[0]))
        for name, texts in found.items()
    }
