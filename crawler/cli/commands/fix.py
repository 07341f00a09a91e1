"""IO: `crawler fix`."""

from typing import TYPE_CHECKING, Unpack

import click

from crawler.cli.exits import ExitStatus
from crawler.cli.options import FILES, Files, settings_of, tell_broken_edits, with_options
from crawler.cli.streams import say, say_to_program, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.config import Settings
    from crawler.fix import Choice, Offer
    from crawler.mend import MendedFile


@click.command()
@click.argument("resource", nargs=-1)
@click.option(
    "--apply",
    "applying",
    is_flag=True,
    help="Put new addresses in the list: the named ones, or all that are safe.",
)
@click.option("--broken", is_flag=True, help="Only new addresses of broken links.")
@click.option(
    "--interactive",
    is_flag=True,
    help="Decide about one after the other with a key: take, skip, mute, open, quit.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs: a list of fixes.")
@click.option("--moved", is_flag=True, help="Only those to which links redirect for good.")
@click.option(
    "--output", metavar="PATCH", help="Write the change as a patch for git; - for standard output."
)
@click.option(
    "--search", "searching", is_flag=True, help="Look now for new addresses where none is known."
)
@click.option(
    "--undo", is_flag=True, help="Take back what was put in the list last, or for these."
)
@click.option("--yes", is_flag=True, help="Write without asking.")
@with_options(*FILES)
def fix(  # noqa: PLR0913, PLR0917  (an argument for each option)
    resource: tuple[str, ...],
    applying: bool,
    broken: bool,
    interactive: bool,
    as_json: bool,
    moved: bool,
    output: str | None,
    searching: bool,
    undo: bool,
    yes: bool,
    **files: Unpack[Files],
) -> int:
    """Show new addresses for links, and put them in the list.

    RESOURCE is a number, line:84, a file, FILE:84, a URL, or a glob on URL, title, category or file.
    Without --apply, --interactive or --undo, nothing is written to the list. Only URLs change in its
    files. What a file was before is kept in .crawler/backup, unless git has it.

    Examples: crawler fix; crawler fix --apply 57
    """
    from crawler.fix import Choice

    modes = {
        "--apply": applying,
        "--interactive": interactive,
        "--json": as_json,
        "--output": output is not None,
        "--undo": undo,
    }
    given = [name for name, is_given in modes.items() if is_given]
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} do not go together")
    settings = settings_of(files)
    tell_broken_edits(settings)
    if undo:
        return _undo(settings, resource, yes=yes)
    if searching and (signum := _look(settings, resource)):
        return 128 + signum
    is_all = broken == moved
    choice = Choice(wanted=resource, broken=broken or is_all, moved=moved or is_all)
    return _offer(settings, choice, given, output=output, yes=yes)


def _offer(
    settings: "Settings",
    choice: "Choice",
    given: "Sequence[str]",
    *,
    output: str | None,
    yes: bool,
) -> int:
    from crawler import fix as fixes
    from crawler.cli import fix_dialogue, fix_view

    offered = fixes.offer(settings, choice)
    if offered is None:
        tell(f"{settings.database}: no run has completed yet; `crawler run` makes the first.")
        return ExitStatus.INCOMPLETE
    match given:
        case ["--json"]:
            say_to_program(_json(offered))
        case ["--output"]:
            return _write_patch(offered, output or "-")
        case ["--interactive"]:
            return fix_dialogue.decide(settings, offered)
        case ["--apply"]:
            return _apply(settings, offered, yes=yes)
        case _:
            say(fix_view.offer(offered, choice.wanted))
            for finding in offered.unfit:
                tell(fixes.why_unfit(finding))
    return ExitStatus.NOTHING_NEW


def _json(offered: "Offer") -> str:
    from crawler.report import as_fixes
    from crawler.report.as_json import to_indented_json

    return to_indented_json(list(as_fixes.with_times(offered.findings)))


def _write_patch(offered: "Offer", output: str) -> int:
    from pathlib import Path

    from crawler import fix as fixes
    from crawler.cli.streams import give_to_program
    from crawler.report.wording import fix_words
    from crawler.text import clean

    if not offered.edit.files:
        tell("There is nothing to put in the list; no patch is written.")
    elif output == "-":
        give_to_program(offered.patch.encode(errors="surrogateescape"))
    else:
        fixes.write_patch(Path(output), offered.patch)
        count = fix_words.addresses(len(offered.edit.made))
        say(f"{clean(output)}: {count}; `git apply` takes it.")
    return ExitStatus.NOTHING_NEW


def _apply(settings: "Settings", offered: "Offer", *, yes: bool) -> int:
    from crawler import fix as fixes
    from crawler.cli import fix_view
    from crawler.report.wording import fix_words

    if offered.unfit:
        for finding in offered.unfit:
            tell(f"crawler: {fixes.why_unfit(finding)}")
        return ExitStatus.USAGE
    if not offered.edit.made:
        say("There is nothing to put in the list.")
        return ExitStatus.NOTHING_NEW
    count = fix_words.addresses(len(offered.edit.made))
    if _may_write(offered.edit.files, f"Put {count} in the list?", yes=yes):
        backups = fixes.apply(settings, offered)
        say(fix_view.written(offered.edit.files, backups))
    return ExitStatus.NOTHING_NEW


def _undo(settings: "Settings", wanted: "Sequence[str]", *, yes: bool) -> int:
    from crawler import fix as fixes
    from crawler.cli import fix_view
    from crawler.report.wording import fix_words

    undone = fixes.undoing(settings, wanted)
    if not undone.files:
        say("There is nothing to take back.")
        return ExitStatus.NOTHING_NEW
    if _may_write(undone.files, f"Take {fix_words.addresses(len(undone.repairs))} back?", yes=yes):
        say(fix_view.taken_back(undone.files, fixes.undo(settings, undone)))
    return ExitStatus.NOTHING_NEW


def _may_write(files: "Sequence[MendedFile]", question: str, *, yes: bool) -> bool:
    """Shows what will change, and whether it may be written."""
    from crawler.cli import asking, fix_view

    say(fix_view.difference(files))
    is_wanted = asking.may_go_on(question, yes=yes)
    if not is_wanted:
        tell("Nothing is written.")
    return is_wanted


def _look(settings: "Settings", wanted: "Sequence[str]") -> int | None:
    """Looks for new addresses; the signal that ended it early."""
    from crawler import fix as fixes
    from crawler.report.wording import run_words

    options = fixes.LookOptions(announce=lambda links: tell(run_words.searching(links)))
    looked = fixes.look(settings, wanted, options)
    found = sum(bool(one.proposals) for one in looked.found)
    unfinished = sum(not one.is_complete for one in looked.found)
    if looked.found:
        tell(f"Found for {found} of them." if found else "None was found.")
    else:
        tell("There is nothing to look for.")
    if unfinished:
        tell(f"For {unfinished} there was no time; the next run goes on.")
    return looked.signal
