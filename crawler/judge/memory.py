"""Pure: what is kept of a page, so that it can be judged again, and compared with a later one."""

from dataclasses import replace

from crawler import fingerprint, urls
from crawler.model import SEEN_CHARACTERS, Facts, LastGood, Page, Past, Verdict

LIVING = frozenset({Verdict.OK, Verdict.MOVED})


def past_of(last_good: LastGood, page: Page, facts: Facts) -> Past | None:
    """The last good page, when title or registrable domain are not what they were.

    `page` and `facts` are what there is now.
    """
    if not facts.exchanges:
        return None
    before = last_good.page
    domain = _domain(facts.exchanges[-1].target_uri)
    known = _domain(last_good.uri) if last_good.uri else domain
    if name(before) == name(page) and known == domain:
        return None
    return Past(
        title=before.title.value if before.title else "",
        domain=known,
        likeness=fingerprint.likeness(last_good.text(), page.text),
    )


def seen_of(page: Page | None, verdict: Verdict) -> Page | None:
    """What the facts keep of a page that was not taken for the resource; None for a living one."""
    if page is None or verdict in LIVING:
        return None
    if verdict is Verdict.BLOCKED:
        return Page(
            kind=page.kind, word_count=page.word_count, scripts=page.scripts, marks=page.marks
        )
    return replace(page, text=page.text[:SEEN_CHARACTERS])


def name(page: Page) -> str:
    """What the page calls itself, without what changes by itself."""
    return masked(page.title.value) if page.title else ""


def masked(title: str) -> str:
    """The title likewise."""
    return fingerprint.masked(title).casefold()


def _domain(uri: str) -> str:
    return urls.registrable_domain(urls.host(uri))
