"""Pure: whether a page that answers well is the one that its site shows for what is missing."""

from crawler import urls
from crawler.judge import paths, phrases, siblings
from crawler.judge.page_names import Names
from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import (
    ANOTHER,
    FEW_WORDS,
    NOTICE_WORDS,
    SHELL_WORDS,
    TOMBSTONE_WORDS,
)
from crawler.model import Page, Reason


def led_to(case: Case) -> Reason | None:
    """That a resource which is not named like one redirects to the site's page for missing pages."""
    signals = case.signals
    hops, landing = signals.hops, signals.landing
    if not hops or not signals.succeeded or paths.leads_to_missing_page(hops[0].source):
        return None
    # A site that is out of order for an hour sends all its visitors to such a page as well.
    passing = paths.leads_to_error(landing) and signals.document is not None and _may_pass(signals)
    return Reason.SOFT_404 if paths.leads_to_missing_page(landing) and not passing else None


def marked(case: Case, page: Page) -> Reason | None:
    """That the page says so to machines, and neither the list nor its siblings contradict it."""
    signals = case.signals
    bears = any(mark.startswith("missing_") for mark in page.marks)
    if not (bears or signals.names_missing_page):
        return None
    contradicted = signals.agrees or siblings.are_honest(case)
    return Reason.SOFT_404 if signals.says_missing or not contradicted else None


def shared(case: Case, page: Page) -> Reason | None:
    """That the host shows the same for made-up URLs, and says that it is missing."""
    signals = case.signals
    if not siblings.prove(case) or not _is_deep(signals) or signals.is_out_of_order:
        return None
    if not siblings.are_family(case, page):
        return _says_as_they_do(case, page)
    return Reason.SOFT_404 if _says_so_too(case, page) else None


def perhaps_shared(case: Case, page: Page) -> Reason | None:
    """That the host shows the same for made-up URLs, and what it shows fits the list badly."""
    signals = case.signals
    if not siblings.are_family(case, page) or not _is_deep(signals):
        return None
    if signals.says_missing:
        own = signals.list_names.say_missing and not siblings.are_copies(case, page)
        return None if own else Reason.SUSPECT_SOFT_404
    if signals.agrees or signals.is_drawn_by_script or signals.is_out_of_order:
        return None
    doubtful = signals.disagrees or _was_another(case, page) or _is_front_page(case, page)
    return Reason.SUSPECT_SOFT_404 if doubtful or _is_on_other_host(signals) else None


def tombstone(case: Case, page: Page) -> Reason | None:
    """That a short page says that what it was about is no longer there, or is missing itself."""
    signals = case.signals
    if page.word_count >= TOMBSTONE_WORDS or signals.list_names.say_missing:
        return None
    if signals.is_listed_front or signals.list_names.say(phrases.TOMBSTONES):
        return None
    if signals.names.say(phrases.TOMBSTONES):
        return Reason.SUSPECT_SOFT_404
    honest = siblings.are_honest(case)
    bare = page.word_count < NOTICE_WORDS and (honest or not signals.agrees)
    doubtful = bare or (honest and signals.disagrees)
    return Reason.SUSPECT_SOFT_404 if doubtful and signals.says_missing else None


def named_home(case: Case, _page: Page) -> Reason | None:
    """That a deep page says that it is the front page, and looks like it."""
    signals = case.signals
    if not signals.names_home or signals.is_drawn_by_script:
        return None
    home = siblings.is_home(case)
    looks_like_it = home or (home is None and signals.disagrees)
    return Reason.SUSPECT_SOFT_404 if looks_like_it and not signals.agrees else None


def is_shared_shell(case: Case, page: Page) -> bool:
    """Whether the host sends the same shell for all URLs, and a script fills it."""
    return case.signals.is_drawn_by_script and siblings.are_copies(case, page)


def _is_deep(signals: Signals) -> bool:
    return not (signals.is_listed_front or signals.leads_to_front)


def _says_as_they_do(case: Case, page: Page) -> Reason | None:
    """For texts that differ: a short page of the same kind, which repeats what was asked for."""
    signals = case.signals
    short = page.word_count < (TOMBSTONE_WORDS if _has_their_name(case) else FEW_WORDS)
    says = short and signals.says_missing
    if not says or signals.list_names.say_missing or not siblings.are_comparable(case):
        return None
    return Reason.SOFT_404 if _siblings_say_so(case) else None


def _siblings_say_so(case: Case) -> bool:
    return all(
        Names(probe.title, probe.first_heading).say_missing for probe in siblings.shown(case)
    )


def _has_their_name(case: Case) -> bool:
    return all(siblings.has_name_of(case.signals, probe) for probe in siblings.shown(case))


def _says_so_too(case: Case, page: Page) -> bool:
    signals = case.signals
    if signals.list_names.say_missing or _may_hide_it(signals):
        return False
    return signals.says_missing and (_siblings_say_so(case) or _are_the_same(case, page))


def _may_hide_it(signals: Signals) -> bool:
    """Whether a script draws the page, and only a heading that it may hide says that it is missing."""
    title = signals.page.title if signals.page else None
    titled = title is not None and not Names(title.value).say_missing
    return titled and signals.is_drawn_by_script


def _are_the_same(case: Case, page: Page) -> bool:
    """Whether the siblings have its name and its text, and so say what it says."""
    return _has_their_name(case) and siblings.are_copies(case, page)


def _was_another(case: Case, page: Page) -> bool:
    """Whether it was a page of its own before, and now has the name and text of the siblings."""
    past = case.context.past
    if past is None or past.likeness >= ANOTHER or not _are_the_same(case, page):
        return False
    return masked(past.title) != case.signals.name


def _may_pass(signals: Signals) -> bool:
    return signals.is_out_of_order or signals.names.say(("went wrong",))


def _is_front_page(case: Case, page: Page) -> bool:
    """Whether the host shows the front page, which is not the resource, for whatever is asked."""
    is_front = siblings.is_home(case) is True and siblings.are_copies(case, page)
    return is_front and page.word_count >= SHELL_WORDS and case.signals.agreement is not None


def _is_on_other_host(signals: Signals) -> bool:
    first, last = signals.listed, signals.landing
    return urls.host(first).removeprefix("www.") != urls.host(last).removeprefix("www.")
