"""Pure: a person's decision about a resource, in a sentence."""

from pathlib import Path

from crawler.model import Accepted, Record
from crawler.report import naming
from crawler.report.wording.state_words import CLASS_WORDS, UNSEEN
from crawler.text import clean


def accepted(record: Record, list_path: str) -> str:
    """Which page or redirect is accepted from now on."""
    right = f": {_right(record.accepted)}" if record.accepted else ""
    return f"{named(record, list_path)} is accepted as it is{right}."


def revoked(record: Record, list_path: str) -> str:
    """What the resource counts as, now that nothing is accepted any more."""
    kind = record.reported.kind if record.reported else UNSEEN
    return (
        f"{named(record, list_path)} is not accepted any more. It counts as: {CLASS_WORDS[kind]}."
    )


def muted(record: Record, list_path: str) -> str:
    """Until when the resource is left out of findings, or that it is in them again."""
    name = named(record, list_path)
    return (
        f"{name} is muted until {record.mute.until}."
        if record.mute
        else f"{name} is reported again."
    )


NO_NOISE = "Nothing is ignored in the texts of these pages."


def forgotten(record: Record, list_path: str) -> str:
    """That what was learned of the page's noise is forgotten."""
    return (
        f"{named(record, list_path)}: what comes and goes in its text is forgotten. "
        "The next run begins anew with the text that it reads."
    )


def retired(record: Record, list_path: str) -> str:
    """That the resource is not in the list any more."""
    return f"{named(record, list_path)} is retired. The next run takes it out of the reports."


def named(record: Record, list_path: str) -> str:
    """Its title or URL, with its place in the list."""
    resource, reported = record.resource, record.reported
    title = clean(resource.title) or (clean(reported.name) if reported else "")
    return f"{title or clean(resource.url)} ({naming.row(resource, Path(list_path).name)})"


def _right(what: Accepted) -> str:
    title, domain = clean(what.title), clean(what.domain)
    page = f'"{title}"' if title else "a page without a title"
    redirect = f"; it is meant to redirect to {clean(what.redirect)}" if what.redirect else ""
    return f"{page}{f', on {domain}' if domain else ''}{redirect}"
