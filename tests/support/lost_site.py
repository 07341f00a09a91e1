"""A site on loopback that lost pages, and the search for them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.demo.replies import Reply, Request
from crawler.demo.server import Server, replying
from crawler.extract import read
from crawler.model import LastGood, Record
from crawler.search import Found, Surroundings, search
from tests.support.builders import NOW, make_resource
from tests.support.fetching import make_settings, no_wait, to_loopback
from tests.support.loopback import page

HOST = "http://docs.test"
MISSING = page(b"<title>Not found</title><h1>Not found</h1>", status="404 Not Found")
_SUBJECTS = ("ballot", "candle", "dragon", "engine", "falcon", "garden", "harbour", "island")


def text_about(subject: str, sentences: int = 40) -> str:
    """A text of its own for each subject, a paragraph for each sentence."""
    return "".join(
        f"<p>The {subject} number {n} is {_SUBJECTS[n % 8]} {subject} {n * 7} of {_SUBJECTS[n % 5]}.</p>"
        for n in range(sentences)
    )


def document(title: str, content: str = "", links: Mapping[str, str] | None = None) -> bytes:
    """A page with a heading, a text, and links by URL in its navigation."""
    listed = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in (links or {}).items())
    return (
        f"<html><head><title>{title} - Manual</title></head><body><nav><ul>{listed}</ul></nav>"
        f"<h1>{title}</h1>{content}<footer>Made with love by everybody of the manual</footer></body></html>"
    ).encode()


def lost(
    path: str, title: str = "", content: bytes = b"", *, number: int = 1, host: str = HOST
) -> Record:
    """A resource that was good, when there is content, and is gone."""
    url = host + path
    good = LastGood(page=read(content, url, "text/html"), url=url) if content else None
    return Record(resource=make_resource(url, number=number, title=title), last_good=good)


@dataclass
class LostSite:
    """Answers by path, or by host and path, and with 404 for all others."""

    answers: Mapping[str, bytes]
    asked: list[str] = field(default_factory=list)
    """Host and path of every request."""

    def respond(self, request: Request) -> Reply:
        self.asked.append(request.host + request.path)
        own = self.answers.get(request.host + request.path)
        return Reply(raw=(own or self.answers.get(request.path, MISSING),))

    def search(
        self,
        *wanted: Record,
        fetch: Mapping[str, Any] | None = None,
        only_hosts: Sequence[str] = (),
        **around: Any,
    ) -> Sequence[Found]:
        """What the search finds for these resources; all hosts are here, or only some."""
        settings = make_settings(**{"host_delay": 0, **(fetch or {})})

        async def story() -> Sequence[Found]:
            async with Server(replying(self.respond)) as server:
                hosts = [f"{host}:80" for host in only_hosts] or ["*"]
                everywhere = tuple((host, server.authority) for host in hosts)
                there = replace(settings, fetch=replace(settings.fetch, resolve=everywhere))
                return await search(wanted, there, make_around(**around))

        return asyncio.run(story())


def make_around(**given: Any) -> Surroundings:
    """What a search needs: a fixed clock, loopback, a minute."""
    chosen = {
        "clock": lambda: NOW,
        "version": "1.2.3",
        "seconds": 60.0,
        "resolver": to_loopback,
        "sleep": no_wait,
        **given,
    }
    return Surroundings(**chosen)
