"""Pure: what one look at some links found, without history, for `crawler check`.

`today_text` has it in words, `today_json` as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.model import REPORTED_WARNINGS, Check, LastGood, Notice, Record, Resource, WarningCode
from crawler.report import dossier, naming
from crawler.report.dossier import Dossier
from crawler.report.findings import list_findings
from crawler.report.wording import plural, today_words
from crawler.report.wording.reason_words import Wording
from crawler.report.wording.today_words import Group
from crawler.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLink:
    """One link, checked, and the list in which it stands."""

    check: Check
    file: str = ""
    """Path of the list; empty for a URL by itself."""
    reported: tuple[WarningCode, ...] = REPORTED_WARNINGS
    """The warnings for which it is shown although it works."""

    @property
    def resource(self) -> Resource:
        """The resource, as it is listed."""
        return self.check.resource

    @property
    def name(self) -> str:
        """Its title, or else the page's own; empty when there is neither."""
        page = self.check.page
        own = page.title.value if page and page.title else ""
        return clean(self.resource.title) or clean(own)

    @property
    def row(self) -> str:
        """Where it stands in the list; empty for a URL by itself."""
        return naming.row(self.resource, self.file) if self.file else ""

    @property
    def wording(self) -> Wording:
        """What was found, and the next step."""
        check = self.check
        return today_words.describe(
            check.judgement.reason, is_row=bool(self.file), status=check.facts.status_code
        )

    @property
    def noticed(self) -> tuple[WarningCode, ...]:
        """Those of its warnings that the settings want in reports."""
        return tuple(code for code in self.check.judgement.warnings if code in self.reported)

    @property
    def group(self) -> Group:
        """What it has in common with others."""
        group = today_words.group_of(self.check.judgement.reason)
        return Group.NOTICED if group is Group.WORKS and self.noticed else group

    @property
    def is_bad(self) -> bool:
        """Whether it is gone, or its row wrong: something has to be done."""
        return self.group in {Group.GONE, Group.IN_LIST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What one look found."""

    links: tuple[CheckedLink, ...]
    """In the order in which they were named."""
    notices: tuple[tuple[str, Notice], ...] = ()
    """Notices about the rows that were checked, each with the path of the list."""
    unchecked: int = 0
    """Links that a signal left without a check."""
    of_rows: int | None = None
    """How many rows the list has, when only those were chosen that an older copy has not."""

    @property
    def groups(self) -> Mapping[Group, tuple[CheckedLink, ...]]:
        """The links of each group that has any."""
        found: dict[Group, list[CheckedLink]] = {group: [] for group in Group}
        for link in self.links:
            found[link.group].append(link)
        return {group: tuple(links) for group, links in found.items() if links}

    @property
    def is_bad(self) -> bool:
        """Whether some link is gone, or wrong in the list."""
        return any(link.is_bad for link in self.links)

    @property
    def tally(self) -> str:
        """How many links there are of each group, as a sentence."""
        counts = ", ".join(
            plural(len(links), *today_words.TALLY[group]) for group, links in self.groups.items()
        )
        total = plural(len(self.links), "link", "links")
        return f"{total} checked: {counts}." if counts else "No link was checked."


def dossier_of(link: CheckedLink) -> Dossier:
    """A dossier made from the check alone."""
    check = link.check
    record = Record(
        resource=check.resource,
        check=check,
        last_good=LastGood(page=check.page) if check.page else None,
    )
    now: datetime = check.checked_at
    (finding,) = list_findings([record], now)
    return dossier.build(finding, record, now)
