"""Pure: pages that have lost all likeness to the list's entry or to the last good page."""

from crawler.judge.signals import Case, Signals
from crawler.judge.thresholds import HALF_AGREEMENT, LOST_LIKENESS, LOW_AGREEMENT
from crawler.judge.titles import Title, share_no_word
from crawler.model import Page, Reason


def on_other_domain(case: Case, _page: Page) -> Reason | None:
    """`suspect_replaced` if it is on a domain of another name, without a title word, agreement < 0.34."""
    signals = case.signals
    # The same name under another suffix is most often the same owner's.
    labels = {domain.partition(".")[0] for domain in signals.domains}
    lost = len(labels) > 1 and signals.shares_no_title_word and signals.disagrees
    return Reason.SUSPECT_REPLACED if lost else None


def since_last_good(case: Case, _page: Page) -> Reason | None:
    """`suspect_replaced` if the page fitted before, and has a text likeness < 0.2 to the last good one.

    Besides, it must contain < 0.34 of the last good title and of the listed one, or have a text
    likeness of 0 and a new title.
    """
    past, signals = case.context.past, case.signals
    if past is None or past.likeness >= LOST_LIKENESS:
        return None
    before = signals.title_of(past.title)
    left = signals.agreement_with(before)
    is_lost = left is not None and left < LOW_AGREEMENT and _lost_listed_title(signals, before)
    is_renamed = past.likeness == 0 and _is_renamed(signals, before)
    return Reason.SUSPECT_REPLACED if is_lost or is_renamed else None


def _lost_listed_title(signals: Signals, before: Title) -> bool:
    """Whether the listed title fitted the last good title, and agreement is < 0.34 now.

    A list without titles says nothing against it.
    """
    if signals.agreement is None:
        return True
    return not share_no_word(signals.listed_title, before) and signals.disagrees


def _is_renamed(signals: Signals, before: Title) -> bool:
    """Whether the listed title fitted the last good title, and fits the present one no more.

    Neither title shares a word with the present one, and agreement is < 0.5: some words of a
    title are in any text.
    """
    did_fit = not share_no_word(signals.listed_title, before)
    is_new = signals.shares_no_title_word and share_no_word(before, signals.own_title)
    return did_fit and is_new and (signals.agreement or 0) < HALF_AGREEMENT
