"""Pure: whether a page has lost all likeness to the list's entry and to its own past."""

from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import HALF, LOST, LOW
from crawler.judge.titles import Title, is_unlike
from crawler.model import Page, Reason


def elsewhere(case: Case, _page: Page) -> Reason | None:
    """That it lies on another domain than listed, and says nothing of what the list says."""
    signals = case.signals
    # The same name under another suffix is most often the same owner's.
    labels = {domain.partition(".")[0] for domain in signals.domains}
    lost = len(labels) > 1 and _is_unlike_list(signals)
    return Reason.SUSPECT_REPLACED if lost else None


def since_last_good(case: Case, _page: Page) -> Reason | None:
    """That a page which did fit says nothing any more of what it or the list said."""
    past, signals = case.context.past, case.signals
    if past is None or past.likeness >= LOST:
        return None
    before = signals.title(past.title)
    lost = _is_unlike_past(signals, before) and _is_unlike_list_as_past_was_not(signals, before)
    renamed = past.likeness == 0 and _has_lost_its_name(signals, before)
    return Reason.SUSPECT_REPLACED if lost or renamed else None


def _is_unlike_list(signals: Signals) -> bool:
    return signals.is_unlike_list and signals.disagrees


def _is_unlike_past(signals: Signals, before: Title) -> bool:
    found = signals.agreement_with(before)
    return found is not None and found < LOW


def _has_lost_its_name(signals: Signals, before: Title) -> bool:
    """Whether the list's title was the page's, and neither its name nor most of its words are left.

    Some words of a title are in any text.
    """
    was_right = not is_unlike(signals.listed_title, before)
    unlike = signals.is_unlike_list and is_unlike(before, signals.own_title)
    return was_right and unlike and (signals.agreement or 0) < HALF


def _is_unlike_list_as_past_was_not(signals: Signals, before: Title) -> bool:
    """Whether the list's title fitted the past title alone; a list without titles says nothing."""
    if signals.agreement is None:
        return True
    fitted = not is_unlike(signals.listed_title, before)
    return fitted and signals.disagrees
