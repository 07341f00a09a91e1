"""Annotations: one line each, in place, whatever the list's titles hold."""

from dataclasses import replace

import pytest

from crawler.cli.annotations import commands_for_links, workflow_commands
from crawler.model import Place, Reason, Record
from crawler.report.today import CheckedLink
from tests.support.builders import NOW, make_check, make_resource


@pytest.mark.promise("37")
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Practical Raft", "Practical Raft"),
        ("50 %\n::stop-commands::x", "50 %25%0A::stop-commands::x"),
    ],
)
def test_a_finding_is_one_line_with_file_and_line(title: str, shown: str) -> None:
    resource = make_resource(title=title, line=42)
    record = Record(resource=resource, check=make_check(Reason.HTTP_404, resource=resource))
    (line,) = workflow_commands([record], "lists/a,b:c.csv", NOW)
    assert line.startswith(f"::error file=lists/a%2Cb%3Ac.csv,line=42::{shown}: ")
    assert "\n" not in line


def test_a_finding_is_in_its_own_file() -> None:
    resource = replace(make_resource(), file="docs/more.md")
    record = Record(resource=resource, check=make_check(Reason.HTTP_404, resource=resource))
    (line,) = workflow_commands([record], "docs/*.md", NOW)
    assert line.startswith("::error file=docs/more.md,line=")


def test_a_finding_says_what_happened() -> None:
    check = make_check(Reason.HTTP_404)
    (line,) = workflow_commands(
        [Record(resource=check.resource, check=check)], "resources.csv", NOW
    )
    assert line.endswith(": The server says that there is no such page (404).")


@pytest.mark.parametrize(
    ("reason", "level"),
    [
        (Reason.HTTP_404, "error"),
        (Reason.INVALID_URL, "error"),
        (Reason.HTTP_5XX, "warning"),
        (Reason.SUSPECT_REPLACED, "warning"),
        (Reason.TRIVIAL_REDIRECT, "warning"),
        (Reason.FORBIDDEN, None),
        (Reason.OK, None),
    ],
)
def test_one_look_is_annotated_where_a_row_needs_somebody(
    reason: Reason, level: str | None
) -> None:
    check = make_check(reason, resource=make_resource(title="Raft: a\n::x", line=42))
    lines = [*commands_for_links([CheckedLink(check=check, file="a,b.csv")])]
    head = f"::{level} file=a%2Cb.csv,line=42::Raft: a%0A::x: "
    assert [line.startswith(head) for line in lines] == ([True] if level else [])
    assert "\n" not in "".join(lines)
    assert not [*commands_for_links([CheckedLink(check=check)])]


def test_a_link_of_documents_is_annotated_at_each_of_its_places() -> None:
    places = (Place(file="a.md", line=3, column=5), Place(file="docs/b.md", line=9))
    resource = replace(make_resource(line=3), file="a.md", places=places)
    check = make_check(Reason.HTTP_404, resource=resource)
    lines = workflow_commands([Record(resource=resource, check=check)], "a.md, docs/*.md", NOW)
    assert [line.rpartition("::")[0].split("::")[1] for line in lines] == [
        "error file=a.md,line=3,col=5",
        "error file=docs/b.md,line=9",
    ]
