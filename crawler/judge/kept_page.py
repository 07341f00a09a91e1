"""Pure: what is kept of a page, to judge it again, and to compare it with a later one."""

from dataclasses import replace

from crawler import fingerprint, urls
from crawler.judge.signals import Case, masked
from crawler.model import SEEN_CHARACTERS, LastGood, Page, Past, Verdict


def past_of(before: LastGood | None, case: Case) -> Past | None:
    """The last good page, when title or registrable domain are not what they were."""
    page, signals = case.evidence.page, case.signals
    if before is None or page is None or not case.facts.exchanges:
        return None
    domain = urls.domain(signals.final_url)
    domain_before = urls.domain(before.url) if before.url else domain
    if masked_title(before) == signals.masked_title and domain_before == domain:
        return None
    return Past(
        title=before.page.title.value if before.page.title else "",
        domain=domain_before,
        likeness=fingerprint.likeness(before.text(), page.text),
    )


def seen_of(page: Page | None, verdict: Verdict) -> Page | None:
    """What the facts keep of a page that was not taken for the resource; None for a living one."""
    if page is None or verdict.is_alive:
        return None
    if verdict is Verdict.BLOCKED:
        return Page(
            kind=page.kind, word_count=page.word_count, scripts=page.scripts, marks=page.marks
        )
    return replace(page, text=page.text[:SEEN_CHARACTERS])


def masked_title(before: LastGood) -> str:
    """The page's title without dates, counters and version numbers, in lower case."""
    return masked(before.page.title.value) if before.page.title else ""
