"""IO: pages and robots.txt files, asked for over HTTP: a `Fetch` for every target, whatever happens."""

from crawler.fetch import lean_httpx  # noqa: F401  (before whatever imports httpx)
from crawler.fetch.attempt_budget import AttemptBudget
from crawler.fetch.chain import Gate, Refusal, Turns
from crawler.fetch.client import Fetcher, RobotsAnswer, Sleep
from crawler.fetch.endpoints import Resolver
from crawler.fetch.lateness import Lateness

__all__ = [
    "AttemptBudget",
    "Fetcher",
    "Gate",
    "Lateness",
    "Refusal",
    "Resolver",
    "RobotsAnswer",
    "Sleep",
    "Turns",
]
