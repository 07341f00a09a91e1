"""Pure: whether a page that answers well is the one that its site shows for what is missing."""

from crawler import urls
from crawler.judge import http, memory, paths, phrases, redirects, siblings, signals
from crawler.judge.signals import FEW_WORDS, SHELL_WORDS
from crawler.model import Evidence, Page, Reason

TOMBSTONE_WORDS = 250
"""A page with more tells of something else as well."""
NOTICE_WORDS = 40
"""A page with fewer says nothing beside that it is missing."""
_LOST = 0.5
"""Likeness to the last good page below which it is another one."""


def led_to(evidence: Evidence) -> Reason | None:
    """That a resource which is not named like one redirects to the site's page for missing pages."""
    hops = redirects.hops(evidence.facts)
    if not hops or not http.succeeded(evidence) or paths.leads_to_missing_page(hops[0].source):
        return None
    landing = signals.landing(evidence)
    page = signals.document(evidence)
    # A site that is out of order for an hour sends all its visitors to such a page as well.
    passing = paths.leads_to_error(landing) and page is not None and _may_pass(page)
    return Reason.SOFT_404 if paths.leads_to_missing_page(landing) and not passing else None


def marked(evidence: Evidence, page: Page) -> Reason | None:
    """That the page says so to machines, and neither the list nor its siblings contradict it."""
    bears = any(mark.startswith("missing_") for mark in page.marks)
    if not (bears or _calls_itself_missing(evidence, page)):
        return None
    contradicted = signals.agrees(evidence, page) or siblings.are_honest(evidence)
    return Reason.SOFT_404 if signals.says_missing(page) or not contradicted else None


def shared(evidence: Evidence, page: Page) -> Reason | None:
    """That the host shows the same for made-up URLs, and says that it is missing."""
    if not _is_deep(evidence) or not siblings.prove(evidence) or _is_out_of_order(page):
        return None
    if not siblings.are_family(evidence, page):
        return _says_as_they_do(evidence, page)
    return Reason.SOFT_404 if _says_so_too(evidence, page) else None


def perhaps_shared(evidence: Evidence, page: Page) -> Reason | None:
    """That the host shows the same for made-up URLs, and what it shows fits the list badly."""
    if not _is_deep(evidence) or not siblings.are_family(evidence, page):
        return None
    if signals.says_missing(page):
        own = signals.lists_missing(evidence) and not siblings.are_copies(evidence, page)
        return None if own else Reason.SUSPECT_SOFT_404
    if signals.agrees(evidence, page) or is_drawn_by_script(page) or _is_out_of_order(page):
        return None
    doubts = (signals.disagrees, _was_another, _is_front_page)
    doubtful = any(doubt(evidence, page) for doubt in doubts) or _is_on_other_host(evidence)
    return Reason.SUSPECT_SOFT_404 if doubtful else None


def tombstone(evidence: Evidence, page: Page) -> Reason | None:
    """That a short page says that what it was about is no longer there, or is missing itself."""
    if page.word_count >= TOMBSTONE_WORDS or signals.lists_missing(evidence):
        return None
    if signals.is_listed_front(evidence) or signals.lists(evidence, phrases.TOMBSTONES):
        return None
    if signals.says_in_name(page, phrases.TOMBSTONES):
        return Reason.SUSPECT_SOFT_404
    honest = siblings.are_honest(evidence)
    bare = page.word_count < NOTICE_WORDS and (honest or not signals.agrees(evidence, page))
    doubtful = bare or (honest and signals.disagrees(evidence, page))
    return Reason.SUSPECT_SOFT_404 if doubtful and signals.says_missing(page) else None


def named_home(evidence: Evidence, page: Page) -> Reason | None:
    """That a deep page says that it is the front page, and looks like it."""
    if not signals.names_home(evidence, page) or is_drawn_by_script(page):
        return None
    home = siblings.is_home(evidence)
    looks_like_it = home or (home is None and signals.disagrees(evidence, page))
    doubtful = looks_like_it and not signals.agrees(evidence, page)
    return Reason.SUSPECT_SOFT_404 if doubtful else None


