"""Pure: the worlds of the simulated nights: who answers what, and what a right crawler concludes.

The trouble is invented. Much of it has the shape of something that really happened to such a site, but
nothing here says how any of them fares today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crawler.demo import plots
from crawler.demo.pages import PAGES, Words
from crawler.demo.plots import Expectation, Plot, Scene
from crawler.demo.sites import Fault, Reply, Site, host_of, notice, robots
from crawler.model import Reason, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The made-up web of one night."""

    name: str
    date: datetime
    sites: Mapping[str, Site]
    """By host name; a name that is not here does not exist."""
    resources: tuple[Resource, ...]
    """The list as its maintainer has it that night."""
    expected: Mapping[int, Expectation]
    """By number of the resource."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One resource, and how it is played on some nights; on all others it is alive."""

    number: int
    nights: frozenset[int]
    plot: Plot


def _on(number: int, nights: str, plot: Plot) -> Episode:
    """An episode; `nights` are their digits."""
    return Episode(number, frozenset(map(int, nights)), plot)


EPISODES: tuple[Episode, ...] = (
    _on(5, "45", plots.moved("https://www.coursera.org/specializations/full-stack-web-react")),
    _on(8, "2345", plots.says(title="Welcome to Flask — Flask Documentation (3.2.x)")),
    _on(9, "12345", plots.redirected("https://docs.djangoproject.com/en/6.1/")),
    _on(10, "12345", plots.moved("https://fullstackpython.com/", Reason.TRIVIAL_REDIRECT)),
    _on(12, "2345", plots.says(title="Eloquent JavaScript, 4th edition")),
    _on(13, "12345", plots.refreshed("https://expressjs.com/en/")),
    _on(14, "2345", plots.hijacked),
    _on(16, "1235", plots.slow(0.6)),
    _on(16, "4", plots.breaks(Fault.STALL, Reason.READ_TIMEOUT)),
    _on(17, "12345", plots.answers(403, Reason.FORBIDDEN)),
    _on(21, "2345", plots.parked),
    _on(23, "12345", plots.says(title="Page not found: how to document the errors of an API")),
    _on(24, "12345", plots.moved("https://docs.rapidapi.com/")),
    _on(25, "12345", plots.signs_in("https://academy.postman.com/login")),
    _on(26, "2345", plots.says(title="Docker: get started from scratch | Docker Docs")),
    _on(29, "45", plots.moved("https://circleci.com/docs/guides/getting-started/first-steps/")),
    _on(30, "1", plots.redirected("https://docs.ansible.com/projects/ansible/13/")),
    _on(
        35,
        "45",
        plots.says(description="Deploy with Git, scale with a slider, and read the guides."),
    ),
    _on(39, "2345", plots.moved("https://go.dev/learn/")),
    _on(42, "2345", plots.sends_home),
    _on(45, "2345", plots.apologises),
    _on(46, "23", plots.answers(500, Reason.HTTP_5XX)),
    _on(51, "123", plots.down),
    _on(
        52,
        "2345",
        plots.says(description="A JavaScript test framework for every browser and every runtime."),
    ),
    _on(54, "2345", plots.shrugs),
    _on(57, "2345", plots.answers(404, Reason.HTTP_404)),
    _on(58, "23", plots.breaks(Fault.CLOSE, Reason.CONNECTION_RESET)),
    _on(65, "123", plots.answers(404, Reason.HTTP_404)),
    _on(65, "45", plots.says(title="GitHub Skills | Learn GitHub by doing")),
    _on(
        69,
        "2345",
        plots.says(
            title="Sentry Docs | Error Tracking and Tracing",
            description="Errors, traces, replays and logs in one place: how to send and read them.",
        ),
    ),
    _on(72, "1", plots.answers(503, Reason.HTTP_5XX)),
    _on(74, "123", plots.expired),
    _on(
        82,
        "12345",
        plots.moved("https://www.apollographql.com/docs/apollo-server/", Reason.TRIVIAL_REDIRECT),
    ),
    _on(83, "12345", plots.gone),
    _on(84, "45", plots.says(title="Relay: the GraphQL client for React")),
    _on(86, "12345", plots.challenges),
    _on(87, "2345", plots.answers(403, Reason.FORBIDDEN)),
    _on(90, "2345", plots.moved("https://www.educative.io/courses/data-structures-in-python")),
    _on(
        93,
        "12345",
        plots.moved(
            "https://www.heroku.com/pricing/",
            new_words=Words("Pricing | Heroku", "Dynos, data services and support, by the month."),
        ),
    ),
    _on(94, "12345", plots.answers(410, Reason.HTTP_410)),
    _on(96, "12345", plots.challenges),
    _on(97, "12345", plots.forbids_robots),
    _on(98, "12345", plots.limited),
    _on(99, "2345", plots.moved("https://hashnode.com/n/backend")),
    _on(100, "23", plots.breaks(Fault.RESET, Reason.CONNECTION_RESET)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the maintainer did to one row of the list."""

    number: int
    row: Resource | None
    """The row as it is from then on: new, or changed; None when it was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night of the story."""

    name: str
    date: datetime
    edits: tuple[Edit, ...] = ()
    """Of the day before."""


STORY: tuple[Night, ...] = (
    Night(name="a first look", date=datetime(2026, 11, 2, 3, 17, tzinfo=UTC)),
    Night(name="things break, move and change", date=datetime(2026, 11, 3, 3, 17, tzinfo=UTC)),
    Night(name="the web as the night before", date=datetime(2026, 11, 4, 3, 17, tzinfo=UTC)),
    Night(
        name="some recover, and the list was edited",
        date=datetime(2026, 11, 5, 3, 17, tzinfo=UTC),
        edits=(
            Edit(
                number=65,
                row=Resource(
                    key="65",
                    number=65,
                    category="Git & Version Control",
                    title="GitHub Learning Lab",
                    url="https://learn.github.com/skills",
                ),
            ),
            Edit(number=94, row=None),
            Edit(
                number=101,
                row=Resource(
                    key="101",
                    number=101,
                    category="APIs & Web Services",
                    title="HTTP - MDN Web Docs",
                    url="https://developer.mozilla.org/en-US/docs/Web/HTTP",
                ),
            ),
        ),
    ),
    Night(name="one more recovers", date=datetime(2026, 11, 6, 3, 17, tzinfo=UTC)),
)

CANARIES = ("https://example.com/", "https://www.iana.org/", "https://www.wikipedia.org/")
"""Addresses that answer every night, for telling a dead list from a dead network."""


def build(resources: Sequence[Resource], night: int) -> World:
    """The world of a night of the story, counted from 1.

    `resources` is the list as it was before the first night; the edits of the nights up to this one
    are applied to it.
    """
    listed = tuple(resources)
    for past in STORY[:night]:
        listed = edited(listed, past.edits)
    played = {episode.number: episode.plot for episode in EPISODES if night in episode.nights}
    return staged(STORY[night - 1], listed, played)


def plain_world(resources: Sequence[Resource]) -> World:
    """A world on the story's first date in which every page is alive and answers at once."""
    return staged(replace(STORY[0], name="all is well"), resources, {})


def edited(resources: Sequence[Resource], edits: Iterable[Edit]) -> tuple[Resource, ...]:
    """The list after its maintainer's edits; new rows stand at its end."""
    rows = {resource.number: resource for resource in resources}
    for edit in edits:
        if edit.row is None:
            del rows[edit.number]
        else:
            rows[edit.number] = edit.row
    return tuple(rows.values())


def staged(night: Night, resources: Sequence[Resource], played: Mapping[int, Plot]) -> World:
    """The world in which some resources are played by a plot, and all others are alive."""
    scenes: dict[int, Scene] = {}
    for resource in resources:
        number = resource.number or 0
        words = PAGES.get(number, Words(resource.title, resource.title))
        scenes[number] = played.get(number, plots.alive)(resource, words)
    return World(
        name=night.name,
        date=night.date,
        sites=_sites(scenes.values()),
        resources=tuple(resources),
        expected={number: scene.expected for number, scene in scenes.items()},
    )


def _hosts(scenes: Iterable[Scene]) -> frozenset[str]:
    """The hosts on which the scenes are played."""
    return frozenset(host_of(url) for scene in scenes for url in scene.replies)


def _sites(scenes: Collection[Scene]) -> dict[str, Site]:
    """The sites on which the scenes are played, and the canaries', by host."""
    gone = _hosts(scene for scene in scenes if scene.gone)
    down = _hosts(scene for scene in scenes if scene.down)
    expired = _hosts(scene for scene in scenes if scene.expired)
    missing = {host_of(url): s.missing for s in scenes if s.missing for url in s.replies}
    replies: dict[str, dict[str, tuple[Reply, ...]]] = {}
    for scene in scenes:
        for url, answers in scene.replies.items():
            replies.setdefault(host_of(url), {})[url] = answers
    for url in CANARIES:
        replies[host_of(url)] = {url: (notice(host_of(url), 200, title=host_of(url)),)}
    return {
        host: Site(
            replies=_with_robots(host, own),
            missing=missing.get(host) or notice(host, 404),
            down=host in down,
            expired=host in expired,
        )
        for host, own in replies.items()
        if host not in gone
    }


def _with_robots(
    host: str, replies: Mapping[str, tuple[Reply, ...]]
) -> dict[str, tuple[Reply, ...]]:
    """A host's replies with a robots.txt that allows the pages, where they bring none.

    One host in three has none.
    """
    if len(host) % 3 == 0:
        return dict(replies)
    usual = robots("User-agent: *\nDisallow: /search\nDisallow: /admin/\n")
    return {f"https://{host}/robots.txt": (usual,), **replies}
