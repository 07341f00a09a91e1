"""Pure: the kinds of noise that pages have: what stands there on a night, and how often it changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from tests.content_changes.sources import Half, digest_of
from tests.content_changes.vocabulary import (
    company,
    dice_of,
    name,
    offer,
    sentence,
    subject,
    title,
)

_FIRST = date(2026, 3, 1)


class Spot(StrEnum):
    """Where on a page noise stands."""

    TOP = "top"
    BOTTOM = "bottom"
    INSIDE = "inside"
    """At one place between any two lines."""
    ANYWHERE = "anywhere"
    """At another place each time."""
    WHOLE = "whole"
    """It changes the lines of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What the noise of one page draws from."""

    own: Random
    """The same on all nights of a page."""
    dice: Random
    """Another one for each step."""
    step: int
    """How often it has changed so far."""
    night: int

    @property
    def day(self) -> date:
        """The date of the night."""
        return _FIRST + timedelta(days=self.night)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of noise."""

    name: str
    lines: Callable[[Draw], list[str]]
    spots: tuple[Spot, ...] = (Spot.TOP, Spot.BOTTOM, Spot.INSIDE)
    every: tuple[int, int] = (1, 1)
    """Nights between two changes, at least and at most; one number is drawn for a page."""

    @property
    def is_slow(self) -> bool:
        """Whether it stays for days."""
        return self.every[1] > 1


def _date(draw: Draw) -> list[str]:
    form = draw.own.choice(("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a, %d %b %Y"))
    label = draw.own.choice(("Last updated", "Last modified:", "Page generated on", "Today is"))
    return [f"{label} {draw.day.strftime(form)}"]


def _ago(draw: Draw) -> list[str]:
    unit = draw.dice.choice(("minutes", "hours", "days"))
    return [f"{draw.own.choice(('Updated', 'Edited', 'Active'))} {draw.night + 2} {unit} ago"]


def _views(draw: Draw) -> list[str]:
    unit = draw.own.choice(("views", "downloads", "readers this week", "visits"))
    return [f"{draw.own.randint(900, 90_000) + 137 * draw.night:,} {unit}"]


def _request(draw: Draw) -> list[str]:
    label = draw.own.choice(("Request ID", "Trace:", "csrf-token", "Session"))
    return [f"{label} {draw.dice.getrandbits(64):016x}"]


def _served(draw: Draw) -> list[str]:
    return [f"Served by web-{draw.dice.randint(1, 9)} in 0.{draw.dice.randint(100, 999)} s"]


def _online(draw: Draw) -> list[str]:
    dice = draw.dice
    return [f"There are {dice.randint(2, 40)} members and {dice.randint(50, 400)} guests online."]


def _labelled_advert(draw: Draw) -> list[str]:
    label = draw.own.choice(("Advertisement", "Sponsored", "Ad"))
    pool = [offer(draw.own) for _ in range(12)]
    return [label, draw.dice.choice(pool)]


def _bare_advert(draw: Draw) -> list[str]:
    pool = [offer(draw.own) for _ in range(40)]
    return [draw.dice.choice(pool)]


def _related(draw: Draw) -> list[str]:
    label = draw.own.choice(
        ("Related", "You may also like", "See also on our blog", "Keep reading")
    )
    pool = [title(draw.own) for _ in range(30)]
    return [label, *draw.dice.sample(pool, 4)]


def _trending(draw: Draw) -> list[str]:
    label = draw.own.choice(("Trending", "Hot this week", "Most read", "Popular with readers"))
    return [label, *(title(draw.dice) for _ in range(5))]


def _quote(draw: Draw) -> list[str]:
    return [f"“{sentence(draw.dice)}” — {name(draw.dice)}"]


def _tip(draw: Draw) -> list[str]:
    label = draw.own.choice(("Tip: ", "Did you know? ", "Fortune: ", ""))
    pool = [sentence(draw.own) for _ in range(10)]
    return [label + draw.dice.choice(pool)]


def _shuffled_list(draw: Draw) -> list[str]:
    pool = [title(draw.own) for _ in range(6)]
    draw.dice.shuffle(pool)
    return pool


def _shuffled_tags(draw: Draw) -> list[str]:
    pool = draw.own.sample(("python", "go", "web", "cli", "css", "sql", "maps", "games"), 6)
    draw.dice.shuffle(pool)
    return [draw.own.choice((", ", " · ", " | ")).join(pool)]


def _hero(draw: Draw) -> list[str]:
    variants = [(title(draw.own), sentence(draw.own)) for _ in range(2)]
    return list(draw.dice.choice(variants))


