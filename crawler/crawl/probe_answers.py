"""Pure: what probes were answered, compared with the resource that they were asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from crawler import judge, urls
from crawler.fingerprint import ComparableText
from crawler.judge import paths
from crawler.model import Answer, Fetch, Landing, Page, Probe, ProbeKind, Probing

HONEST = frozenset({404, 410})
"""Status codes that a missing page has."""
_EXACT_WORDS = 60
_WORD_STEP = 50
"""The length of a longer page is told in steps, since it changes from night to night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """What a URL was answered that is not listed; shared by all resources beside it."""

    url: str
    fetch: Fetch
    """Without its page."""
    page: Page | None
    """Without its text."""
    text: str
    """Its main text."""

    @property
    def status_code(self) -> int | None:
        """Of the final response; None when there was none."""
        facts = self.fetch.facts
        return facts.status_code if isinstance(facts.outcome, Answer) else None

    @property
    def is_honest(self) -> bool:
        """Whether it says by its status that there is no such page."""
        return self.status_code in HONEST

    @property
    def succeeded(self) -> bool:
        """Whether the final status is 2xx."""
        return self.fetch.facts.succeeded


def answered(url: str, fetch: Fetch) -> ProbeAnswer:
    """What the fetch says, without what is not compared."""
    page = fetch.page
    found = ProbeAnswer(url=url, fetch=replace(fetch, page=None), page=None, text="")
    if page is None or not found.succeeded:
        return found
    return replace(found, page=replace(page, text="", main_text=""), text=page.main_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The resource that probes are asked for."""

    url: str
    """As it was asked."""
    final_url: str
    text: str
    """Its main text."""


def probing_of(
    subject: Subject, siblings: tuple[ProbeAnswer, ...], home: ProbeAnswer | None
) -> Probing:
    """The probes as facts about the resource, without anything that was made up."""
    ignored = judge.ignored_words(subject.url, *(sibling.url for sibling in siblings))
    own = ComparableText(subject.text, ignoring=ignored)
    shown = {
        one.url: ComparableText(one.text, ignoring=ignored)
        for one in (*siblings, *((home,) if home else ()))
        if one.succeeded
    }

    def probe(kind: ProbeKind, found: ProbeAnswer) -> Probe:
        page = found.page
        without_name = _cleaner(subject.url, found.url)
        return Probe(
            kind=kind,
            status_code=found.status_code,
            landing=landing_of(subject, found),
            title=without_name(page.title.value) if page and page.title else "",
            first_heading=without_name(page.first_heading or "") if page else "",
            word_count=_rounded(page.word_count) if page else 0,
            likeness=own.likeness(shown[found.url]) if found.succeeded else 0.0,
        )

    both = len(siblings) > 1 and all(sibling.succeeded for sibling in siblings)
    return Probing(
        probes=(
            *(probe(ProbeKind.SIBLING, sibling) for sibling in siblings),
            *((probe(ProbeKind.HOME, home),) if home else ()),
        ),
        alike=shown[siblings[0].url].likeness(shown[siblings[1].url]) if both else 0.0,
    )


def landing_of(subject: Subject, found: ProbeAnswer) -> Landing:
    """Where the probe's redirects led, by the first place in the table that it may be."""
    if not found.fetch.facts.final_url:
        return Landing.ITSELF
    return next(place for place, is_there in _PLACES if is_there(subject, found))


_PLACES: tuple[tuple[Landing, Callable[[Subject, ProbeAnswer], bool]], ...] = (
    (
        Landing.ITSELF,
        lambda _, found: urls.trivially_different(found.url, found.fetch.facts.final_url),
    ),
    (Landing.HOME, lambda _, found: paths.is_home_of(found.url, found.fetch.facts.final_url)),
    (
        Landing.MISSING_PAGE,
        lambda _, found: paths.is_missing_page(found.fetch.facts.final_url),
    ),
    (Landing.SIGN_IN, lambda _, found: paths.is_sign_in_page(found.fetch.facts.final_url)),
    (
        Landing.WITH_RESOURCE,
        lambda subject, found: subject.url != subject.final_url == found.fetch.facts.final_url,
    ),
    (Landing.ELSEWHERE, lambda _subject, _found: True),
)


def _cleaner(listed: str, asked: str) -> Callable[[str], str]:
    """Takes the words out of a title that only the URL which was asked has."""
    made_up = judge.ignored_words(asked) - judge.ignored_words(listed)
    if not made_up:
        return str
    pattern = re.compile("|".join(map(re.escape, sorted(made_up))), re.IGNORECASE)
    return lambda title: " ".join(pattern.sub("", title).split())


def _rounded(words: int) -> int:
    return words if words < _EXACT_WORDS else words - words % _WORD_STEP
