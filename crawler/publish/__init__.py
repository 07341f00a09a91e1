"""IO: tells a service what the report says: one issue on GitHub, kept up to date."""

import os
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from crawler.config import Settings
from crawler.crawl import Clock
from crawler.publish.github_api import GitHub
from crawler.publish.issue_plan import Issue, IssuePlan, Step, is_ours, plan
from crawler.publish.sender import Access, Waiting
from crawler.report import Report, as_issue
from crawler.report.as_issue import IssueText, mark_of
from crawler.run import wall_clock
from crawler.run.reports import build
from crawler.store import Store

__all__ = ["Access", "Published", "Step", "Waiting", "folder_of", "publish", "read_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was done."""

    number: int = 0
    """Of the issue; 0 where none is open, because nothing needs a person."""
    url: str = ""
    steps: tuple[Step, ...] = ()
    duplicates: tuple[int, ...] = ()
    """Numbers of the other issues, which were closed."""


def read_report(settings: Settings, clock: Clock = wall_clock) -> Report | None:
    """The report on what the database has; None when no run has completed yet.

    Raises:
        StoreError: the database cannot be read, or there is none yet.
    """
    with Store.open(settings.database, exclusive=False) as store:
        return build(store, settings, clock())


def folder_of(settings: Settings) -> str:
    """The folder of the reports as a path in its repository: lists of one repository do not share it.

    It stays when the list is renamed, and is the same in every copy of the repository.
    """
    folder = Path(settings.reports).resolve()
    root = next((one for one in folder.parents if (one / ".git").exists()), Path.cwd())
    return os.path.relpath(folder, root)


def publish(
    report: Report, access: Access, waiting: Waiting, *, folder: str = "", is_dry: bool = False
) -> Published:
    """Makes one issue say what the report says; what is so already is left as it is.

    Issues of another `folder` are left alone. With `is_dry` nothing is changed, and the result says
    what would be.

    Raises:
        ConfigError: the access cannot be used.
        PublishError: GitHub cannot be reached, or does not do what was asked.
    """
    wanted = as_issue.render(report, folder)
    with GitHub(access, waiting) as github:
        publishing = _Publishing(github, wanted, report.snapshot.changed_at)
        return publishing.publish(is_dry=is_dry)


class _Publishing:
    """One update of the issue."""

    def __init__(self, github: GitHub, wanted: IssueText, changed_at: datetime | None) -> None:
        self._github = github
        self._wanted = wanted
        self._changed_at = changed_at
        self._own_login = github.own_login()

    def publish(self, *, is_dry: bool) -> Published:
        found = plan(self._ours(), self._wanted)
        steps = tuple(step for step in found.steps if not self._is_done(step, found.kept))
        kept = found.kept
        if not is_dry:
            kept = self._take(steps, found)
        return Published(
            number=kept.number if kept else 0,
            url=kept.url if kept else "",
            steps=steps,
            duplicates=tuple(one.number for one in found.duplicates),
        )

    def _ours(self) -> list[Issue]:
        """All issues of ours that are open; without any, the one that was closed last, if it is wanted."""
        found = [issue for issue in self._github.issues(are_open=True) if self._is_ours(issue)]
        if found or not self._wanted.mark.to_do:
            return found
        closed = filter(self._is_ours, self._github.issues(are_open=False))
        return list(islice(closed, 1))

    def _is_ours(self, issue: Issue) -> bool:
        mark = mark_of(issue.body)
        is_of_list = mark is not None and mark.folder in {"", self._wanted.mark.folder}
        return is_of_list and is_ours(issue.author, self._own_login)

    def _is_done(self, step: Step, kept: Issue | None) -> bool:
        """Whether the night has its comment: the last update may have ended between two steps."""
        if step is not Step.COMMENT or kept is None or self._changed_at is None:
            return False
        return any(
            body.startswith(self._wanted.comment_mark) and is_ours(author, self._own_login)
            for author, body in self._github.comments(kept.number, self._changed_at)
        )

    def _take(self, steps: tuple[Step, ...], found: IssuePlan) -> Issue | None:
        wanted, kept = self._wanted, found.kept
        if Step.CREATE in steps:
            return self._github.create(wanted.title, wanted.body)
        if kept is None:
            return None
        # The body says which night was told: it is the last to change.
        if Step.COMMENT in steps:
            self._github.comment(kept.number, wanted.comment)
        if values := _values(steps, wanted):
            self._github.change(kept.number, **values)
        for one in found.duplicates:
            self._github.comment(one.number, f"This goes on in #{kept.number}.")
            self._github.change(one.number, state="closed", state_reason="not_planned")
        return kept


def _values(steps: tuple[Step, ...], wanted: IssueText) -> dict[str, str]:
    values: dict[str, str] = {}
    if Step.CHANGE in steps:
        values["body"] = wanted.body
    if Step.REOPEN in steps:
        values |= {"state": "open", "state_reason": "reopened"}
    if Step.CLOSE in steps:
        values |= {"state": "closed", "state_reason": "completed"}
    return values
