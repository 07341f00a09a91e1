"""Pure: what is kept of a page, to judge it again, and to compare it with a later one."""

from dataclasses import replace

from crawler import fingerprint, urls
from crawler.judge.signals import Case, Signals, masked
from crawler.judge.thresholds import SAME_LENGTH
from crawler.model import SEEN_AT_END, SEEN_CHARACTERS, LastGood, Page, Past, Verdict


def past_of(before: LastGood | None, case: Case) -> Past | None:
    """The last good page, when names or registrable domain are not what they were."""
    page, signals = case.evidence.page, case.signals
    if before is None or page is None or not case.facts.exchanges:
        return None
    domain = urls.domain(signals.final_url)
    domain_before = urls.domain(before.url) if before.url else domain
    if domain_before == domain and _has_same_names(before, signals, page):
        return None
    past, text = before.page, before.text()
    return Past(
        title=past.title.value if past.title else "",
        domain=domain_before,
        likeness=fingerprint.likeness(text, page.text),
        heading=past.first_heading or "",
        language=past.language.value if past.language else "",
        agreement=replace(signals, page=replace(past, text=text)).agreement,
        elsewhere=bool(before.url) and before.url != signals.final_url,
    )


def seen_of(page: Page | None, verdict: Verdict) -> Page | None:
    """What the facts keep of a page that was not taken for the resource; None for a living one."""
    if page is None or verdict.is_alive:
        return None
    if verdict is Verdict.BLOCKED:
        return Page(
            kind=page.kind,
            word_count=page.word_count,
            scripts=page.scripts,
            noindex=page.noindex,
            marks=page.marks,
        )
    text = page.text
    if len(text) > SEEN_CHARACTERS + SEEN_AT_END:
        text = text[:SEEN_CHARACTERS] + text[-SEEN_AT_END:]
    return replace(page, text=text, main_text="")


def _has_same_names(before: LastGood, signals: Signals, page: Page) -> bool:
    """Whether the page has the title that it had.

    A title that could be that of many pages ("Home") does not count, unless the first heading is the
    same, and the length nearly so.
    """
    title = masked_title(before)
    if title != signals.masked_title:
        return False
    if signals.title_of(title).own_words:
        return True
    longer, shorter = sorted((before.page.word_count, page.word_count), reverse=True)
    same_heading = masked(before.page.first_heading or "") == signals.masked_heading
    return same_heading and longer <= SAME_LENGTH * shorter


def masked_title(before: LastGood) -> str:
    """The page's title without dates, counters and version numbers, in lower case."""
    return masked(before.page.title.value) if before.page.title else ""
