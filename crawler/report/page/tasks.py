"""Pure: what a person can do now, each link once, with all that is needed to do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from crawler import urls
from crawler.model import FindingClass, Reason
from crawler.report.contents import Report, new_first
from crawler.report.cut import first_of
from crawler.report.findings import Finding, SectionKind, web_address
from crawler.report.moves import distance
from crawler.report.page import commands
from crawler.report.page.story import DESCRIPTION_LENGTH, page_now, title_of
from crawler.report.wording import page_words
from crawler.report.wording.page_words import TaskKind
from crawler.resources import name_of
from crawler.text import clean

_NO_HOST = frozenset({Reason.DNS_NOT_FOUND, Reason.DNS_NO_ADDRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGroup:
    """Links with which the same is to be done."""

    kind: TaskKind
    findings: Sequence[Finding]
    """The new ones first, then those whose new address is known."""
    copied: str
    """What "copy all" copies; empty when there is nothing to copy."""
    command: str = ""
    """Puts all their new addresses in the list that nothing stands against; empty without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two URLs, and the part in which they differ."""

    begin: str
    before: str
    after: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is needed to mend one link."""

    finding: Finding
    was_title: str
    """Of the last good page; empty when none was seen."""
    was_description: str
    now_title: str
    """Of the page that answers in its place; empty when there is none."""
    difference: Difference | None
    """Between the listed URL and the new address; None without one."""
    searches: tuple[tuple[str, str], ...]
    """Where to look for its new place: a label and a URL each."""


def groups(report: Report) -> tuple[TaskGroup, ...]:
    """The groups that have links, the most urgent first."""
    classes, in_list = report.totals.classes, report.totals.in_list
    broken = (f for f in report.to_mend if f.kind is FindingClass.BROKEN)
    suspect = (f for f in report.to_mend if f.kind is FindingClass.SUSPECT)
    found: dict[TaskKind, Sequence[Finding]] = {
        TaskKind.CORRECT: report.in_list,
        TaskKind.REPLACE: first_of(broken, classes[FindingClass.BROKEN] - in_list),
        TaskKind.GONE: report.sections[SectionKind.GONE],
        TaskKind.LOOK: first_of(suspect, classes[FindingClass.SUSPECT]),
        **{kind: _moved(report, kind) for kind in page_words.DISTANCES},
    }
    return tuple(_group(report, kind, findings) for kind, findings in found.items() if findings)


def _group(report: Report, kind: TaskKind, findings: Sequence[Finding]) -> TaskGroup:
    # What a command mends comes before what has to be looked for.
    by_effort = sorted(iter(findings), key=lambda finding: not finding.is_fixable)
    ordered = new_first(first_of(by_effort, len(findings)), report.new_keys)
    # What copies all of them would copy a part of a long list.
    return TaskGroup(
        kind=kind,
        findings=ordered,
        copied="" if report.long else "\n".join(_copied(kind, ordered)),
        command="" if report.long else commands.to_fix(ordered),
    )


def _copied(kind: TaskKind, findings: Sequence[Finding]) -> Iterator[str]:
    if kind in page_words.DISTANCES:
        for finding in findings:
            if finding.new_url:
                yield f"{clean(finding.resource.url)} {finding.new_url}"
    elif kind is TaskKind.LOOK:
        yield f"crawler accept {' '.join(name_of(finding.resource) for finding in findings)}"


def _moved(report: Report, kind: TaskKind) -> Sequence[Finding]:
    found = (f for f in report.to_take_over if distance(f.reported, f.resource.url) is kind)
    return first_of(found, report.long.moves[kind] if report.long else 0)


def task(report: Report, finding: Finding) -> Task:
    """The task for a link that needs a person."""
    record = report.snapshot.records[finding.resource.key]
    good = record.last_good.page if record.last_good else None
    now, was = title_of(page_now(record)), title_of(good)
    is_other = finding.kind in {FindingClass.BROKEN, FindingClass.SUSPECT, FindingClass.FAILING}
    description = good.description.value if good and good.description else ""
    return Task(
        finding=finding,
        was_title=was if is_other else "",
        was_description=clean(description, DESCRIPTION_LENGTH) if is_other else "",
        now_title=now if is_other and now != was else "",
        difference=_difference(
            clean(finding.resource.url), finding.fix.address if finding.fix else finding.new_url
        ),
        searches=tuple(_searches(finding, was)) if is_other else (),
    )


def _difference(before: str, after: str | None) -> Difference | None:
    if after is None:
        return None
    begin = _common(before, after)
    end = _common(before[begin:][::-1], after[begin:][::-1])
    return Difference(
        begin=before[:begin],
        before=before[begin : len(before) - end],
        after=after[begin : len(after) - end],
        end=before[len(before) - end :],
    )


def _common(one: str, other: str) -> int:
    """How many characters both texts begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _searches(finding: Finding, was_title: str) -> Iterator[tuple[str, str]]:
    address = web_address(finding.resource.url)
    if address is None:
        return
    day = finding.last_worked.replace("-", "")
    yield page_words.ARCHIVE, page_words.ARCHIVE_URL.format(day=day or "2", url=address)
    title = was_title or finding.name
    if title:
        yield page_words.SEARCH, page_words.SEARCH_URL.format(words=quote_plus(title))
    reason = finding.reported.judgement.reason if finding.reported else None
    if reason not in _NO_HOST and urls.path(address) != "/":
        yield page_words.FRONT_PAGE, f"{urls.origin(address)}/"
