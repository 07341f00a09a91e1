"""Pure: pages that say that the resource is missing, with a status of success."""

from functools import cache

from crawler import fingerprint, urls
from crawler.judge import paths, phrases, siblings
from crawler.judge.page_names import MISSING, PageNames
from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import (
    BARE_WORDS,
    FEW_WORDS,
    KEPT_LIKENESS,
    LOST_LIKENESS,
    NOTICE_WORDS,
    OOPS_WORDS,
    TOMBSTONE_WORDS,
)
from crawler.model import Page, Reason

# --- proven --------------------------------------------------------------------------------------


def redirects_to_missing_page(case: Case) -> Reason | None:
    """`soft_404` if it redirects to a URL such as `/404` or `/error`, and was not listed with one.

    Unless what is at `/guide/error` is a page about errors: it does not say that something is wrong, and fits
    the list, or has a name of its own and 60 words or more.
    """
    signals = case.signals
    hops, final_url = signals.hops, signals.final_url
    if not hops or not case.facts.succeeded or paths.is_missing_page(hops[0].source):
        return None
    # A site that is out of order for an hour redirects all its visitors to its error page, too.
    may_pass = (
        paths.is_error_page(final_url)
        and signals.html_page is not None
        and (signals.says_out_of_order or signals.names.contain(("went wrong",)))
    )
    if may_pass or not paths.is_missing_page(final_url) or _is_about_errors(signals):
        return None
    return Reason.SOFT_404


def has_missing_mark(case: Case, page: Page) -> Reason | None:
    """`soft_404` if a mark for machines says that the page is missing.

    Title or heading must say so too; or else agreement must be < 0.6, the names must not be those in
    the URL, and siblings not be missing.
    """
    signals = case.signals
    marked = any(mark.startswith("missing_") for mark in page.marks)
    if not (marked or signals.canonical_is_missing_page):
        return None
    if signals.says_missing:
        return Reason.SOFT_404
    is_named = signals.agrees or signals.name_fit.is_named_like_url
    return None if is_named or siblings.are_missing(case) else Reason.SOFT_404


def same_as_siblings(case: Case, page: Page) -> Reason | None:
    """`soft_404` if the page says that it is missing, and siblings got a similar page that says so.

    Its names must have no words of their own: what is not found may be its subject.
    """
    signals = case.signals
    if not siblings.may_convict(case) or not _is_deep(signals) or signals.says_out_of_order:
        return None
    if not signals.says_missing or _is_listed_as_missing(signals):
        return None
    if siblings.are_similar(case, page):
        proven = not _may_hide_heading(signals) and (
            (_siblings_say_missing(case) and _says_no_more_than_siblings(case, page))
            or _has_names_and_text_of_siblings(case, page)
        )
    else:
        # A short page, whose text repeats what was asked for
        most = TOMBSTONE_WORDS if _has_names_of_siblings(case) else FEW_WORDS
        is_short = page.word_count < most and siblings.are_comparable(case)
        proven = (
            is_short and _siblings_say_missing(case) and _says_no_more_than_siblings(case, page)
        )
    return Reason.SOFT_404 if proven else None


# --- suspected -----------------------------------------------------------------------------------


def maybe_same_as_siblings(case: Case, page: Page) -> Reason | None:
    """`suspect_soft_404` if siblings got a similar page, and it says that it is missing, or fits badly."""
    signals = case.signals
    if not _is_deep(signals) or not siblings.are_similar(case, page):
        return None
    if signals.says_missing:
        is_subject = signals.listed_names.say_missing and not siblings.are_copies(case, page)
        return None if is_subject else Reason.SUSPECT_SOFT_404
    fit, are_copies = siblings.name_fit(case), siblings.are_copies(case, page)
    if signals.is_undrawn or signals.says_out_of_order or fit.fits:
        return None
    # What copies of a page have in their text is no evidence for it.
    if fit.agrees and not are_copies:
        return None
    # Where the listed title says nothing, the page that was there before does.
    if signals.leads_to_other_domain and not fit.is_title_telling and _has_lost_text(case):
        return None
    is_doubtful = (
        fit.disagrees
        or (are_copies and fit.is_title_telling)
        or _stands_for_any_page(case, page)
        or _was_another_page(case, page)
        or _is_on_other_host(signals)
    )
    return Reason.SUSPECT_SOFT_404 if is_doubtful else None


def tombstone(case: Case, page: Page) -> Reason | None:
    """`suspect_soft_404` if title or heading of a page of fewer than 250 words say that it is gone.

    A front page must have fewer than 120 words, and an agreement < 0.6. If they only say that the page
    is missing, this is doubtful with fewer than 40 words (and an agreement < 0.6 or, for a deep page,
    missing siblings); or, for a deep page, with missing siblings and an agreement < 0.34.
    """
    signals = case.signals
    if page.word_count >= TOMBSTONE_WORDS:
        return None
    if _is_listed_as_missing(signals) or signals.listed_names.contain(phrases.TOMBSTONES):
        return None
    is_gone = signals.names.contain(phrases.TOMBSTONES)
    if signals.is_listed_front_page:
        says = is_gone or (page.word_count < NOTICE_WORDS and signals.names.say_missing)
        is_over = says and page.word_count < OOPS_WORDS and _lacks_listed_words(signals)
        return Reason.SUSPECT_SOFT_404 if is_over else None
    if is_gone:
        return Reason.SUSPECT_SOFT_404
    are_missing = siblings.are_missing(case)
    is_bare = page.word_count < NOTICE_WORDS and (are_missing or not signals.agrees)
    is_doubtful = is_bare or (are_missing and signals.disagrees)
    return Reason.SUSPECT_SOFT_404 if is_doubtful and signals.says_missing else None


