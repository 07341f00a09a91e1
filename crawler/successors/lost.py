"""Pure: what is remembered of a lost resource, made ready for comparisons."""

from collections import Counter
from dataclasses import dataclass

from crawler import urls
from crawler.judge import paths
from crawler.judge.titles import stems
from crawler.model import MediaKind, Reason, Record
from crawler.successors.names import (
    Name,
    listed_names,
    names_of_last_good,
    names_of_record,
)
from crawler.successors.shingles import shingles
from crawler.successors.slugs import Slug, slug_of

MAX_COUNTED = 40_000
"""Characters of a text whose words are counted."""
_TAKEN_OVER = frozenset({Reason.PARKED, Reason.PLACEHOLDER, Reason.SUSPECT_REPLACED})
"""What is seen where a domain has a new owner, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A lost resource."""

    record: Record
    url: str
    """As listed, in normal form without fragment."""
    names: tuple[Name, ...]
    """Its listed title, and what its last good page called itself."""
    own_names: tuple[Name, ...]
    """Those of its last good page, or else the listed title."""
    title: str
    """Of the last good page, for telling its lines from a template's."""
    text: str
    """Of the last good page; empty when that is not known."""
    words: Counter[str]
    """How often each stem is in the text."""
    shingles: frozenset[int]
    """Of the text, templates included."""
    slug: Slug
    kind: MediaKind
    is_front_page: bool
    is_in_other_hands: bool = False
    """Whether its site seems to have another owner now."""

    @property
    def key(self) -> str:
        """Of the resource."""
        return self.record.resource.key


def lost_of(record: Record) -> Lost:
    """What is remembered of a lost resource.

    Raises:
        ValueError: its URL is none that can be asked.
    """
    url = urls.without_fragment(urls.normal_form(record.resource.url))
    good = record.last_good
    page = good.page if good else None
    text = good.text() if good else ""
    return Lost(
        record=record,
        url=url,
        names=names_of_record(record),
        own_names=names_of_last_good(good) or listed_names(record),
        title=page.title.value if page and page.title else record.resource.title,
        text=text,
        words=Counter(stems(text[:MAX_COUNTED])),
        shingles=shingles(text),
        slug=slug_of(url),
        kind=page.kind if page else MediaKind.HTML,
        is_front_page=paths.is_front_page(url),
        is_in_other_hands=record.check is not None
        and record.check.judgement.reason in _TAKEN_OVER,
    )
