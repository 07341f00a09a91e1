"""A list of links on a made-up site that is built anew, and the nights in which the crawler notices."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import Settings
from crawler.demo import demo_settings
from crawler.demo.replies import Reply, redirect
from crawler.demo.web import Site, Web
from crawler.run import RunOptions, RunResult, run
from tests.support.loopback import page
from tests.support.lost_site import document, text_about

HOST = "https://guide.test"
START = datetime(2026, 11, 21, 3, 17, tzinfo=UTC)
LIST = (
    "number,title,url\n"
    f"1,Practical Raft,{HOST}/docs/raft.html\n"
    f"2,Simple Paxos,{HOST}/paxos\n"
    f"3,Lost for good,{HOST}/docs/nothing.html\n"
    f"4,Home,{HOST}/\n"
)
RAFT_NOW = f"{HOST}/guide/agreement-with-raft"
PAXOS_NOW = f"{HOST}/guide/paxos"
CONFIRMED = 3
"""The night in which what broke in the second one is confirmed."""

RAFT = document("Practical Raft", text_about("raft"))
PAXOS = document("Simple Paxos", text_about("paxos"))
NOTHING = document("Lost for good", text_about("nothing"))
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>{RAFT_NOW}</loc></url><url><loc>{PAXOS_NOW}</loc></url></urlset>"
).encode()


def _reply(content: bytes) -> Reply:
    return Reply(raw=(page(content),))


FORBIDDEN = Reply(raw=(page(b"<title>Forbidden</title>", status="403 Forbidden"),))

OLD = Site(
    pages={
        "/": _reply(document("Home", text_about("home"))),
        "/docs/raft.html": _reply(RAFT),
        "/paxos": _reply(PAXOS),
        "/docs/nothing.html": _reply(NOTHING),
    }
)
NEW = Site(
    pages={
        "/": OLD.pages["/"],
        "/guide/agreement-with-raft": _reply(RAFT),
        "/guide/paxos": _reply(PAXOS),
        "/paxos": redirect(PAXOS_NOW),
        "/sitemap.xml": _reply(SITEMAP),
    }
)


@dataclass
class MovedSite:
    """The site, and the folder with list, database and reports."""

    web: Web
    folder: Path
    site: Site = NEW
    """As it is from the second night on."""
    options: RunOptions = field(default_factory=RunOptions)
    night: int = 0
    """That was crawled last."""
    start: datetime = START
    list_name: str = "resources.csv"

    @property
    def list(self) -> Path:
        return self.folder / self.list_name

    @property
    def settings(self) -> Settings:
        """As the command line makes them in the folder, with the made-up web."""
        made = demo_settings(self.folder, self.web)
        return replace(made, resources=(self.list_name,), database="crawler.db", reports="reports")

    @property
    def now(self) -> datetime:
        return self.start + timedelta(days=self.night - 1)

    def clock(self) -> datetime:
        return self.now

    def crawl(self) -> RunResult:
        """The next night."""
        self.night += 1
        self.web.serve({"guide.test": OLD if self.night == 1 else self.site})
        options = replace(self.options, clock=self.clock, resolver=self.web.resolver)
        return run(self.settings, options)

    def until_confirmed(self) -> "MovedSite":
        """The nights up to the one in which what is lost is confirmed."""
        while self.night < CONFIRMED:
            self.crawl()
        return self

    def report(self, name: str) -> str:
        return (self.folder / "reports" / name).read_text("utf-8")


@contextmanager
def moved_site(
    folder: Path, start: datetime = START, name: str = "resources.csv", text: str = LIST
) -> Iterator[MovedSite]:
    """The site before its first night; runs are made in the folder, where the list is written."""
    (folder / name).write_bytes(text.encode())
    with Web({}) as web, contextlib.chdir(folder):
        yield MovedSite(web=web, folder=folder, start=start, list_name=name)
