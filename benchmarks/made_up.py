"""IO: the made-up web of the demo in a process of its own, with answers that take their time."""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from benchmarks.server import seconds
from crawler import resources
from crawler.demo import LIST_NAME, list_lines
from crawler.demo.sites import Reply, host_of
from crawler.demo.web import Web
from crawler.demo.worlds import World, plain_world

STRETCH = 6.0
"""Times the seconds of the other servers: a median of 1.2 s, as pages far away take."""


def world() -> World:
    """All 100 resources alive, each page answering after its own time."""
    plain = plain_world(resources.parse(list_lines(), LIST_NAME).resources)
    sites = {
        host: replace(site, replies=_slowed(site.replies)) for host, site in plain.sites.items()
    }
    return replace(plain, sites=sites)


def slowest_chain(played: World) -> float:
    """Seconds that the pages of one host take one after the other, for the slowest host."""
    chains = defaultdict[str, float](float)
    for resource in played.resources:
        host = host_of(resource.url)
        chains[host] += played.sites[host].replies[resource.url][0].delay
    return max(chains.values())


def _slowed(replies: Mapping[str, Sequence[Reply]]) -> dict[str, tuple[Reply, ...]]:
    return {
        uri: tuple(replace(reply, delay=STRETCH * seconds("", uri)) for reply in answers)
        for uri, answers in replies.items()
    }


if __name__ == "__main__":
    with Web(world()) as web:
        print(json.dumps({"resolve": dict(web.resolve), "ca_bundle": web.ca_bundle}), flush=True)
        sys.stdin.read()  # until whoever started us closes it or ends
