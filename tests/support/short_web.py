"""Five resources of the packaged list, and the web behind them."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.demo.sites import Fault
from crawler.demo.worlds import World, plain_world
from tests.support.demo_list import listed

NIGHT = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
FEW = listed()[43:48]


def stalling_world() -> World:
    """One page never answers, the others do."""
    world = plain_world(FEW)
    sites = dict(world.sites)
    site = sites["martinfowler.com"]
    stalled = {
        uri: tuple(replace(reply, fault=Fault.STALL) for reply in replies)
        for uri, replies in site.replies.items()
        if not uri.endswith("robots.txt")
    }
    sites["martinfowler.com"] = replace(site, replies={**site.replies, **stalled})
    return replace(world, sites=sites)
