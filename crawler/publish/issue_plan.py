"""Pure: what is to be done so that one issue of ours says what the report says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crawler.report.as_issue import IssueText, mark_of

_TRUSTED = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""Relations of an author to the repository that only its owners give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote an issue or a comment."""

    login: str
    is_bot: bool
    association: str
    """To the repository, such as `OWNER` or `NONE`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue of the repository."""

    number: int
    url: str
    """Of its page."""
    body: str
    is_open: bool
    author: Author


class Step(StrEnum):
    """What is done with the issue, in a word for a person."""

    CREATE = "created"
    REOPEN = "reopened"
    CLOSE = "closed"
    CHANGE = "changed"
    COMMENT = "commented on"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePlan:
    """The steps for the issue that is kept, and the issues that it replaces."""

    kept: Issue | None
    """None when there is none, or none of ours."""
    steps: tuple[Step, ...]
    """What to do with it, without comments that are there already."""
    duplicates: tuple[Issue, ...] = ()
    """Open ones, to be closed with a link to the one that is kept."""


def is_ours(author: Author, own_login: str) -> bool:
    """Whether what the author wrote may be taken for ours, when it has our mark.

    Anybody can write the mark. So the author is the token's own user (`own_login`, empty for an app's
    token), an app that was let into the repository, or somebody whom its owners let write.
    """
    is_self = bool(own_login) and author.login == own_login
    return is_self or author.is_bot or author.association in _TRUSTED


def plan(issues: Sequence[Issue], wanted: IssueText) -> IssuePlan:
    """What to do; `issues` are ours: all that are open, or else the one closed last, where one is wanted."""
    if not issues:
        return IssuePlan(kept=None, steps=(Step.CREATE,) if wanted.mark.to_do else ())
    kept, *others = sorted(issues, key=lambda issue: issue.number)
    duplicates = tuple(one for one in others if one.is_open)
    return IssuePlan(kept=kept, steps=tuple(_steps(kept, wanted)), duplicates=duplicates)


def _steps(kept: Issue, wanted: IssueText) -> list[Step]:
    told = mark_of(kept.body)
    is_new = bool(wanted.comment) and (told is None or told.night != wanted.mark.night)
    # What a person has closed stays closed until something new needs a person.
    was_clean = told is None or not told.to_do
    reopens = not kept.is_open and bool(wanted.mark.to_do) and (is_new or was_clean)
    closes = kept.is_open and not wanted.mark.to_do
    steps = {
        Step.COMMENT: is_new and (kept.is_open or reopens),
        Step.REOPEN: reopens,
        Step.CLOSE: closes,
        Step.CHANGE: _text(kept.body) != _text(wanted.body),
    }
    return [step for step, is_wanted in steps.items() if is_wanted]


def _text(body: str) -> str:
    """The body without what an editor in a browser changes."""
    return body.replace("\r\n", "\n").rstrip()
