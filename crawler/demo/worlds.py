"""IO: the made-up web of each night: which host answers what, and what a correct crawler concludes.

The trouble is invented. Much of it has the shape of something that really happened to such a site, but
nothing here says how any of them is today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.demo import scenarios
from crawler.demo.page_replies import host_of, notice, robots
from crawler.demo.page_words import PageWords, page_words
from crawler.demo.replies import Behaviour, Then
from crawler.demo.scenarios import Expectation, MakeScenario, Scenario
from crawler.demo.web import Port, Site
from crawler.model import Reason, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The made-up web of one night, and the list that is checked against it."""

    name: str
    date: datetime
    sites: Mapping[str, Site]
    """By host name; a name that is not here does not exist."""
    resources: tuple[Resource, ...]
    """The list as its maintainer has it that night."""
    expected: Mapping[int, Expectation]
    """By number of the resource."""


SCENARIOS: tuple[tuple[int, str, MakeScenario], ...] = (
    (5, "45", scenarios.moved("https://www.coursera.org/specializations/full-stack-web-react")),
    (8, "2345", scenarios.rewritten(title="Welcome to Flask — Flask Documentation (3.2.x)")),
    (9, "12345", scenarios.temporarily_elsewhere("https://docs.djangoproject.com/en/6.1/")),
    (10, "12345", scenarios.moved("https://fullstackpython.com/", Reason.TRIVIAL_REDIRECT)),
    (12, "2345", scenarios.rewritten(title="Eloquent JavaScript, 4th edition")),
    (13, "12345", scenarios.moved_by_refresh("https://expressjs.com/en/")),
    (14, "2345", scenarios.replaced),
    (16, "1235", scenarios.slow(0.6)),
    (16, "4", scenarios.no_reply(Then.HANG, Reason.READ_TIMEOUT)),
    (17, "12345", scenarios.answers(403, Reason.FORBIDDEN)),
    (21, "2345", scenarios.parked),
    (
        23,
        "12345",
        scenarios.rewritten(title="Page not found: how to document the errors of an API"),
    ),
    (24, "12345", scenarios.moved("https://docs.rapidapi.com/")),
    (25, "12345", scenarios.login_required("https://academy.postman.com/login")),
    (26, "2345", scenarios.rewritten(title="Docker: get started from scratch | Docker Docs")),
    (29, "45", scenarios.moved("https://circleci.com/docs/guides/getting-started/first-steps/")),
    (30, "1", scenarios.temporarily_elsewhere("https://docs.ansible.com/projects/ansible/13/")),
    (
        35,
        "45",
        scenarios.rewritten(
            description="Deploy with Git, scale with a slider, and read the guides."
        ),
    ),
    (39, "2345", scenarios.moved("https://go.dev/learn/")),
    (42, "2345", scenarios.redirected_to_home),
    (
        45,
        "2345",
        scenarios.found_by_link(
            scenarios.redirected_to_error_page, "https://auth0.com/docs/secure/apis"
        ),
    ),
    (46, "23", scenarios.answers(500, Reason.HTTP_5XX)),
    (
        50,
        "45",
        scenarios.rewritten(
            description="Where to read about scalable systems. This repository has been archived by the owner."
        ),
    ),
    (51, "123", scenarios.connection_refused),
    (
        52,
        "2345",
        scenarios.rewritten(
            description="A JavaScript test framework for every browser and every runtime."
        ),
    ),
    (
        54,
        "2345",
        scenarios.found_in_sitemap(
            scenarios.soft_404, "https://learning.postman.com/docs/test-and-debug/api-tests/"
        ),
    ),
    (57, "2345", scenarios.answers(404, Reason.HTTP_404)),
    (58, "23", scenarios.no_reply(Then.CLOSE, Reason.CONNECTION_RESET)),
    (65, "123", scenarios.answers(404, Reason.HTTP_404)),
    (65, "45", scenarios.rewritten(title="GitHub Skills | Learn GitHub by doing")),
    (
        69,
        "2345",
        scenarios.rewritten(
            title="Sentry Docs | Error Tracking and Tracing",
            description="Errors, traces, replays and logs in one place: how to send and read them.",
        ),
    ),
    (72, "1", scenarios.answers(503, Reason.HTTP_5XX)),
    (74, "123", scenarios.tls_expired),
    (
        82,
        "12345",
        scenarios.moved(
            "https://www.apollographql.com/docs/apollo-server/", Reason.TRIVIAL_REDIRECT
        ),
    ),
    (83, "12345", scenarios.dns_not_found),
    (84, "45", scenarios.rewritten(title="Relay: the GraphQL client for React")),
    (86, "12345", scenarios.bot_challenge),
    (87, "2345", scenarios.answers(403, Reason.FORBIDDEN)),
    (90, "2345", scenarios.moved("https://www.educative.io/courses/data-structures-in-python")),
    (
        93,
        "12345",
        scenarios.moved(
            "https://www.heroku.com/pricing/",
            new_words=PageWords(
                "Pricing | Heroku", "Dynos, data services and support, by the month."
            ),
        ),
    ),
    (94, "12345", scenarios.answers(410, Reason.HTTP_410)),
    (96, "12345", scenarios.bot_challenge),
    (97, "12345", scenarios.robots_disallowed),
    (98, "12345", scenarios.rate_limited),
    (99, "2345", scenarios.moved("https://hashnode.com/n/backend")),
    (100, "23", scenarios.no_reply(Then.RESET, Reason.CONNECTION_RESET)),
)
"""Number of a resource, the nights as digits, and its scenario then; all other pages are alive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedNight:
    """One night of the story."""

    name: str
    date: datetime
    edits: Mapping[int, Resource | None] = field(default_factory=dict)
    """Rows of the list, by number, as they are from then on: new, changed, or None when removed."""


_FIRST = datetime(2026, 11, 2, 3, 17, tzinfo=UTC)
_EDITS = {
    65: Resource(
        key="65",
        number=65,
        category="Git & Version Control",
        title="GitHub Learning Lab",
        url="https://learn.github.com/skills",
    ),
    94: None,
    101: Resource(
        key="101",
        number=101,
        category="APIs & Web Services",
        title="HTTP - MDN Web Docs",
        url="https://developer.mozilla.org/en-US/docs/Web/HTTP",
    ),
}
STORY = (
    ScriptedNight(name="a first look", date=_FIRST),
    ScriptedNight(name="things break, move and change", date=_FIRST + timedelta(days=1)),
    ScriptedNight(name="the web as the night before", date=_FIRST + timedelta(days=2)),
    ScriptedNight(
        name="some recover, and the list was edited",
        date=_FIRST + timedelta(days=3),
        edits=_EDITS,
    ),
    ScriptedNight(name="one more recovers", date=_FIRST + timedelta(days=4)),
)

CANARIES = ("https://example.com/", "https://www.iana.org/", "https://www.wikipedia.org/")
"""URLs that answer every night, to tell a dead list from a dead network."""


def world_of(resources: Sequence[Resource], night: int) -> World:
    """The world of a night of the story, counted from 1.

    `resources` is the list before the first night; the edits up to this night are applied to it.
    """
    listed = tuple(resources)
    for past in STORY[:night]:
        listed = edited(listed, past.edits)
    makers = {number: make for number, nights, make in SCENARIOS if str(night) in nights}
    return build_world(STORY[night - 1], listed, makers)


def plain_world(resources: Sequence[Resource]) -> World:
    """A world on the story's first date in which every page is alive and answers at once."""
    return build_world(replace(STORY[0], name="all is well"), resources, {})


