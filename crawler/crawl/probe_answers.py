"""Pure: how hosts answered probes, compared with the page that the probes were sent for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from crawler import judge, urls
from crawler.crawl.pending_checks import PendingCheck
from crawler.fingerprint import ComparableText
from crawler.judge import paths
from crawler.judge.signals import masked
from crawler.model import Answer, Fetch, Landing, Page, Probe, ProbeKind, Probing

HONEST = frozenset({404, 410})
"""Status codes that a missing page should have."""
_EXACT_WORDS = 60
_WORD_STEP = 50
"""Word counts from `_EXACT_WORDS` on are rounded down to such steps: pages vary a little every night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """How a host answered a probe; pages of several resources may be compared with it."""

    url: str
    fetch: Fetch
    """Without its page."""
    page: Page | None
    """Without its texts; None when the answer was no page, or an error."""
    main_text: str

    @property
    def status_code(self) -> int | None:
        """Of the final response; None when there was none."""
        facts = self.fetch.facts
        return facts.status_code if isinstance(facts.outcome, Answer) else None

    @property
    def is_honest(self) -> bool:
        """Whether the status says that there is no such page."""
        return self.status_code in HONEST

    @property
    def succeeded(self) -> bool:
        """Whether the final status is 2xx."""
        return self.fetch.facts.succeeded

    @property
    def is_truncated(self) -> bool:
        """Whether only the start of the page was read."""
        outcome = self.fetch.facts.outcome
        return isinstance(outcome, Answer) and outcome.truncated

    @property
    def final_url(self) -> str:
        """The target URI of the last exchange; empty when there was none."""
        return self.fetch.facts.final_url


def answer_of(url: str, fetch: Fetch) -> ProbeAnswer:
    """The answer, without the parts of the page that are never compared."""
    page = fetch.page
    answer = ProbeAnswer(url=url, fetch=replace(fetch, page=None), page=None, main_text="")
    if page is None or not answer.succeeded:
        return answer
    return replace(answer, page=replace(page, text="", main_text=""), main_text=page.main_text)


def probing_of(
    pending: PendingCheck, siblings: tuple[ProbeAnswer, ...], home: ProbeAnswer | None
) -> Probing:
    """The probes as facts about the resource, without the made-up names."""
    ignored = judge.ignored_words(pending.url, *(sibling.url for sibling in siblings))
    own = ComparableText(pending.main_text, ignoring=ignored)
    texts = {
        answer.url: ComparableText(answer.main_text, ignoring=ignored)
        for answer in (*siblings, *((home,) if home else ()))
        if answer.succeeded
    }

    def probe(kind: ProbeKind, answer: ProbeAnswer) -> Probe:
        page = answer.page
        without_name = _name_remover(pending.url, answer.url)
        title = without_name(page.title.value) if page and page.title else ""
        return Probe(
            kind=kind,
            status_code=answer.status_code,
            landing=_landing(pending, answer),
            title=title,
            first_heading=without_name(page.first_heading or "") if page else "",
            word_count=_rounded(page.word_count) if page else 0,
            likeness=likeness(answer, title) if answer.succeeded else 0.0,
        )

    def likeness(answer: ProbeAnswer, title: str) -> float:
        # Of a page that was cut before its text began, only the title is left to compare.
        is_cut = answer.is_truncated and not texts[answer.url].words
        if is_cut and title and masked(title) == pending.case.signals.masked_title:
            return 1.0
        return own.likeness(texts[answer.url])

    are_comparable = len(siblings) > 1 and all(sibling.succeeded for sibling in siblings)
    return Probing(
        probes=(
            *(probe(ProbeKind.SIBLING, sibling) for sibling in siblings),
            *((probe(ProbeKind.HOME, home),) if home else ()),
        ),
        alike=texts[siblings[0].url].likeness(texts[siblings[1].url]) if are_comparable else 0.0,
    )


def _landing(pending: PendingCheck, answer: ProbeAnswer) -> Landing:
    """Where the probe's redirects led: the first row of `_LANDINGS` that fits."""
    if not answer.final_url:
        return Landing.ITSELF
    return next(landing for landing, fits in _LANDINGS if fits(pending, answer))


_LANDINGS: tuple[tuple[Landing, Callable[[PendingCheck, ProbeAnswer], bool]], ...] = (
    (Landing.ITSELF, lambda _, answer: urls.trivially_different(answer.url, answer.final_url)),
    (Landing.HOME, lambda _, answer: paths.is_home_of(answer.url, answer.final_url)),
    (Landing.MISSING_PAGE, lambda _, answer: paths.is_missing_page(answer.final_url)),
    (Landing.SIGN_IN, lambda _, answer: paths.is_sign_in_page(answer.final_url)),
    (
        Landing.WITH_RESOURCE,
        lambda pending, answer: pending.url != pending.final_url == answer.final_url,
    ),
    (Landing.ELSEWHERE, lambda _pending, _answer: True),
)


def _name_remover(listed_url: str, probe_url: str) -> Callable[[str], str]:
    """A function that removes the words from a title which only the probe's URL has."""
    made_up = judge.ignored_words(probe_url) - judge.ignored_words(listed_url)
    if not made_up:
        return str
    pattern = re.compile("|".join(map(re.escape, sorted(made_up))), re.IGNORECASE)
    return lambda title: " ".join(pattern.sub("", title).split())


def _rounded(words: int) -> int:
    return words if words < _EXACT_WORDS else words - words % _WORD_STEP
