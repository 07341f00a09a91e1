"""Pure: the report as an issue that is kept up to date, and a night as a comment on it.

Both begin with a mark that readers do not see, by which `publish` knows its own. Foreign text is as
safe as in `README.md`, and links to issues of other repositories leave no trace there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from crawler.report import as_markdown
from crawler.report.contents import Report
from crawler.report.findings import day

MOST = 60_000
"""Characters of an issue or a comment; GitHub refuses more than 65,536."""

_PART_BYTES = (30_000, 12_000, 6_000, 3_000, 1_500, 700)
"""Sizes of the lists in a text, tried until it is short enough."""
_MARK = "<!-- resource-crawler: link report; night={night}; to-do={to_do}{folder} -->"
_MARK_OF = re.compile(
    r"<!-- resource-crawler: link report; night=([0-9-]*); to-do=([0-9]{1,9})"
    r"(?:; place=([0-9a-f]{12}))? -->"
)
_COMMENT_MARK = "<!-- resource-crawler: night={night} -->"
_FOOT = (
    "---\nThis issue is kept up to date by `crawler publish github`: it replaces the text above, "
    "comments on each night with events, and closes the issue when nothing is left to do.\n"
)
# Source: https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/
# autolinked-references-and-urls#avoiding-backlinks-to-linked-references
_BACKLINKS = re.compile(
    r"(<https?://)(?:www\.)?(github\.com/[^/<>\s]+/[^/<>\s]+/(?:issues|pull|discussions|commit)/)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What an issue of ours says about itself."""

    night: str
    """Date of the last night with events, a first look included; empty for none."""
    to_do: int
    """How many links needed a person."""
    folder: str = ""
    """Tells the lists of one repository apart, in 12 hexadecimal digits; empty where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """What an issue should say."""

    title: str
    body: str
    mark: Mark
    comment: str
    """On the last night with events; empty when there was none since the first look."""
    comment_mark: str
    """How that comment begins."""


def render(report: Report, folder: str = "") -> IssueText:
    """The issue for a report, whose list is told from others of the repository by the `folder` of its reports."""
    snapshot = report.snapshot
    night = day(snapshot.changed_at, snapshot.zone)
    digits = sha256(folder.encode()).hexdigest()[:12] if folder else ""
    mark = Mark(night=night, to_do=len(report.needs_you), folder=digits)
    comment_mark = _COMMENT_MARK.format(night=mark.night)
    return IssueText(
        title=f"Link report: {snapshot.resources_name}",
        body=_body(report, mark),
        mark=mark,
        comment=_comment(report, comment_mark) if report.events else "",
        comment_mark=comment_mark,
    )


def mark_of(body: str) -> Mark | None:
    """What the mark at the beginning of an issue's body says; None where there is none."""
    found = _MARK_OF.match(body)
    return Mark(night=found[1], to_do=int(found[2]), folder=found[3] or "") if found else None


def _body(report: Report, mark: Mark) -> str:
    folder = f"; place={mark.folder}" if mark.folder else ""
    first = _MARK.format(night=mark.night, to_do=mark.to_do, folder=folder)
    texts = (f"{first}\n{as_markdown.render_state(report, size)}\n{_FOOT}" for size in _PART_BYTES)
    return _fitting(texts, first)


def _comment(report: Report, mark: str) -> str:
    texts = (f"{mark}\n{as_markdown.render_comment(report, size)}" for size in _PART_BYTES)
    return _fitting(texts, mark)


def _fitting(texts: Iterable[str], otherwise: str) -> str:
    """The first of the texts that is short enough, without backlinks."""
    fitting = (text for text in map(_without_backlinks, texts) if len(text) <= MOST)
    return next(fitting, otherwise)


def _without_backlinks(text: str) -> str:
    return _BACKLINKS.sub(r"\1redirect.\2", text)
