"""IO: the plan, carried out: shards that look, and one that keeps what they say and watches over them."""

from crawler.config import Settings
from crawler.crawl.coordinator import Coordinator
from crawler.crawl.shard_jobs import Fault
from crawler.crawl.surroundings import Clock, Crawled, Listener, Progress, Surroundings
from crawler.errors import CrawlerError
from crawler.model import Plan

__all__ = ["Clock", "Crawled", "Fault", "Listener", "Progress", "Surroundings", "crawl"]


async def crawl(plan: Plan, settings: Settings, surroundings: Surroundings) -> Crawled:
    """Every resource of the plan, checked, within the run's budget.

    When the budget ends, what has no answer yet is `out_of_budget`. On cancellation the checks that
    have ended are kept before the cancellation goes on.

    Raises:
        CrawlerError: what `keep` raised; the crawl stops at once.

    """
    try:
        return await Coordinator(plan, settings, surroundings).run()
    except ExceptionGroup as group:
        error = _first(group)
        if isinstance(error, CrawlerError):
            raise error from None
        raise


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """One of our own exceptions, however deep in the group; any other when there is none."""
    error: Exception = group.subgroup(CrawlerError) or group
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
