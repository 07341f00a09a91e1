"""IO: pages and robots.txt files, asked for over HTTP: a `Fetch` for every target, whatever happens."""

from crawler.fetch.chain import Gate, Turns
from crawler.fetch.client import Fetcher
from crawler.fetch.network import Resolver

__all__ = ["Fetcher", "Gate", "Resolver", "Turns"]
