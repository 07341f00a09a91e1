"""Pure: the checks of a crawl so far: of each resource, the better of its looks."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from crawler import compare
from crawler.config import Settings
from crawler.crawl.collapse import SharedPages, collapsed_counts
from crawler.crawl.messages import Fault
from crawler.crawl.pending_checks import judge_collapsed, needs_second_look
from crawler.crawl.shard_jobs import key_of
from crawler.judge.thresholds import COLLAPSED_PAGES
from crawler.model import Check, Target, Verdict


class CheckCollection:
    """Collects the checks and faults of all shards, and passes each new check to `hand_on`."""

    def __init__(self, settings: Settings, hand_on: Callable[[Check], None]) -> None:
        self._settings = settings
        self._hand_on = hand_on
        self._checks: dict[str, Check] = {}
        """By resource key; without their pages, which would fill the memory."""
        self._text_marks: dict[str, bytes | None] = {}
        """Of the checks' pages, by resource key."""
        self._shared_pages = SharedPages()
        self._faults: dict[str, Fault] = {}
        """By target key."""

    def __len__(self) -> int:
        """The number of resources that have a check."""
        return len(self._checks)

    def add(self, check: Check, text_mark: bytes | None) -> None:
        """Add the check of a look; of two looks, keep the better one."""
        key = check.resource.key
        first = self._checks.get(key)
        better = check if first is None else compare.better(first, check)
        if better is check:
            self._text_marks[key] = text_mark
            self._shared_pages.note(check, text_mark)
        self._put(replace(better, looks=check.looks))

    def add_fault(self, fault: Fault) -> None:
        """Add the fault of a target that has no checks because of it."""
        self._faults[key_of(fault.target)] = fault

    def is_missing(self, target: Target) -> bool:
        """Whether the target has neither checks nor a fault.

        Then we were too late for every answer, its process was lost, or its turn has not come yet.
        """
        key = key_of(target)
        return key not in self._checks and key not in self._faults

    def has_look(self, target: Target, look: int) -> bool:
        """Whether the target has the checks of that look, or a fault."""
        key = key_of(target)
        check = self._checks.get(key)
        return key in self._faults or (check is not None and check.looks >= look)

    def needs_second_look(self, target: Target) -> bool:
        """Whether the target is missing, or one of its resources seems to be dead or failing."""
        checks = (self._checks.get(resource.key) for resource in target.resources)
        return self.is_missing(target) or any(c and needs_second_look(c) for c in checks)

    def judge_collapsed_pages(self) -> None:
        """Judge those pages again that have become the same page as others of their site.

        These are suspect ones, and living ones that at least 3 listed URLs show with the same title,
        heading and text.
        """
        for key, count in collapsed_counts(self._checks.values(), self._text_marks).items():
            check = self._checks[key]
            if check.judgement.verdict is Verdict.SUSPECT:
                self._put(judge_collapsed(check, self._settings, collapsed=count))
        for key, count in self._shared_pages.counts(self._checks.values()).items():
            check = self._checks[key]
            if check.judgement.verdict.is_alive and count >= COLLAPSED_PAGES:
                page = self._shared_pages.of(check)
                again = judge_collapsed(check, self._settings, collapsed=count, page=page)
                if not again.judgement.verdict.is_alive:
                    self._put(again)

    def checks_of(self, targets: Iterable[Target]) -> tuple[Check, ...]:
        """The checks of the targets, in their order."""
        keys = (resource.key for target in targets for resource in target.resources)
        return tuple(self._checks[key] for key in keys if key in self._checks)

    def faults(self) -> tuple[Fault, ...]:
        """The faults, in the order in which they came."""
        return tuple(self._faults.values())

    def _put(self, check: Check) -> None:
        self._hand_on(check)
        self._checks[check.resource.key] = replace(check, page=None)
