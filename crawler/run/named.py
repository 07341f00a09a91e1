"""Pure: what is known of a resource that a person has named, if the name still means the same."""

from collections.abc import Mapping, Sequence

from crawler import resources
from crawler.errors import SettleError
from crawler.model import Record, Resource
from crawler.text import clean


def known(records: Mapping[str, Record], named: Resource, words: Sequence[str]) -> Record:
    """The record of a listed resource, which these words name.

    Raises:
        SettleError: no run has checked its URL, or as for `refuse_moved`.
    """
    record = records.get(named.key)
    if record is None or record.resource.url != named.url:
        raise SettleError(
            f"{resources.name_of(named)}: this URL has not been checked yet; `crawler run` checks it"
        )
    refuse_moved(record.resource, named, words)
    return record


def refuse_moved(reported: Resource, named: Resource, words: Sequence[str]) -> None:
    """Nothing where the words mean the resource that a report means by them: the person has read it there.

    Raises:
        SettleError: they do not, as the list was edited.
    """
    if resources.has_moved(reported, named, words):
        raise SettleError(
            f"the list has changed since its last run, when {clean(named.url)} was on line "
            f"{reported.line}; give its URL, or run `crawler run` first"
        )
