"""Sentences about what a person has decided."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.cli import decisions
from crawler.model import Accepted, Mute
from tests.support.report_builders import make_record, make_resource

RECORD = make_record(make_resource(84, "A page\n", "https://example.org/"))


@pytest.mark.parametrize(
    ("accepted", "says"),
    [
        (Accepted(title="Shop", domain="a.example"), '"Shop", on a.example'),
        (Accepted(), "a page without a title"),
        (
            Accepted(title="Shop", redirect="https://b.example/"),
            '"Shop"; it is meant to redirect to https://b.example/',
        ),
    ],
)
def test_what_is_accepted_is_named(accepted: Accepted, says: str) -> None:
    said = decisions.accepted(replace(RECORD, accepted=accepted), "lists/mine.csv")
    assert said.startswith("A page (")
    assert "mine.csv:84) is accepted" in said
    assert said.endswith(f" is accepted as it is: {says}.")


def test_an_acceptance_that_is_undone_says_what_that_makes_of_it() -> None:
    assert "not accepted any more. It counts as: " in decisions.revoked(RECORD, "mine.csv")
    unseen = replace(RECORD, reported=None)
    assert decisions.revoked(unseen, "mine.csv").endswith("not checked yet.")


def test_a_resource_without_a_title_is_named_by_its_page_or_its_url() -> None:
    nameless = replace(RECORD, resource=replace(RECORD.resource, title=""), reported=None)
    assert decisions.muted(nameless, "mine.csv").startswith("https://example.org/ (")
    muted = replace(nameless, mute=Mute(until=date(2027, 1, 31)))
    assert decisions.muted(muted, "mine.csv").endswith("is muted until 2027-01-31.")
