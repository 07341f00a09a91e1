"""Pure: what the answers to made-up URLs say about the page beside them."""

from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import ALIKE, BARE_WORDS, MARGIN, RELATED
from crawler.model import Landing, Page, Probe, ProbeKind

_MISSING_CODES = frozenset({404, 410})
_COMPARABLE = frozenset({Landing.ITSELF, Landing.WITH_RESOURCE})


def are_honest(case: Case) -> bool:
    """Whether the host tells of a made-up URL that it is missing, and never shows a page for one."""
    asked = _siblings(case)
    return any(map(_is_missing, asked)) and not any(
        _answers(probe) and not _is_missing(probe) for probe in asked
    )


def shown(case: Case) -> tuple[Probe, ...]:
    """The answers to both made-up URLs, when both are pages like any other; else none."""
    asked = _siblings(case)
    return asked if len(asked) > 1 and all(map(_answers, asked)) else ()


def prove(case: Case) -> bool:
    """Whether there are such answers from the same night as the page; old ones only acquit."""
    probing = case.context.probing
    return bool(shown(case)) and probing is not None and not probing.remembered


def go_home(case: Case) -> bool:
    """Whether all made-up URLs end at the front page, or where the resource does."""
    asked = shown(case)
    homes = {Landing.HOME, Landing.WITH_RESOURCE}
    return bool(asked) and all(probe.landing in homes for probe in asked)


def go_along(case: Case) -> bool:
    """Whether all made-up URLs end just where the resource does."""
    asked = shown(case)
    return bool(asked) and all(probe.landing is Landing.WITH_RESOURCE for probe in asked)


def are_family(case: Case, page: Page) -> bool:
    """Whether the host shows the same for made-up URLs as for the resource."""
    asked = shown(case)
    return bool(asked) and all(_is_related(case, page, probe) for probe in asked)


def are_copies(case: Case, page: Page) -> bool:
    """Whether that is one and the same page."""
    copies = all(probe.likeness >= ALIKE for probe in shown(case))
    return are_family(case, page) and copies


def is_home(case: Case) -> bool | None:
    """Whether the page is the same as the front page; None when that did not answer."""
    probing = case.context.probing
    homes = [p for p in probing.probes if p.kind is ProbeKind.HOME] if probing else []
    answered = [probe for probe in homes if _answers(probe)]
    return answered[0].likeness >= ALIKE if answered else None


def has_name_of(signals: Signals, probe: Probe) -> bool:
    """Whether the page is called, in title and first heading, as the probe's is."""
    same_title = signals.name == masked(probe.title)
    return same_title and signals.heading == masked(probe.first_heading)


def are_comparable(case: Case) -> bool:
    """Whether both made-up URLs show a page in their own place, or in the resource's."""
    asked = shown(case)
    return bool(asked) and all(_is_comparable(case, probe) for probe in asked)


def _siblings(case: Case) -> tuple[Probe, ...]:
    probing = case.context.probing
    probes = probing.probes if probing else ()
    return tuple(probe for probe in probes if probe.kind is ProbeKind.SIBLING)


def _answers(probe: Probe) -> bool:
    return probe.status_code is not None and 200 <= probe.status_code < 300


def _is_missing(probe: Probe) -> bool:
    return probe.status_code in _MISSING_CODES or (
        _answers(probe) and probe.landing is Landing.MISSING_PAGE
    )


def _is_comparable(case: Case, probe: Probe) -> bool:
    # Sites send a wrong name to the page that its number means: then both are that page.
    elsewhere = probe.landing is Landing.ELSEWHERE and bool(case.signals.hops)
    return probe.landing in _COMPARABLE or elsewhere


def _is_related(case: Case, page: Page, probe: Probe) -> bool:
    if not _is_comparable(case, probe):
        return False
    probing = case.context.probing
    enough = max(RELATED, (probing.alike if probing else 0.0) - MARGIN)
    bare = page.word_count < BARE_WORDS and has_name_of(case.signals, probe)
    return probe.landing is Landing.WITH_RESOURCE or bare or probe.likeness >= enough
