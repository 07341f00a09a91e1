"""Pure: whether a page has lost all likeness to the list's entry and to its own past."""

from crawler.judge import signals, titles
from crawler.model import Evidence, Page, Past, Reason

_LOST = 0.2
"""Likeness of texts below which nothing is left."""
_MOSTLY = 0.5
"""Share of the words of the list's title."""


def elsewhere(evidence: Evidence, page: Page) -> Reason | None:
    """That it lies on another domain than listed, and says nothing of what the list says."""
    domains = (signals.domain(signals.listed(evidence)), signals.domain(signals.landing(evidence)))
    # The same name under another suffix is most often the same owner's.
    labels = {domain.partition(".")[0] for domain in domains}
    lost = len(labels) > 1 and _is_unlike_list(evidence, page)
    return Reason.SUSPECT_REPLACED if lost else None


def since_last_good(evidence: Evidence, page: Page) -> Reason | None:
    """That a page which did fit says nothing any more of what it or the list said."""
    past = evidence.context.past
    if past is None or past.likeness >= _LOST:
        return None
    lost = _is_unlike_past(evidence, page, past) and _is_unlike_list_as_past_was_not(
        evidence, page, past
    )
    renamed = past.likeness == 0 and _has_lost_its_name(evidence, page, past)
    return Reason.SUSPECT_REPLACED if lost or renamed else None


def _is_unlike_list(evidence: Evidence, page: Page) -> bool:
    title = page.title.value if page.title else page.first_heading or ""
    unlike = titles.is_unlike(evidence.resource.title, title, signals.listed(evidence))
    return unlike and signals.disagrees(evidence, page)


def _is_unlike_past(evidence: Evidence, page: Page, past: Past) -> bool:
    found = titles.agreement(past.title, page, signals.listed(evidence))
    return found is not None and found < signals.LOW


def _has_lost_its_name(evidence: Evidence, page: Page, past: Past) -> bool:
    """Whether the list's title was the page's, and neither its name nor most of its words are left.

    Some words of a title are in any text.
    """
    listed, uri = evidence.resource.title, signals.listed(evidence)
    name = page.title.value if page.title else page.first_heading or ""
    was_right = not titles.is_unlike(listed, past.title, uri)
    unlike = all(titles.is_unlike(title, name, uri) for title in (listed, past.title))
    return was_right and unlike and (signals.agreement(evidence, page) or 0) < _MOSTLY


def _is_unlike_list_as_past_was_not(evidence: Evidence, page: Page, past: Past) -> bool:
    """Whether the list's title fitted the past title alone; a list without titles says nothing."""
    listed = evidence.resource.title
    if signals.agreement(evidence, page) is None:
        return True
    fitted = not titles.is_unlike(listed, past.title, signals.listed(evidence))
    return fitted and signals.disagrees(evidence, page)
