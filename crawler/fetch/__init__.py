"""IO: pages and robots.txt files, requested over HTTP: a `Fetch` for every target, whatever happens."""

from crawler.fetch import lean_httpx  # noqa: F401  (before anything that imports httpx)
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.endpoints import Resolver
from crawler.fetch.fetcher import Fetcher, RawFetch, RobotsAnswer, Sleep
from crawler.fetch.lateness import Lateness
from crawler.fetch.request_rules import Gate, Refusal
from crawler.fetch.sender import Turns
from crawler.fetch.transport import Transport

__all__ = [
    "AttemptBudget",
    "Fetcher",
    "Gate",
    "Lateness",
    "RawFetch",
    "Refusal",
    "Resolver",
    "RobotsAnswer",
    "Sleep",
    "Transport",
    "Turns",
]
