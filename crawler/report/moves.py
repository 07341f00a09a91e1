"""Pure: how far the new address of a moved link is from the listed one."""

from crawler import urls
from crawler.model import Reason, Reported
from crawler.report.findings import web_address
from crawler.report.wording.page_words import TaskKind

_SMALL = frozenset({Reason.HTTPS_UPGRADE, Reason.TRIVIAL_REDIRECT})


def distance(reported: Reported | None, listed_url: str) -> TaskKind:
    """The kind of task that it is to take the new address over."""
    if reported and reported.judgement.reason in _SMALL:
        return TaskKind.SPELLING
    old = web_address(listed_url)
    new = web_address(reported.judgement.suggested_url) if reported else None
    if old and new and urls.host(old) == urls.host(new):
        return TaskKind.SAME_HOST
    return TaskKind.OTHER_HOST
