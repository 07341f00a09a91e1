"""What a crawl and its shards are given in a test."""

from dataclasses import replace
from typing import Any

from crawler.config import Settings
from crawler.crawl import Surroundings
from crawler.crawl.kept_checks import KeptChecks
from crawler.crawl.shard_jobs import ShardJob
from tests.support.builders import NOW


def make_surroundings(**given: Any) -> Surroundings:
    """Surroundings that keep checks in memory, at `NOW`."""
    kept = KeptChecks()
    usual: dict[str, Any] = {
        "clock": lambda: NOW,
        "keep": kept.keep,
        "read_back": kept.read_back,
        "listen": lambda progress: None,
        "version": "1.2.3",
    }
    return Surroundings(**usual | given)


def make_job(**changes: Any) -> ShardJob:
    """The job of a shard without lanes, which has ten seconds."""
    job = ShardJob(
        lanes=(),
        settings=Settings(),
        version="1.2.3",
        now=NOW,
        monotonic_now=0.0,
        deadline=10.0,
        robots_files={},
        profiles={},
        tokens=("one", "two"),
    )
    return replace(job, **changes)