def _button(draw: Draw) -> list[str]:
    return [draw.dice.choice(("Get started", "Try it now", "Read the guide"))]


def _consent(draw: Draw) -> list[str]:
    texts = (
        "We use cookies to understand how you use our site. Accept all or change your settings.",
        "This website stores data such as cookies to enable essential functionality. Agree",
        "Your privacy matters. Manage preferences",
    )
    return [draw.own.choice(texts)] if draw.dice.random() < 0.5 else []


def _numbers(draw: Draw) -> list[str]:
    number = f"{draw.own.randint(10**6, 10**7):,}.{draw.own.randint(1, 9)}"
    german = number.translate(str.maketrans(",.", ".,"))
    form = draw.dice.choice(
        (number, german, german.replace(".", "\u202f"), german.replace(".", " "))
    )
    return [
        f"{draw.own.choice(('Total distance:', 'Rows indexed:', 'Balance of the fund:'))} {form}"
    ]


def _local_date(draw: Draw) -> list[str]:
    forms = (
        "28 Nov 2026",
        "28. November 2026",
        "28 novembre 2026",
        "November 28, 2026",
        "28/11/2026",
    )
    return [
        f"{draw.own.choice(('Published', 'First released', 'Since'))} {draw.dice.choice(forms)}"
    ]


def _typography(draw: Draw) -> list[str]:
    return ["\u2019" if draw.dice.random() < 0.5 else "'"]


def _testimonial(draw: Draw) -> list[str]:
    pool = [" ".join(sentence(draw.own) for _ in range(3)) for _ in range(6)]
    return [f"{draw.dice.choice(pool)} {name(draw.own)}, {company(draw.own)}"]


def _greeting(draw: Draw) -> list[str]:
    dice = draw.dice
    part, sky = (
        dice.choice(("morning", "evening", "night")),
        dice.choice(("rain", "sun", "fog", "snow")),
    )
    return [
        f"Good {part}! There is {sky} in {dice.choice(('Oslo', 'Lima', 'Kyoto'))}, {dice.randint(-9, 30)} °C."
    ]


def _poll(draw: Draw) -> list[str]:
    yes = draw.dice.randint(30, 70)
    return [f"Yes {yes} % · No {100 - yes} % ({draw.night * 31 + 200} votes)"]


def _countdown(draw: Draw) -> list[str]:
    return [f"Our sale ends in {41 - draw.night} days {draw.dice.randint(0, 23)} hours"]


def _late_box(draw: Draw) -> list[str]:
    box = ["Community", *(title(draw.own) for _ in range(4))]
    return box if draw.dice.random() < 0.8 else []


def _popup(draw: Draw) -> list[str]:
    texts = (
        "Subscribe to our newsletter and never miss an article.",
        "Join 12,000 developers who read our weekly letter.",
        "Before you go: get our handbook by mail.",
    )
    return [draw.dice.choice(texts)] if draw.dice.random() < 0.4 else []


def _stars(draw: Draw) -> list[str]:
    count = draw.own.randint(900, 9_000) + draw.night * 7
    return [draw.own.choice((f"★ {count / 1000:.1f}k", f"{count} stars", f"Star {count:,}"))]


def _weekly_sponsor(draw: Draw) -> list[str]:
    who = company(draw.dice)
    return [
        f"{draw.own.choice(('Sponsored by', 'Our sponsor:', 'Supported by'))} {who}",
        offer(draw.dice),
    ]


def _slot(draw: Draw) -> list[str]:
    return [
        f"{company(draw.dice)} builds {subject(draw.dice)} for teams that {sentence(draw.dice).lower()}"
    ]


def _events(draw: Draw) -> list[str]:
    titles = [title(dice_of(f"{draw.own.random()} {n}")) for n in range(60)]
    return [
        draw.own.choice(("Events", "Meet us", "Upcoming talks")),
        *titles[draw.step : draw.step + 4],
    ]


def _recent(draw: Draw) -> list[str]:
    titles = [title(dice_of(f"{draw.own.random()} {n}")) for n in range(60)]
    shown = titles[draw.step : draw.step + 5]
    return [draw.own.choice(("From the blog", "Recent posts", "News")), *reversed(shown)]


def _jobs(draw: Draw) -> list[str]:
    offers = [f"{company(draw.dice)} wants people for {subject(draw.dice)}" for _ in range(3)]
    return [draw.own.choice(("Jobs", "We are hiring", "Open positions")), *offers]


