"""IO: new addresses are put in the list, noted in the database, and told in the reports."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from crawler import mend
from crawler.config import Settings
from crawler.crawl import Clock
from crawler.errors import SettleError
from crawler.fix.offers import Offer, why_unfit
from crawler.mend import Replacement
from crawler.model import Repair
from crawler.report.findings import Finding
from crawler.run import wall_clock
from crawler.run.files import prepare_reports, read_list
from crawler.run.reports import write_reports
from crawler.store import Store


def apply(settings: Settings, offered: Offer, clock: Clock = wall_clock) -> tuple[Path, ...]:
    """Puts the new addresses of the offer in the list, and returns the backups that were made.

    Raises:
        SettleError: a resource that was named cannot get one; nothing is written.
        EditError: a file has changed since, or cannot be written; all are as they were.
        StoreError: the database or the reports cannot be written, or a run goes on.
    """
    for finding in offered.unfit:
        raise SettleError(why_unfit(finding))
    now, edit = clock(), offered.edit
    made = zip(edit.made, edit.replacements, strict=True)
    repairs = [_repair(finding, replacement, now) for finding, replacement in made]

    def write(store: Store) -> tuple[Path, ...]:
        # Noted first: a list that is ahead could not be taken back. `run.broken_edits` takes the rest back.
        return mend.write(edit.files, now, note=lambda: store.repairs.add(repairs))

    return write_list(settings, now, write)


def _repair(finding: Finding, replacement: Replacement, now: datetime) -> Repair:
    return Repair(
        key=replacement.key,
        file=finding.resource.file,
        before=replacement.before,
        after=replacement.url,
        texts=replacement.texts,
        made_at=now,
    )


def write_list(
    settings: Settings, now: datetime, write: Callable[[Store], tuple[Path, ...]]
) -> tuple[Path, ...]:
    """Writes the files of the list and notes it in the database, and writes the reports again."""
    prepare_reports(Path(settings.reports))
    with Store.open_known(settings.database) as store:
        backups = write(store)
        write_reports(store, settings, read_list(settings).notices, now=now)
    return backups
