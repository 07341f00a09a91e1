"""Pure: a labelled case and the hosts that answer for it, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler.demo.replies import NOT_FOUND
from crawler.demo.web import Site
from crawler.model import Reason, Verdict, WarningCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(Site):
    """A site with its name; without a robots.txt unless it is among its pages."""

    name: str
    forbidden: tuple[str, ...] = ()
    """Beginnings of paths that robots.txt forbids us, by hand: a second opinion on the rules."""
    permitted: tuple[str, ...] = ()
    """Beginnings of paths that are allowed all the same."""

    def forbids(self, path: str) -> bool:
        """Whether its robots.txt forbids us that path."""
        if path == "/robots.txt" or any(map(path.startswith, self.permitted)):
            return False
        return any(map(path.startswith, self.forbidden))


def by_name(hosts: Sequence[Host]) -> Mapping[str, Host]:
    """The hosts with a robots.txt each, if only one that is not found.

    Hosts of one name are one host with the pages of all; the first says how it answers for the rest.
    """
    named: dict[str, Host] = {}
    for host in hosts:
        first = named.setdefault(host.name, host)
        if first is not host:
            named[host.name] = replace(first, pages={**host.pages, **first.pages})
    missing = {"/robots.txt": NOT_FOUND}
    return {name: replace(host, pages={**missing, **host.pages}) for name, host in named.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One resource of a list, how its web behaves, and what the last night's check has to say."""

    name: str
    group: str
    title: str
    url: str
    category: str = "Reading"
    expected: str
    """`verdict/reason`, in the words of the database."""
    sites: tuple[Host, ...] = ()
    before: tuple[tuple[Host, ...], ...] = ()
    """The same web on earlier nights, oldest first."""
    suggested_url: str | None = None
    """None when it is not looked at."""
    warnings: frozenset[WarningCode] = field(default_factory=frozenset)
    """Which have to be among the check's."""
    excluded: bool = False
    """By configuration."""
    substitute: bool = False
    """Something else answers 200 in the resource's place."""
    living: bool = False
    """The page is the resource, and is there."""

    @property
    def verdict(self) -> Verdict:
        """The verdict it is labelled with."""
        return Verdict(self.expected.partition("/")[0])

    @property
    def reason(self) -> Reason:
        """The reason it is labelled with."""
        return Reason(self.expected.partition("/")[2])