def _comments(draw: Draw) -> list[str]:
    lines = [draw.own.choice(("Comments", "Discussion", "What readers say"))]
    for number in range(draw.step + 1):
        dice = dice_of(f"{draw.own.random()} {number}")
        lines += [f"{name(dice)} {number + 1} days ago", sentence(dice)]
    return lines


def _built_with(draw: Draw) -> list[str]:
    commit = f"{draw.dice.getrandbits(28):07x}"
    return [
        f"Built with Sitemaker {3 + draw.step // 4}.{draw.step}.{draw.dice.randint(0, 9)} ({commit})"
    ]


def _project_of_the_week(draw: Draw) -> list[str]:
    label = draw.own.choice(("Project of the week:", "In the spotlight:", "Featured:"))
    return [f"{label} {title(draw.dice)}"]


def _contributors(draw: Draw) -> list[str]:
    names = [name(dice_of(f"{draw.own.random()} {n}")) for n in range(50)]
    return [f"Thanks to {', '.join(names[: 5 + draw.step])}"]


def _latest_release(draw: Draw) -> list[str]:
    return [
        f"Latest release: v1.{draw.step}.{draw.dice.randint(0, 3)} ({draw.night % 7 + 1} days ago)"
    ]


def _new_line(draw: Draw) -> list[str]:
    return [f"New: {title(draw.dice)}"]


def _used_by(draw: Draw) -> list[str]:
    return [f"Used by {draw.own.randint(900, 9_000) + draw.night * 11:,} projects"]


def _caption(draw: Draw) -> list[str]:
    return [f"Photo by {name(draw.dice)}: {subject(draw.dice)} at dawn"]


SLOW = (3, 7)

KINDS: tuple[Kind, ...] = (
    Kind(name="date", lines=_date),
    Kind(name="age", lines=_ago),
    Kind(name="views", lines=_views),
    Kind(name="request number", lines=_request),
    Kind(name="served by", lines=_served),
    Kind(name="people online", lines=_online),
    Kind(name="labelled advert", lines=_labelled_advert),
    Kind(name="bare advert", lines=_bare_advert, spots=(Spot.ANYWHERE, Spot.INSIDE)),
    Kind(name="related", lines=_related),
    Kind(name="trending", lines=_trending, every=(1, 3)),
    Kind(name="quote of the day", lines=_quote),
    Kind(name="tip", lines=_tip),
    Kind(name="shuffled list", lines=_shuffled_list),
    Kind(name="shuffled tags", lines=_shuffled_tags),
    Kind(name="A/B hero", lines=_hero),
    Kind(name="A/B button", lines=_button),
    Kind(name="consent banner", lines=_consent, spots=(Spot.TOP, Spot.BOTTOM)),
    Kind(name="localised number", lines=_numbers),
    Kind(name="localised date", lines=_local_date),
    Kind(name="typography", lines=_typography, spots=(Spot.WHOLE,)),
    Kind(name="testimonial", lines=_testimonial),
    Kind(name="greeting", lines=_greeting),
    Kind(name="poll", lines=_poll),
    Kind(name="countdown", lines=_countdown),
    Kind(name="late-loading box", lines=_late_box),
    Kind(name="newsletter popup", lines=_popup),
    Kind(name="stars", lines=_stars),
    Kind(name="weekly sponsor", lines=_weekly_sponsor, every=(7, 7)),
    Kind(name="bare sponsor", lines=_slot, every=SLOW),
    Kind(name="events", lines=_events, every=SLOW),
    Kind(name="recent posts", lines=_recent, every=SLOW),
    Kind(name="jobs", lines=_jobs, every=SLOW),
    Kind(name="comments", lines=_comments, every=SLOW),
    Kind(name="built with", lines=_built_with, every=SLOW),
    Kind(name="project of the week", lines=_project_of_the_week, every=(7, 7)),
    Kind(name="contributors", lines=_contributors, every=SLOW),
    Kind(name="latest release", lines=_latest_release, every=SLOW),
    Kind(name="new", lines=_new_line, every=SLOW),
    Kind(name="used by", lines=_used_by),
    Kind(name="photo", lines=_caption),
)


def kinds_of(half: Half) -> tuple[Kind, ...]:
    """The kinds of a half: every other one of the slow ones and of the others, in order of a hash."""
    slow = sorted((kind for kind in KINDS if kind.is_slow), key=lambda kind: digest_of(kind.name))
    fast = sorted(
        (kind for kind in KINDS if not kind.is_slow), key=lambda kind: digest_of(kind.name)
    )
    start = list(Half).index(half)
    return (*slow[start::2], *fast[start::2])
