"""IO: tables for the terminal; text of others is shown as it is, never as markup."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from crawler.cli.terminal import shown, width
from crawler.model import FindingClass, Judgement, Resource
from crawler.rejudge import Difference
from crawler.report import naming
from crawler.report.contents import tally
from crawler.report.dossier import Dossier
from crawler.report.dossier.dossier_lines import LabelledLine, lines_by_title
from crawler.report.findings import Finding
from crawler.report.overview import Overview
from crawler.report.wording import dossier_words, plural, text_words
from crawler.report.wording.state_words import CLASS_WORDS, UNSEEN
from crawler.resources import name_of
from crawler.status import Dossiers, Noises
from crawler.store import Pruned
from crawler.text import clean

_STYLES = {FindingClass.BROKEN: "red", FindingClass.SUSPECT: "yellow"}
_ACCEPTABLE = frozenset({FindingClass.SUSPECT, FindingClass.MOVED})
_LABEL_WIDTH = 13
"""That of the longest label, so that the texts of all blocks begin in the same column."""
_BETWEEN = "\n\n"
"""Between the texts of two resources."""
_MARGIN = 2
"""Columns after a label and after a text."""


def overview(seen: Overview, reports: str) -> str:
    """The links that a maintainer can do something about, or those that were wanted.

    `reports` is the folder of the reports, which may have more of them.
    """
    found = seen.findings
    warned = [Text(sentence, "yellow") for sentence in seen.freshness.sentences]
    last = [] if warned else [Text(seen.freshness.last_good, "dim")]
    heads = [Text(f"{tally(seen.totals)}.", "bold")]
    if not seen.filters:
        first = seen.headline if found else "Nothing needs you."
        heads = [Text(first, "bold"), Text(f"{seen.tally}."), *last]
    if not found:
        nothing = [Text(nothing_fits(seen.filters))] if seen.filters else heads
        return shown(*warned, *nothing)
    below = (Text(hint, "dim") for hint in _hints(found))
    more = seen.totals.links - len(found)
    left_out = (
        [Text(dossier_words.LEFT_OUT.format(more=more, reports=clean(reports)))] if more else []
    )
    return shown(*warned, *heads, Text(), _links(found), *left_out, Text(), *below)


def _hints(found: Sequence[Finding]) -> Iterator[str]:
    """What can be done with the links of a table."""
    first = name_of(found[0].resource)
    yield f"`crawler status {first}` shows all that is known of the first of them."
    keep = next((one.resource for one in found if one.kind in _ACCEPTABLE), None)
    if keep:
        yield f"`crawler accept {name_of(keep)}` keeps one that is right as it is."
    if any(one.fix for one in found):
        yield "`crawler fix` shows the new addresses that are known, and what would change."


def nothing_fits(words: Iterable[str]) -> str:
    """A sentence: no link fits all of these words."""
    return f"No link fits {', '.join(map(clean, words))}."


def _links(found: Iterable[Finding]) -> Table:
    table = Table("Row", "State", "Link, what happened, and what to do", box=None)
    table.columns[0].justify = "right"
    table.columns[1].no_wrap = True
    for finding in found:
        row = Text(name_of(finding.resource))
        table.add_row(row, _class_and_date(finding), _finding_text(finding))
    return table


def dossiers(found: Dossiers, wanted: Iterable[str]) -> Iterator[str]:
    """All that is known of each resource, one text after the other, and how many are left out."""
    number = 0
    for number, one in enumerate(found.shown, 1):
        yield f"{_BETWEEN if number > 1 else ''}{dossier(one)}"
    if not number:
        yield nothing_fits(wanted)
    elif more := found.found - number:
        yield _BETWEEN + dossier_words.MORE_FIT.format(more=more)


def dossier(one: Dossier) -> str:
    """All that is known of one resource, in blocks below each other."""
    resource = one.finding.resource
    name, url = one.finding.name, clean(resource.url)
    parts: list[RenderableType] = [Text(name, "bold")] if name else []
    parts.append(Text(url, overflow="fold"))
    room = width() - _LABEL_WIDTH - 2 * _MARGIN
    for heading, lines in lines_by_title(one, room).items():
        parts += [Text(), Text(heading, "bold"), _labelled(lines)]
    return shown(*parts)


def _labelled(lines: Iterable[LabelledLine]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, _MARGIN, 0, 0))
    table.add_column(no_wrap=True, min_width=_LABEL_WIDTH)
    table.add_column()
    for label, text in lines:
        table.add_row(Text(label, "dim"), Text(text, overflow="fold"))
    return table


def _class_and_date(finding: Finding) -> Text:
    word = CLASS_WORDS[finding.kind or UNSEEN]
    style = _STYLES.get(finding.kind, "") if finding.kind else ""
    unconfirmed = "unconfirmed" if finding.is_gone else ""
    return Text("\n".join(filter(None, (word, unconfirmed, finding.since))), style)


def _finding_text(finding: Finding) -> Text:
    """A finding as the text of one wide column, where most URLs stay whole."""
    what, step = finding.what, finding.step
    if finding.kind is FindingClass.MOVED and finding.new_url:
        odd = naming.mixed_hosts((finding.resource.url, finding.new_url))
        what, step = "\n".join((f"Now at {finding.new_url}", *odd)), ""
    text = Text(overflow="fold")
    if finding.name:
        text.append(f"{finding.name}\n", "bold")
    text.append(f"{clean(finding.resource.url)}\n")
    text.append("\n".join(filter(None, (what, step))))
    return text.append(f"\n{clean(finding.place)}", "dim")


def noises(found: Noises) -> str:
    """What is ignored in the texts of pages, and what was learned for that."""
    table = Table("Row", "Ignored when last read, and what is known to come and go", box=None)
    table.columns[0].justify = "right"
    for record in found.records:
        resource, noise = record.resource, record.noise
        known = plural(len(noise.known), "line", "lines")
        places = plural(len(noise.places), "place", "places")
        text = Text(overflow="fold")
        text.append(f"{clean(resource.title) or clean(resource.url)}\n", "bold")
        text.append(f"{text_words.ignored(record.ignored) or 'nothing'}\n")
        learned = f"since {noise.since}: {known} and {places} known"
        text.append(learned if noise.since else "not compared with an earlier text yet", "dim")
        table.add_row(Text(name_of(resource)), text)
    more = found.found - len(found.records)
    return shown(table, *([dossier_words.MORE_NOISE.format(more=more)] if more else []))


def differences(found: Iterable[Difference]) -> Table:
    """The stored judgement of each check beside that of today's rules."""
    table = Table("Row", "Link", "Stored", "Today", box=None)
    for one in found:
        stored = one.check.judgement
        table.add_row(*_link(one.check.resource), _judged(stored), _judged(one.today))
    return table


def amounts(pruned: Pruned) -> Table:
    """How much was stored before and is after."""
    table = Table("", box=None)
    for heading in ("before", "after"):
        table.add_column(heading, justify="right")
    for name in ("checks", "facts", "pages", "texts"):
        table.add_row(name, *(f"{getattr(a, name):,}" for a in (pruned.before, pruned.after)))
    table.add_row("size", *(f"{a.size / 1e6:,.2f} MB" for a in (pruned.before, pruned.after)))
    return table


def _link(resource: Resource) -> tuple[Text, Text]:
    lines = filter(None, (clean(resource.title), clean(resource.url)))
    return Text(name_of(resource)), Text("\n".join(lines), overflow="fold")


def _judged(judgement: Judgement) -> Text:
    lines = (
        f"{judgement.verdict} {judgement.reason}",
        " ".join(judgement.warnings),
        clean(judgement.suggested_url or ""),
    )
    return Text("\n".join(filter(None, lines)), overflow="fold")
