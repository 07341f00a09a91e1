"""IO: decisions about new addresses, one after the other, with a key each."""

import webbrowser
from collections.abc import Callable
from datetime import timedelta

import click

from crawler import fix as fixes
from crawler import settle
from crawler.cli import asking, fix_view, keys
from crawler.cli.exits import ExitStatus
from crawler.cli.streams import say, tell
from crawler.config import Settings
from crawler.errors import CrawlerError
from crawler.fix import Offer
from crawler.model import Mute
from crawler.report.findings import Finding, web_address
from crawler.report.wording import fix_words
from crawler.resources import name_of
from crawler.run import wall_clock
from crawler.text import clean

TAKE, SKIP, MUTE, OPEN, QUIT = "tsmoq"
"""The keys."""
_MUTED_FOR = timedelta(days=30)


def decide(settings: Settings, offered: Offer) -> ExitStatus:
    """Asks about each new address, and puts those that are taken in the list."""
    if not asking.can_ask():
        raise click.UsageError("--interactive needs a terminal")
    fixable = [finding for finding in offered.findings if finding.is_fixable]
    if not fixable:
        say(fix_words.NOTHING)
        return ExitStatus.NOTHING_NEW
    chosen: set[str] = set()
    for number, finding in enumerate(fixable, 1):
        key = _answer(finding, f"{number} of {len(fixable)}")
        if key == QUIT:
            break
        if key == TAKE:
            chosen.add(finding.resource.key)
        elif key == MUTE:
            _mute(settings, finding)
    return _take(settings, offered, chosen)


def _answer(finding: Finding, which: str) -> str:
    """The key for one that ends the question about it."""
    if finding.fix:
        say(f"\n{fix_view.one(finding, finding.fix)}")
    while True:
        key = _key(f"[{which}] {fix_words.KEYS}: ")
        if key == OPEN:
            _open(finding)
        elif key in {TAKE, SKIP, MUTE, QUIT}:
            return key


def _key(question: str) -> str:
    """One key, in lower case, read without Enter."""
    click.echo(question, nl=False, err=True)
    key = keys.read_key().lower()
    click.echo(key if key.isprintable() else "", err=True)
    return QUIT if key == keys.END else key


def _open(finding: Finding, open_page: Callable[[str], bool] = webbrowser.open) -> None:
    """Opens the new address; nothing but an address for the web is handed to another program."""
    address = web_address(finding.fix.address) if finding.fix else None
    if address and not open_page(address):
        tell(fix_words.NO_BROWSER.format(address=address))


def _mute(settings: Settings, finding: Finding) -> None:
    until = wall_clock().date() + _MUTED_FOR
    wish = Mute(until=until, reason=fix_words.MUTED_BECAUSE)
    try:
        settle.mute(settings, [name_of(finding.resource)], wish)
    except CrawlerError as error:  # What was taken before must not be lost.
        tell(f"Not muted: {error}")
    else:
        say(f"Muted until {until}.")


def _take(settings: Settings, offered: Offer, chosen: set[str]) -> ExitStatus:
    if not chosen:
        say("Nothing is written.")
        return ExitStatus.NOTHING_NEW
    wanted = fixes.taken(settings, offered, chosen)
    for finding in wanted.edit.refused:
        tell(f"{clean(finding.row)}: {finding.step}")
    if not wanted.edit.files:
        return ExitStatus.INCOMPLETE
    say(f"\n{fix_view.difference(wanted.edit.files)}")
    backups = fixes.apply(settings, wanted)
    say(fix_view.written(wanted.edit.files, backups))
    say(f"Taken: {fix_words.addresses(len(wanted.edit.made))}.")
    return ExitStatus.INCOMPLETE if wanted.edit.refused else ExitStatus.NOTHING_NEW
