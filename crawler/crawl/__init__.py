"""IO: carries out a plan: shards look at the targets, and a coordinator collects their checks."""

from crawler.config import Settings
from crawler.crawl.coordinator import Coordinator
from crawler.crawl.messages import Fault
from crawler.crawl.surroundings import Clock, CrawlResult, Progress, Surroundings
from crawler.errors import CrawlerError, first_error
from crawler.model import Plan

__all__ = ["Clock", "CrawlResult", "Fault", "Progress", "Surroundings", "crawl"]


async def crawl(plan: Plan, settings: Settings, surroundings: Surroundings) -> CrawlResult:
    """A check for every resource of the plan, within the run's budget.

    When the budget ends, targets without an answer are `out_of_budget`. When the surroundings' `stop`
    is set, they get no check; when the crawl is cancelled, the checks that have ended are stored first.

    Raises:
        CrawlerError: what `keep` raised; the crawl stops at once.

    """
    try:
        return await Coordinator(plan, settings, surroundings).run()
    except ExceptionGroup as group:
        error = first_error(group)
        if isinstance(error, CrawlerError):
            raise error from None
        raise
