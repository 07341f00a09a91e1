"""Five resources of the packaged list, and a made-up web for them."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.demo.replies import Reply, Then
from crawler.demo.worlds import World, plain_world
from tests.support.demo_list import listed

NIGHT = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
FEW = listed()[43:48]


def stalling_world() -> World:
    """One page never answers, the others do."""
    world = plain_world(FEW)
    sites = dict(world.sites)
    site = sites["martinfowler.com"]
    hanging = Reply(raw=(), then=Then.HANG)
    pages = {path: page if path == "/robots.txt" else hanging for path, page in site.pages.items()}
    sites["martinfowler.com"] = replace(site, pages=pages)
    return replace(world, sites=sites)