def is_drawn_by_script(page: Page) -> bool:
    """Whether a script puts the page together, so that its own text may be the same for all."""
    return signals.is_shell(page) or "script_app" in page.marks


def is_shared_shell(evidence: Evidence, page: Page) -> bool:
    """Whether the host sends the same shell for all URLs, and a script fills it."""
    return is_drawn_by_script(page) and siblings.are_copies(evidence, page)


def _calls_itself_missing(evidence: Evidence, page: Page) -> bool:
    if page.canonical_url is None or not paths.leads_to_missing_page(page.canonical_url.value):
        return False
    own = (signals.listed(evidence), signals.landing(evidence))
    return not any(map(paths.leads_to_missing_page, own))


def _is_deep(evidence: Evidence) -> bool:
    return not (signals.is_listed_front(evidence) or signals.leads_to_front(evidence))


def _says_as_they_do(evidence: Evidence, page: Page) -> Reason | None:
    """For texts that differ: a short page of the same kind, which repeats what was asked for."""
    same_name = all(siblings.has_name_of(page, probe) for probe in siblings.shown(evidence))
    short = page.word_count < (TOMBSTONE_WORDS if same_name else FEW_WORDS)
    says = short and signals.says_missing(page)
    if not says or signals.lists_missing(evidence) or not siblings.are_comparable(evidence):
        return None
    return Reason.SOFT_404 if _siblings_say_so(evidence) else None


def _siblings_say_so(evidence: Evidence) -> bool:
    return all(
        signals.text_says_missing(probe.title, probe.first_heading)
        for probe in siblings.shown(evidence)
    )


def _says_so_too(evidence: Evidence, page: Page) -> bool:
    if signals.lists_missing(evidence) or _may_hide_it(page):
        return False
    return signals.says_missing(page) and (
        _siblings_say_so(evidence) or _are_the_same(evidence, page)
    )


def _may_hide_it(page: Page) -> bool:
    """Whether a script draws the page, and only a heading that it may hide says that it is missing."""
    titled = page.title is not None and not signals.text_says_missing(page.title.value)
    return titled and is_drawn_by_script(page)


def _are_the_same(evidence: Evidence, page: Page) -> bool:
    """Whether the siblings have its name and its text, and so say what it says."""
    same_name = all(siblings.has_name_of(page, probe) for probe in siblings.shown(evidence))
    return same_name and siblings.are_copies(evidence, page)


def _was_another(evidence: Evidence, page: Page) -> bool:
    """Whether it was a page of its own before, and now has the name and text of the siblings."""
    past = evidence.context.past
    if past is None or past.likeness >= _LOST or not _are_the_same(evidence, page):
        return False
    return memory.masked(past.title) != memory.name(page)


def _is_notice(page: Page) -> bool:
    """Whether it may be no more than an error, or a wall before all pages of a living site."""
    return page.word_count < FEW_WORDS or _is_out_of_order(page)


def _may_pass(page: Page) -> bool:
    return _is_out_of_order(page) or signals.says_in_name(page, ("went wrong",))


def _is_out_of_order(page: Page) -> bool:
    return signals.says_in_name(page, phrases.OUT_OF_ORDER)


def _is_front_page(evidence: Evidence, page: Page) -> bool:
    """Whether the host shows the front page, which is not the resource, for whatever is asked."""
    is_front = siblings.is_home(evidence) is True and siblings.are_copies(evidence, page)
    return (
        is_front
        and page.word_count >= SHELL_WORDS
        and signals.agreement(evidence, page) is not None
    )


def _is_on_other_host(evidence: Evidence) -> bool:
    first, last = signals.listed(evidence), signals.landing(evidence)
    return urls.host(first).removeprefix("www.") != urls.host(last).removeprefix("www.")
