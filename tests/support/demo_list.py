"""The packaged list as resources, and what else the tests of the made-up web share."""

from collections.abc import Mapping
from dataclasses import replace

from crawler import resources
from crawler.config import FetchSettings
from crawler.crawl import Progress
from crawler.demo import LIST_NAME, list_lines
from crawler.demo.web import Web
from crawler.model import Resource


def listed() -> tuple[Resource, ...]:
    return resources.parse(list_lines(), LIST_NAME).resources


def ignore_progress(_: Progress) -> None:
    """Ignores the progress of a run."""


def resolving_every_name(
    base: FetchSettings, web: Web, different: Mapping[str, float]
) -> FetchSettings:
    """The web's ports at each host's own name, so that every name is looked up."""
    resolve = tuple(
        (key, f"{key.rpartition(':')[0]}:{address.rpartition(':')[2]}")
        for key, address in web.resolve
    )
    quick = replace(base, resolve=resolve, attempts=1)
    return replace(quick, **different)  # type: ignore[arg-type]  # numbers all
