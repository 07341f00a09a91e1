"""Pure: the answers to two made-up URLs beside the listed one (siblings), compared with the page."""

from crawler.judge.name_fit import NameFit
from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import BARE_WORDS, SAME_LIKENESS, SIMILAR_LIKENESS, SIMILAR_MARGIN
from crawler.judge.titles import Title
from crawler.model import Landing, Page, Probe, ProbeKind

_MISSING_CODES = frozenset({404, 410})


def are_missing(case: Case) -> bool:
    """Whether the host says of a sibling that it is missing, and shows a page for none of them."""
    probes = _siblings(case)
    return any(map(_is_missing, probes)) and not any(
        probe.succeeded and not _is_missing(probe) for probe in probes
    )


def with_pages(case: Case) -> tuple[Probe, ...]:
    """The answers to both siblings when both are 2xx; else none."""
    probes = _siblings(case)
    return probes if len(probes) > 1 and all(probe.succeeded for probe in probes) else ()


def may_convict(case: Case) -> bool:
    """Whether both siblings got a page in this run; remembered answers may only clear a page."""
    probing = case.context.probing
    return bool(with_pages(case)) and probing is not None and not probing.remembered


def lead_home(case: Case) -> bool:
    """Whether both siblings end at the front page, or where the resource does."""
    probes = with_pages(case)
    homes = {Landing.HOME, Landing.WITH_RESOURCE}
    return bool(probes) and all(probe.landing in homes for probe in probes)


def lead_with_resource(case: Case) -> bool:
    """Whether both siblings end at the resource's own final URL."""
    probes = with_pages(case)
    return bool(probes) and all(probe.landing is Landing.WITH_RESOURCE for probe in probes)


def are_comparable(case: Case) -> bool:
    """Whether both siblings show a page in their own place, or in the resource's."""
    probes = with_pages(case)
    return bool(probes) and all(_is_comparable(case, probe) for probe in probes)


def are_similar(case: Case, page: Page) -> bool:
    """Whether the host shows a page like the resource's for both siblings.

    That is one with text likeness >= 0.35 (or more, if the siblings are more alike), at the same
    final URL, or with the same title and heading as a page of fewer than 25 words.
    """
    probes = with_pages(case)
    return bool(probes) and all(_is_similar(case, page, probe) for probe in probes)


def are_copies(case: Case, page: Page) -> bool:
    """Whether the host shows the same page for both: similar, and text likeness >= 0.8."""
    copies = all(probe.likeness >= SAME_LIKENESS for probe in with_pages(case))
    return copies and are_similar(case, page)


def is_home(case: Case) -> bool | None:
    """Whether the page is the front page: likeness >= 0.8; None when the front page did not answer."""
    probing = case.context.probing
    homes = [p for p in probing.probes if p.kind is ProbeKind.HOME] if probing else []
    answered = [probe for probe in homes if probe.succeeded]
    return answered[0].likeness >= SAME_LIKENESS if answered else None


def name_fit(case: Case) -> NameFit:
    """How well the page fits what it is listed with, without what the site's other pages are called."""
    fit = case.signals.name_fit
    return fit.without(_site_words(case)) if with_pages(case) else fit


def has_same_names(signals: Signals, probe: Probe) -> bool:
    """Whether title and first heading are those of the probe's page."""
    same_title = signals.masked_title == masked(probe.title)
    return same_title and signals.masked_heading == masked(probe.first_heading)


def _siblings(case: Case) -> tuple[Probe, ...]:
    probing = case.context.probing
    probes = probing.probes if probing else ()
    return tuple(probe for probe in probes if probe.kind is ProbeKind.SIBLING)


def _site_words(case: Case) -> frozenset[str]:
    """The words and numbers in the title or heading of every page that the host showed for probes."""
    probing = case.context.probing
    pages = (probe for probe in probing.probes if probe.succeeded) if probing else ()
    names = (Title(f"{page.title} {page.first_heading}", "") for page in pages)
    return frozenset.intersection(*(frozenset(one.sought_words + one.numbers) for one in names))


def _is_missing(probe: Probe) -> bool:
    return probe.status_code in _MISSING_CODES or (
        probe.succeeded and probe.landing is Landing.MISSING_PAGE
    )


def _is_comparable(case: Case, probe: Probe) -> bool:
    # Sites redirect a wrong name to the page that its number means: then both are that page.
    if probe.landing is Landing.ELSEWHERE:
        return bool(case.signals.hops)
    return probe.landing in {Landing.ITSELF, Landing.WITH_RESOURCE}


def _is_similar(case: Case, page: Page, probe: Probe) -> bool:
    if not _is_comparable(case, probe):
        return False
    probing = case.context.probing
    enough = max(SIMILAR_LIKENESS, (probing.alike if probing else 0.0) - SIMILAR_MARGIN)
    is_bare = page.word_count < BARE_WORDS and has_same_names(case.signals, probe)
    return probe.landing is Landing.WITH_RESOURCE or is_bare or probe.likeness >= enough