def canonical_is_home(case: Case, _page: Page) -> Reason | None:
    """`suspect_soft_404` if a deep page has the front page as its canonical URL, and its text.

    Agreement must be < 0.6. If the front page did not answer, agreement must be < 0.34.
    """
    signals = case.signals
    if not signals.canonical_is_home or signals.is_undrawn or signals.agrees:
        return None
    is_home = siblings.is_home(case)
    looks_like_it = signals.disagrees if is_home is None else is_home
    return Reason.SUSPECT_SOFT_404 if looks_like_it else None


def is_shared_shell(case: Case, page: Page) -> bool:
    """Whether the host sends one shell for all URLs, and a script fills it."""
    return case.signals.is_undrawn and siblings.are_copies(case, page)


def _is_about_errors(signals: Signals) -> bool:
    page = signals.html_page
    if page is None or signals.says_missing or signals.says_trouble:
        return False
    is_long = page.word_count >= FEW_WORDS and signals.has_own_name
    is_below = "/" in urls.path(signals.final_url).strip("/")
    is_at_name = is_below and paths.is_error_page(signals.final_url)
    return is_at_name and (is_long or signals.name_fit.fits)


def _is_listed_as_missing(signals: Signals) -> bool:
    """Whether a page about missing pages is what the list means, by its title or URL."""
    return signals.listed_names.say_missing or paths.is_missing_page(signals.listed_url)


def _is_deep(signals: Signals) -> bool:
    return not (signals.is_listed_front_page or signals.leads_to_front_page)


def _lacks_listed_words(signals: Signals) -> bool:
    """Whether the page lacks words of the listed title; False without one."""
    return signals.agreement is not None and not signals.agrees


def _siblings_say_missing(case: Case) -> bool:
    return all(
        PageNames(probe.title, probe.first_heading).say_missing
        for probe in siblings.with_pages(case)
    )


def _has_names_of_siblings(case: Case) -> bool:
    return all(siblings.has_same_names(case.signals, probe) for probe in siblings.with_pages(case))


def _says_no_more_than_siblings(case: Case, page: Page) -> bool:
    """Whether its title and heading have no words but theirs, the URL's and those of phrases.

    Or it is a copy.
    """
    if siblings.are_copies(case, page):
        return True
    signals = case.signals
    own = fingerprint.words(masked(" ".join(signals.title_and_heading)))
    asked_for = signals.listed_url.removeprefix(urls.origin(signals.listed_url))
    own -= fingerprint.words(asked_for) | _phrase_words()
    theirs = (f"{one.title} {one.first_heading}" for one in siblings.with_pages(case))
    return all(own <= fingerprint.words(masked(names)) for names in theirs)


@cache
def _phrase_words() -> frozenset[str]:
    return frozenset[str]().union(*map(fingerprint.words, MISSING))


def _has_names_and_text_of_siblings(case: Case, page: Page) -> bool:
    return _has_names_of_siblings(case) and siblings.are_copies(case, page)


def _may_hide_heading(signals: Signals) -> bool:
    """Whether a script draws the page, and only a heading that it may hide says that it is missing."""
    title = signals.page.title if signals.page else None
    only_heading = title is not None and not PageNames(title.value).say_missing
    return only_heading and signals.is_drawn_by_script


def _was_another_page(case: Case, page: Page) -> bool:
    """Whether it had another title and text (likeness < 0.5) before, and now those of the siblings."""
    past = case.context.past
    if past is None or past.likeness >= KEPT_LIKENESS:
        return False
    if not _has_names_and_text_of_siblings(case, page):
        return False
    return masked(past.title) != case.signals.masked_title


def _stands_for_any_page(case: Case, page: Page) -> bool:
    """Whether the host leads siblings to it, too, or shows its front page of >= 25 words for them.

    A wall, such as a page for signing in, does not count.
    """
    if case.signals.is_wall:
        return False
    is_home = siblings.is_home(case) is True and siblings.are_copies(case, page)
    return (is_home and page.word_count >= BARE_WORDS) or siblings.lead_with_resource(case)


def _has_lost_text(case: Case) -> bool:
    past = case.context.past
    return past is not None and past.likeness < LOST_LIKENESS


def _is_on_other_host(signals: Signals) -> bool:
    listed, final = signals.listed_url, signals.final_url
    return urls.host(listed).removeprefix("www.") != urls.host(final).removeprefix("www.")
