"""Pure: how far a listed title agrees with the page that answered, as the rules would see its title."""

from urllib.parse import urlsplit

from benchmarks.real_pages.nights import Outcome
from crawler.judge.titles import Title, share_no_word


def agreement_of(outcome: Outcome) -> str:
    """Whether the two titles share a word; empty where one of them is missing."""
    if not outcome.has_title or not outcome.page_title:
        return ""
    host = urlsplit(outcome.row.url).hostname or ""
    listed, shown = Title(outcome.row.link.title, host), Title(outcome.page_title, host)
    return "no word in common" if share_no_word(listed, shown) else "common words"
