"""Pure: what the answers to made-up URLs say about the page beside them."""

from crawler.judge import memory, redirects
from crawler.model import Evidence, Landing, Page, Probe, ProbeKind

ALIKE = 0.8
"""Likeness of pages that are one and the same."""
_RELATED = 0.35
_MARGIN = 0.15
_BARE = 25
"""Words of a page that says no more than its title."""
_MISSING_CODES = frozenset({404, 410})
_COMPARABLE = frozenset({Landing.ITSELF, Landing.WITH_RESOURCE})


def are_honest(evidence: Evidence) -> bool:
    """Whether the host tells of a made-up URL that it is missing, and never shows a page for one."""
    asked = _siblings(evidence)
    return any(map(_is_missing, asked)) and not any(
        _answers(probe) and not _is_missing(probe) for probe in asked
    )


def shown(evidence: Evidence) -> tuple[Probe, ...]:
    """The answers to both made-up URLs, when both are pages like any other; else none."""
    asked = _siblings(evidence)
    return asked if len(asked) > 1 and all(map(_answers, asked)) else ()


def prove(evidence: Evidence) -> bool:
    """Whether there are such answers from the same night as the page; old ones only acquit."""
    probing = evidence.context.probing
    return bool(shown(evidence)) and probing is not None and not probing.remembered


def go_home(evidence: Evidence) -> bool:
    """Whether all made-up URLs end at the front page, or where the resource does."""
    asked = shown(evidence)
    homes = {Landing.HOME, Landing.WITH_RESOURCE}
    return bool(asked) and all(probe.landing in homes for probe in asked)


def go_along(evidence: Evidence) -> bool:
    """Whether all made-up URLs end just where the resource does."""
    asked = shown(evidence)
    return bool(asked) and all(probe.landing is Landing.WITH_RESOURCE for probe in asked)


def are_family(evidence: Evidence, page: Page) -> bool:
    """Whether the host shows the same for made-up URLs as for the resource."""
    asked = shown(evidence)
    return bool(asked) and all(_is_related(evidence, page, probe) for probe in asked)


def are_copies(evidence: Evidence, page: Page) -> bool:
    """Whether that is one and the same page."""
    copies = all(probe.likeness >= ALIKE for probe in shown(evidence))
    return are_family(evidence, page) and copies


def is_home(evidence: Evidence) -> bool | None:
    """Whether the page is the same as the front page; None when that did not answer."""
    probing = evidence.context.probing
    homes = [p for p in probing.probes if p.kind is ProbeKind.HOME] if probing else []
    answered = [probe for probe in homes if _answers(probe)]
    return answered[0].likeness >= ALIKE if answered else None


def has_name_of(page: Page, probe: Probe) -> bool:
    """Whether the page is called, in title and first heading, as the probe's is."""
    return memory.name(page) == memory.masked(probe.title) and memory.masked(
        page.first_heading or ""
    ) == memory.masked(probe.first_heading)


def are_comparable(evidence: Evidence) -> bool:
    """Whether both made-up URLs show a page in their own place, or in the resource's."""
    asked = shown(evidence)
    return bool(asked) and all(_is_comparable(evidence, probe) for probe in asked)


def _siblings(evidence: Evidence) -> tuple[Probe, ...]:
    probing = evidence.context.probing
    probes = probing.probes if probing else ()
    return tuple(probe for probe in probes if probe.kind is ProbeKind.SIBLING)


def _answers(probe: Probe) -> bool:
    return probe.status_code is not None and 200 <= probe.status_code < 300


def _is_missing(probe: Probe) -> bool:
    return probe.status_code in _MISSING_CODES or (
        _answers(probe) and probe.landing is Landing.MISSING_PAGE
    )


def _is_comparable(evidence: Evidence, probe: Probe) -> bool:
    # Sites send a wrong name to the page that its number means: then both are that page.
    elsewhere = probe.landing is Landing.ELSEWHERE and bool(redirects.hops(evidence.facts))
    return probe.landing in _COMPARABLE or elsewhere


def _is_related(evidence: Evidence, page: Page, probe: Probe) -> bool:
    if not _is_comparable(evidence, probe):
        return False
    probing = evidence.context.probing
    enough = max(_RELATED, (probing.alike if probing else 0.0) - _MARGIN)
    bare = page.word_count < _BARE and has_name_of(page, probe)
    return probe.landing is Landing.WITH_RESOURCE or bare or probe.likeness >= enough
