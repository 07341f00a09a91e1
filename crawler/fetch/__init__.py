"""IO: pages and robots.txt files, asked for over HTTP: a `Fetch` for every target, whatever happens."""

from crawler.fetch import lean  # noqa: F401  (before whatever imports httpx)
from crawler.fetch.allowance import Allowance
from crawler.fetch.chain import Gate, Refusal, Turns
from crawler.fetch.client import Fetcher, RobotsAnswer, Sleep
from crawler.fetch.lateness import Lateness
from crawler.fetch.network import Resolver

__all__ = [
    "Allowance",
    "Fetcher",
    "Gate",
    "Lateness",
    "Refusal",
    "Resolver",
    "RobotsAnswer",
    "Sleep",
    "Turns",
]
