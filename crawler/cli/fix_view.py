"""Pure: new addresses for links as text for a person, and what they change in the list."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from crawler import mend
from crawler.cli import diff_view, terminal
from crawler.fix import Offer
from crawler.mend import MendedFile
from crawler.report.as_text import wrapped
from crawler.report.findings import Finding
from crawler.report.fixes import Fix, address_of
from crawler.report.wording import fix_words, plural, upper_first
from crawler.resources import name_of
from crawler.text import clean

_ADDRESS = "dim"

StyledLine = tuple[str, str]
"""A line that is wrapped already, and its style."""


def offer(offered: Offer, wanted: Sequence[str]) -> str:
    """The new addresses with their evidence, the change of the list, and what to do."""
    width = terminal.width()
    parts = [terminal.painted(_offer(offered, wanted, width))]
    if offered.edit.files:
        parts.append(difference(offered.edit.files))
    hints = (line for hint in _hints(offered, wanted) for line in _wrapped(hint, "dim", width))
    return "\n".join((*parts, terminal.painted(hints)))


def difference(files: Sequence[MendedFile]) -> str:
    """What changes in the files of the list, as a unified diff."""
    return diff_view.shown(mend.patch(files).removesuffix("\n"))


def written(files: Sequence[MendedFile], backups: Sequence[Path]) -> str:
    """What was put in the list, and how to take it back."""
    return "\n".join((fix_words.WRITTEN.format(files=_names(files)), *_kept(backups)))


def taken_back(files: Sequence[MendedFile], backups: Sequence[Path]) -> str:
    """What was taken back."""
    return "\n".join((fix_words.TAKEN_BACK.format(files=_names(files)), *_kept(backups)))


def _names(files: Sequence[MendedFile]) -> str:
    return ", ".join(clean(file.path) for file in files)


def _kept(backups: Sequence[Path]) -> Iterator[str]:
    return (fix_words.KEPT.format(file=clean(str(path))) for path in backups)


def one(finding: Finding, fix: Fix) -> str:
    """A new address with its evidence."""
    return terminal.painted(_finding(finding, fix, terminal.width()))


def _offer(offered: Offer, wanted: Sequence[str], width: int) -> Iterator[StyledLine]:
    for title, is_move in ((fix_words.FOR_LOST, False), (fix_words.FOR_MOVED, True)):
        found = [(f, f.fix) for f in offered.findings if f.fix and f.fix.is_move is is_move]
        if found:
            yield f"{title} ({len(found)})", "bold"
            for finding, fix in found:
                yield "", ""
                yield from _finding(finding, fix, width)
            yield "", ""
    if not offered.findings:
        yield from _wrapped(fix_words.NOTHING, "", width)
    if offered.edit.files:
        yield fix_words.CHANGE.format(command=_command(wanted)), "bold"


def _finding(finding: Finding, fix: Fix, width: int) -> Iterator[StyledLine]:
    name = clean(finding.name) or clean(finding.resource.url)
    yield from _wrapped(f"  {clean(finding.row)}: {name}", "", width)
    yield f"    {clean(finding.resource.url)}", _ADDRESS
    yield f"    -> {fix.address}", ""
    title = f' Its title is "{fix.title}".' if fix.title else ""
    yield from _wrapped(f"    {upper_first(fix.band_word)}: {fix.evidence}.{title}", "", width)
    if fix.obstacle is not None:
        yield from _wrapped(f"    {finding.step}", "yellow", width)
    for other in fix.others:
        band = fix_words.BANDS[other.band]
        why = fix_words.evidence(other.grounds)
        yield from _wrapped(f"    or {address_of(other)} ({band}: {why})", _ADDRESS, width)


def _command(wanted: Sequence[str]) -> str:
    return " ".join(("crawler fix --apply", *map(clean, wanted)))


def _hints(offered: Offer, wanted: Sequence[str]) -> Iterator[str]:
    safe = sum(one.fix is not None and one.fix.is_safe for one in offered.findings)
    unsure = next(
        (f for f in offered.findings if f.is_fixable and not (f.fix and f.fix.is_safe)), None
    )
    if safe and not wanted:
        yield fix_words.TAKE_SAFE.format(count=plural(safe, "safe one", "safe ones"))
    if unsure and not wanted:
        yield fix_words.TAKE_ONE.format(word=name_of(unsure.resource))
    if offered.unfound:
        links = plural(offered.unfound, "broken link has", "broken links have")
        yield fix_words.LOOK.format(links=links)


def _wrapped(text: str, style: str, width: int) -> Iterable[StyledLine]:
    return ((line, style) for line in wrapped(text, width).splitlines())
