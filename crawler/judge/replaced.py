"""Pure: pages that have lost all likeness to the list's entry or to the last good page.

The last good page speaks first: its title, heading and text. The listed title has a say only if it fitted
that page.
"""

from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import (
    FEW_WORDS,
    HIGH_AGREEMENT,
    KEPT_LIKENESS,
    LOST_LIKENESS,
    LOW_AGREEMENT,
    SPECIFIC_WORDS,
)
from crawler.judge.titles import WholeTitle, share_no_word
from crawler.model import Page, Past, Reason


def on_other_domain(case: Case, _page: Page) -> Reason | None:
    """`suspect_replaced` if it is on a domain of another name, without a title word, agreement < 0.34.

    Unless it is the last good page.
    """
    signals = case.signals
    # The same name under another suffix is most often the same owner's.
    labels = {domain.partition(".")[0] for domain in signals.domains}
    lost = len(labels) > 1 and signals.shares_no_title_word and signals.disagrees
    return Reason.SUSPECT_REPLACED if lost and not is_last_good(case) else None


def by_another_site(case: Case, page: Page) -> Reason | None:
    """`suspect_replaced` as `since_last_good`, if the text has >= 60 words, and a likeness of 0.

    Then not even the site's navigation is left, which its page for missing pages has. No name may say
    that the page is missing.
    """
    past = case.context.past
    if past is None or past.likeness > 0 or page.word_count < FEW_WORDS:
        return None
    return None if case.signals.says_missing else since_last_good(case, page)


def since_last_good(case: Case, _page: Page) -> Reason | None:
    """`suspect_replaced` if nothing is left of the last good page: no name, and a text likeness < 0.2.

    A listed title that fitted that page must be lost, too. A front page that shows something else each
    day, a page in another language, or one that a script has yet to draw, is still the site's if it has
    the site's name.
    """
    past, signals = case.context.past, case.signals
    if past is None or past.likeness >= LOST_LIKENESS or _has_names_of(signals, past):
        return None
    did_fit = _did_fit(signals, past)
    if did_fit and _has_name(signals, signals.resource.title):
        return None
    is_of_site = _has_site_name(signals) and (
        signals.is_undrawn
        or _is_translated(signals, past)
        or (not did_fit and _may_rotate(signals, past))
    )
    return None if is_of_site else Reason.SUSPECT_REPLACED


def is_last_good(case: Case) -> bool:
    """Whether the page is the last good one, under another title or at another place.

    By its names, or by a text likeness >= 0.5.
    """
    past = case.context.past
    if past is None:
        return False
    return past.likeness >= KEPT_LIKENESS or _has_names_of(case.signals, past)


def _has_names_of(signals: Signals, past: Past) -> bool:
    """Whether title or heading of the last good page are still the page's.

    If they had no words of their own, the site's name has to do. A title such as "Home" counts as kept
    if some of the text is kept, too.
    """
    if past.title and masked(past.title) == signals.masked_title and past.likeness > 0:
        return True
    names = {text: signals.title_of(text) for text in (past.title, past.heading)}
    telling = [text for text, name in names.items() if name.own_words]
    if telling:
        return any(_has_name(signals, text) for text in telling)
    return any(name.host_words for name in names.values()) and _has_site_name(signals)


def _has_site_name(signals: Signals) -> bool:
    """Whether title, heading or site name have a word of at least 4 characters of the host's name.

    The domain itself does not count: whoever has it now may write it there.
    """
    site = signals.page.site_name if signals.page else None
    names = " ".join((*signals.title_and_heading, site.value if site else "")).casefold()
    for domain in signals.domains:
        names = names.replace(domain, " ")
    return bool(signals.title_of(names).host_words)


def _has_name(signals: Signals, text: str) -> bool:
    """Whether the page has a name: >= 0.34 of it in title, headings and description, or else in its text.

    In the first 1,500 characters of the text must be >= 0.6 of it; a single word is in any text. All
    this is true of its own words alone, too. The page's domain does not count as text.
    """
    titles = (signals.title_of(text), WholeTitle(text, ""))
    if all(signals.named_agreement_with(title) >= LOW_AGREEMENT for title in titles):
        return True
    if len(set(titles[1].words)) < SPECIFIC_WORDS:
        return False
    return all(signals.agreement_without_domain(title) >= HIGH_AGREEMENT for title in titles)


def _did_fit(signals: Signals, past: Past) -> bool:
    """Whether the listed title says something, and agreed with the last good page (>= 0.6)."""
    listed = signals.listed_title
    if listed.is_poor or not listed.own_words:
        return False
    if past.agreement is None:
        return not share_no_word(listed, signals.title_of(past.title))
    return past.agreement >= HIGH_AGREEMENT


def _is_translated(signals: Signals, past: Past) -> bool:
    language = signals.page.language if signals.page else None
    if language is None or not past.language:
        return False
    return _primary(language.value) != _primary(past.language)


def _may_rotate(signals: Signals, past: Past) -> bool:
    """Whether it is a front page, or leads to another URL than it did: a newest or random page."""
    return signals.is_listed_front_page or (bool(signals.hops) and past.elsewhere)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].casefold()
