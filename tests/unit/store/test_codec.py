import typing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import (
    NO_CONTEXT,
    Answer,
    Certificate,
    Context,
    Declared,
    Exchange,
    Facts,
    Failure,
    FailureKind,
    Landing,
    MediaKind,
    NotAsked,
    NotAskedReason,
    Page,
    Past,
    Phase,
    Probe,
    ProbeKind,
    Probing,
    Redirect,
    RedirectKind,
    Refresh,
)
from crawler.store import check_table, codec, page_table

# What reaches the store has been cleaned of lone surrogates; NUL is cut from nowhere.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(
    min_value=datetime(1000, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(float, FLOATS)


def values_of(kind: type) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: st.from_type(hint) for name, hint in hints.items()})


for nested in (Declared, Refresh, Redirect, Exchange, Certificate, Answer, Failure, NotAsked):
    st.register_type_strategy(nested, values_of(nested))
FACTS = values_of(Facts)
CONTEXTS = values_of(Context)
PAGES = values_of(Page)

HOP = Exchange(
    target_uri="https://example.org/a",
    status_code=301,
    fields=(("location", "/b"), ("retry-after", "5")),
    redirect=Redirect(kind=RedirectKind.LOCATION, target="https://example.org/b"),
)
FINAL = Exchange(target_uri="https://example.org/b", status_code=200)
FOUND = Facts(outcome=Answer(media_type="text/html"), exchanges=(HOP, FINAL))


@settings(max_examples=60)
@given(FACTS, CONTEXTS)
def test_facts_come_back_from_their_row(facts: Facts, context: Context) -> None:
    row = check_table.facts_row(facts, context)
    assert (check_table.facts_of(row), check_table.context_of(row)) == (facts, context)


@settings(max_examples=60)
@given(PAGES)
def test_a_page_comes_back_from_its_row(page: Page) -> None:
    row = {f"page_{name}": value for name, value in page_table.page_row(page).items()}
    assert page_table.page_of(row) == replace(page, text="", main_text="")


@pytest.mark.parametrize(
    "other",
    [
        replace(FOUND, outcome=Answer(media_type="text/html", empty=True)),
        replace(FOUND, exchanges=(FINAL,)),
        replace(FOUND, certificate=Certificate()),
        Facts(
            outcome=Failure(
                kind=FailureKind.DNS_ERROR, phase=Phase.RESOLVE, target_uri=FINAL.target_uri
            )
        ),
        Facts(outcome=NotAsked(reason=NotAskedReason.EXCLUDED)),
        Facts(outcome=Answer()),
    ],
)
def test_other_facts_have_another_hash(other: Facts) -> None:
    found = check_table.facts_row(FOUND, NO_CONTEXT)["hash"]
    assert check_table.facts_row(other, NO_CONTEXT)["hash"] != found
    assert check_table.facts_row(FOUND, Context(collapsed=3))["hash"] != found


def test_the_hash_of_facts_is_the_same_in_every_release() -> None:
    """A new hash for old content would store everything once more."""
    assert check_table.facts_row(FOUND, NO_CONTEXT)["hash"] == (
        "1f7f9474a86f1597e0801b388cf3e2ef882dbe1cde657cb1977f22861f8ec597"
    )


def test_the_hash_of_their_context_is_the_same_in_every_release() -> None:
    probe = Probe(kind=ProbeKind.SIBLING, status_code=200, landing=Landing.HOME, likeness=0.9)
    context = Context(
        probing=Probing(probes=(probe,), alike=0.95),
        past=Past(title="Practical Raft", domain="example.org", likeness=0.1),
        collapsed=3,
    )
    assert check_table.facts_row(FOUND, context)["hash"] == (
        "cb82cb54aef6aa93811adfd98a14a49ce49d7c5f66b47c71ddc11bf34f95ebb4"
    )


def test_the_hash_of_a_page_is_the_same_in_every_release() -> None:
    page = Page(
        kind=MediaKind.HTML, title=Declared(value="Título", origin="title"), text="One\nTwo"
    )
    assert codec.json_digest(page) == (
        "a084b8b8fb54e89740db6050a2047319f47141a7dd37a7000f18d3e6035dba61"
    )


def test_a_field_that_has_its_default_is_not_written() -> None:
    assert codec.to_json(FINAL) == ('{"status_code":200,"target_uri":"https://example.org/b"}')


def test_a_whole_number_is_written_alike_whether_it_is_a_float_or_not() -> None:
    assert codec.to_json(Refresh(delay=5.0, target="")) == codec.to_json(
        Refresh(delay=5, target="")
    )


def test_moments_are_stored_in_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    assert codec.to_text(datetime(2026, 11, 24, 4, 17, 9, tzinfo=berlin)) == "2026-11-24T03:17:09Z"
    assert codec.from_text("2026-11-24T03:17:09Z") == datetime(2026, 11, 24, 3, 17, 9, tzinfo=UTC)
