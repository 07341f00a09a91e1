"""Pure: words for the events of a night, and for the groups that reports show them in."""

from enum import StrEnum

from crawler.model import ChangeKind, Verdict


class EventGroup(StrEnum):
    """A group of events, with a section of its own in reports; in their order."""

    NEW = "new"
    WATCHED = "watched"
    """Nothing to do yet: it fails, is blocked or is not asked, or does so no longer."""
    LOOK = "look"
    """Works as before, but what it says has changed so that a person should look once."""
    BACK = "back"
    PAGES = "pages"
    LIST = "list"


GROUPS: dict[EventGroup, str] = {
    EventGroup.NEW: "New",
    EventGroup.WATCHED: "Being watched",
    EventGroup.LOOK: "Pages to look at once",
    EventGroup.BACK: "Back",
    EventGroup.PAGES: "Changed pages",
    EventGroup.LIST: "In the list",
}
"""The heading of each group."""

COUNTED: dict[EventGroup, str] = {
    EventGroup.NEW: "new",
    EventGroup.WATCHED: "being watched",
    EventGroup.LOOK: "to look at once",
    EventGroup.BACK: "back",
    EventGroup.PAGES: "changed on pages",
    EventGroup.LIST: "in the list",
}
"""After the number of events of a group."""

EVENTS: dict[ChangeKind, str] = {
    ChangeKind.BROKE: "It is broken.",
    ChangeKind.SUSPECTED: "It may not be the resource any more.",
    ChangeKind.MOVED: "It has moved for good.",
    ChangeKind.TLS_EXPIRING: "Its certificate expires soon.",
    ChangeKind.CLASS: "Its class has changed.",
    ChangeKind.RECOVERED: "It works again.",
    ChangeKind.FLAPPING: "It comes and goes.",
    ChangeKind.TITLE: "title",
    ChangeKind.DESCRIPTION: "description",
    ChangeKind.METADATA: "metadata",
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.URL_CHANGED: "URL replaced",
    ChangeKind.EDITED: "Its text was edited.",
    ChangeKind.REWRITTEN: "Little of its text is left.",
    ChangeKind.WORDS: "It speaks of something else.",
    ChangeKind.RELAUNCHED: "Its site has changed.",
}
"""A sentence or a word for each kind of event."""

BACK_FROM: dict[Verdict, str] = {
    Verdict.MOVED: "It answers at its listed address again.",
    Verdict.SUSPECT: "It is no longer in doubt.",
    Verdict.DEAD: "It answers again; that it was gone was never confirmed.",
    Verdict.FAILING: "It answers again; the failure was never confirmed.",
    Verdict.BLOCKED: "It is no longer blocked.",
    Verdict.SKIPPED: "It is asked again, and works.",
}
"""For a link that works again after that verdict, and was not broken."""

FLAPPING = "It comes and goes: broken {outages} times within {nights} nights."
SETTLED = "It has not broken for {nights} nights; each change is reported again."
OUTAGE = "It was broken from {since} to {until}."
FIXED_IN_LIST = "broken since {since}, fixed in the list"
RENEWED = "Its certificate was renewed."
FIRST_CHECKED = "Checked for the first time"
ONLY_VERSIONS = "Only the version in the title is new"
OVER = "No longer watched"
"""The heading above links that were only watched, and work again."""
COUNTED_OVER = "no longer watched"
"""After the number of these links."""
WORKS_AGAIN = "Works again, and was never confirmed as broken"
"""Stands before the links that work again without having been confirmed as broken."""
NOT_CONFIRMED = "Not confirmed yet."