def edited(
    resources: Sequence[Resource], edits: Mapping[int, Resource | None]
) -> tuple[Resource, ...]:
    """The list after its maintainer's edits; new rows stand at its end."""
    rows = {**{resource.number or 0: resource for resource in resources}, **edits}
    return tuple(row for row in rows.values() if row is not None)


def build_world(
    night: ScriptedNight, resources: Sequence[Resource], makers: Mapping[int, MakeScenario]
) -> World:
    """The world in which the resources with these numbers have a scenario; others are alive."""
    made = {resource.number or 0: _scenario(resource, makers) for resource in resources}
    return World(
        name=night.name,
        date=night.date,
        sites=_sites(tuple(made.values())),
        resources=tuple(resources),
        expected={number: scenario.expected for number, scenario in made.items()},
    )


def _scenario(resource: Resource, makers: Mapping[int, MakeScenario]) -> Scenario:
    number = resource.number or 0
    words = page_words().get(number, PageWords(resource.title, resource.title))
    return makers.get(number, scenarios.alive)(resource, words)


def _sites(made: Sequence[Scenario]) -> dict[str, Site]:
    """The sites of the scenarios, and the canaries', by host."""
    by_host: dict[str, list[Scenario]] = {}
    for scenario in made:
        for host in dict.fromkeys(map(host_of, scenario.pages)):
            by_host.setdefault(host, []).append(scenario)
    sites = {
        host: _site(host, own)
        for host, own in by_host.items()
        if not any(scenario.unknown_host for scenario in own)
    }
    canaries = map(host_of, CANARIES)
    return sites | {host: _canary(host) for host in canaries}


def _site(host: str, made: Sequence[Scenario]) -> Site:
    """A host with the pages that its scenarios have there."""
    start = f"https://{host}"
    return Site(
        pages=_robots(host)
        | {
            url.removeprefix(start): replies
            for scenario in made
            for url, replies in scenario.pages.items()
            if host_of(url) == host
        },
        unknown=next((s.unknown for s in made if s.unknown), notice(host, 404)),
        port=next((s.port for s in made if s.port is not Port.OPEN), Port.OPEN),
        certificate=next((s.certificate for s in made if s.certificate), None),
    )


def _canary(host: str) -> Site:
    page = notice(host, 200, title=host)
    return Site(pages=_robots(host) | {"/": page}, unknown=notice(host, 404))


def _robots(host: str) -> dict[str, Behaviour]:
    """A robots.txt that allows the pages; one host in three has none."""
    if len(host) % 3 == 0:
        return {}
    return {"/robots.txt": robots("User-agent: *\nDisallow: /search\nDisallow: /admin/\n")}
