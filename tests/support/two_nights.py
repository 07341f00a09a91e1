"""Two nights of the demonstration, however many shards there are."""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.config import CrawlSettings
from crawler.demo import LIST_NAME, demo_settings, list_lines, list_text
from crawler.demo.web import Web
from crawler.demo.worlds import world_of
from crawler.model import RunStatus
from crawler.resources import parse
from crawler.run import RunOptions, run
from tests.support.database import query


@dataclass(frozen=True)
class Names:
    """A resolver that pickles; it knows only these names."""

    names: frozenset[str]

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return ("127.0.0.1",)


_ROWS = """
select number, url, verdict, reason, warnings, checks.http_status, checks.final_url,
       checks.suggested_url, attempts, looks, runs.id, facts.hash, pages.title, pages.hash
from checks join resources on resources.id = checks.resource_id join runs on runs.id = checks.run_id
left join facts on facts.id = facts_id left join pages on pages.id = page_id
order by runs.id, number
"""


def two_nights(
    folder: Path, *, processes: int, cluster: str = ""
) -> tuple[dict[str, str], list[tuple[object, ...]]]:
    """The reports and checks of two nights of the demonstration."""
    folder.mkdir()
    listed = parse(list_lines(), LIST_NAME).resources
    worlds = [world_of(listed, night) for night in (1, 2)]
    with Web(worlds[0].sites) as web:
        for world in worlds:
            web.serve(world.sites)
            (folder / LIST_NAME).write_text(list_text(world.resources), encoding="utf-8")
            settings = demo_settings(folder, web)
            fetch = replace(settings.fetch, processes=processes)
            settings = replace(settings, fetch=fetch, crawl=CrawlSettings(cluster=cluster))
            resolver = Names(frozenset(world.sites) | {"127.0.0.1"})
            ran = run(settings, RunOptions(clock=_stopped(world.date), resolver=resolver))
            assert (ran.status, ran.faults) == (RunStatus.COMPLETE, ())
    rows = query(folder / "crawler.db", _ROWS)
    # index.html draws how fast each host answered.
    files = [p for p in (folder / "reports").rglob("*.*") if p.name != "index.html"]
    return {p.name: _read(p).replace(str(folder), "") for p in files}, rows


def _stopped(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _read(path: Path) -> str:
    """A report without what differs from run to run: the times of certificates, and durations."""
    text = re.sub(r"T\d\d:\d\d:\d\d(\.\d+)?", "T", path.read_text("utf-8"))
    return re.sub(r'"elapsed_ms": (\d+|null)|time="[\d.]+"', "", text)
