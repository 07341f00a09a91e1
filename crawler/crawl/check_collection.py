"""Pure: the checks of a crawl so far: of each resource, the better of its looks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler import compare
from crawler.config import Settings
from crawler.crawl.collapse import CollapsedPages
from crawler.crawl.messages import Fault
from crawler.crawl.pending_checks import RECHECKED, judge_collapsed
from crawler.crawl.shard_jobs import key_of
from crawler.judge.thresholds import COLLAPSED_PAGES
from crawler.model import SEEN_CHARACTERS, Check, Resource, Target, Verdict

ReadBack = Callable[[Resource], Check]
"""Gives the check of a resource as it was handed on last, with its page."""

_VERDICTS = tuple(Verdict)
_FIRST = 2
"""In `_looks`, the first look."""


class CheckCollection:
    """Collects the checks and faults of all shards, and passes each new check to `hand_on`.

    The checks do not stay in memory, which those of a million resources would fill, only their verdicts
    and what pages are compared by.
    """

    def __init__(
        self,
        settings: Settings,
        resources: Iterable[Resource],
        hand_on: Callable[[Check], None],
        read_back: ReadBack,
    ) -> None:
        """`resources` are those of the crawl, in its order."""
        self._settings = settings
        self._resources = tuple(resources)
        self._hand_on = hand_on
        self._read_back = read_back
        self._numbers = {one.key: number for number, one in enumerate(self._resources)}
        self._looks = bytearray(len(self._resources))
        """Of its check, and 1 more; 0 when it has none. By number, as `_verdicts` are."""
        self._verdicts = bytearray(len(self._resources))
        self._counts = Counter[Verdict]()
        self._in_doubt = 0
        self._collapsed = CollapsedPages(len(self._resources))
        self._faults: dict[str, Fault] = {}
        """By target key."""

    def __len__(self) -> int:
        """The number of resources that have a check."""
        return len(self._resources) - self._looks.count(0)

    @property
    def in_doubt(self) -> int:
        """The number of resources whose first look has to be confirmed."""
        return self._in_doubt

    def counts(self) -> Mapping[Verdict, int]:
        """How many resources have each verdict."""
        return dict(self._counts)

    def add(self, check: Check, text_mark: bytes | None) -> None:
        """Add the check of a look; of two looks, keep the better one.

        A look that comes again, as after the loss of a process, is left out. A second look is added
        when the first one can be read back.
        """
        number = self._numbers[check.resource.key]
        before = self._looks[number]
        if before > check.looks:
            return
        if not before or compare.is_better(check.judgement.verdict, self._verdict(number)):
            self._collapsed.note(number, check, text_mark)
            self._put(number, check)
        else:
            first = self._read_back(self._resources[number])
            self._put(number, replace(first, looks=check.looks))

    def add_fault(self, fault: Fault) -> None:
        """Add the fault of a target that has no checks because of it."""
        self._faults[key_of(fault.target)] = fault

    def is_missing(self, target: Target) -> bool:
        """Whether the target has neither checks nor a fault.

        Then we were too late for every answer, its process was lost, or its turn has not come yet.
        """
        return not self.has_look(target, 0)

    def has_look(self, target: Target, look: int) -> bool:
        """Whether the target has the checks of that look, or a fault."""
        key = key_of(target)
        return key in self._faults or self._looks[self._numbers[key]] > look

    def needs_second_look(self, target: Target) -> bool:
        """Whether the target is missing, or one of its resources seems to be dead or failing."""
        numbers = (self._numbers[resource.key] for resource in target.resources)
        return self.is_missing(target) or any(map(self._is_in_doubt, numbers))

    def judge_collapsed_pages(self) -> None:
        """Judge those pages again that have become the same page as others of their site.

        These are suspect ones, and living ones that at least 3 listed URLs show with the same title,
        heading and text. All checks that were handed on can be read back by now.
        """
        counts = self._collapsed.counts()
        suspected = {n: c for n, c in counts.items() if self._verdict(n) is Verdict.SUSPECT}
        for number, count in suspected.items():
            check = self._read_back(self._resources[number])
            self._put(number, judge_collapsed(check, self._settings, collapsed=count))
        for number, count in self._collapsed.alike_counts().items():
            if number not in suspected and count >= COLLAPSED_PAGES:
                self._judge_alike(number, count)

    def _judge_alike(self, number: int, count: int) -> None:
        if not self._verdict(number).is_alive:
            return
        check = self._read_back(self._resources[number])
        page = check.page and replace(
            check.page, text=check.page.text[:SEEN_CHARACTERS], main_text=""
        )
        again = judge_collapsed(check, self._settings, collapsed=count, page=page)
        if not again.judgement.verdict.is_alive:
            self._put(number, again)

    def checks(self, *, with_open_ones: bool = True) -> Mapping[str, Check]:
        """The checks by resource key, in the order of the crawl, each read back when it is looked up.

        Without open ones, those are left out that needed a second look and have not had it.
        """

        def counts(number: int) -> bool:
            return self._looks[number] > 0 and (with_open_ones or not self._is_open(number))

        return _Checks(self._numbers, self._resources, counts, self._read_back)

    def faults(self) -> tuple[Fault, ...]:
        """The faults, in the order in which they came."""
        return tuple(self._faults.values())

    def _is_open(self, number: int) -> bool:
        """Whether the resource is in doubt, and has had its first look only."""
        return self._looks[number] == _FIRST and self._is_in_doubt(number)

    def _is_in_doubt(self, number: int) -> bool:
        return self._looks[number] > 0 and self._verdict(number) in RECHECKED

    def _verdict(self, number: int) -> Verdict:
        return _VERDICTS[self._verdicts[number]]

    def _put(self, number: int, check: Check) -> None:
        self._hand_on(check)
        if self._looks[number]:
            self._counts[self._verdict(number)] -= 1
            self._in_doubt -= self._is_open(number)
        self._looks[number] = check.looks + 1
        self._verdicts[number] = _VERDICTS.index(check.judgement.verdict)
        self._counts[self._verdict(number)] += 1
        self._in_doubt += self._is_open(number)


class _Checks(Mapping[str, Check]):
    """The checks that count, each read back when it is looked up."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        resources: Sequence[Resource],
        counts: Callable[[int], bool],
        read_back: ReadBack,
    ) -> None:
        self._numbers = numbers
        self._resources = resources
        self._counts = counts
        self._read_back = read_back

    def __getitem__(self, key: str) -> Check:
        if key not in self:
            raise KeyError(key)
        return self._read_back(self._resources[self._numbers[key]])

    def __contains__(self, key: object) -> bool:
        number = self._numbers.get(key) if isinstance(key, str) else None
        return number is not None and self._counts(number)

    def __iter__(self) -> Iterator[str]:
        return (one.key for number, one in enumerate(self._resources) if self._counts(number))

    def __len__(self) -> int:
        return sum(map(self._counts, range(len(self._resources))))
