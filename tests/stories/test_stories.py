"""Short stories, each told by real runs: what a maintainer reads after them, one file for each.

`python -m tests.golden` writes the files again; review the difference before committing.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.model import Mute, Reason, Resource
from crawler.report import as_text
from crawler.report.as_markdown import ALL_BYTES
from tests.support.histories import START, Ending, Night, Place, row
from tests.support.paths import GOLDEN

STORY_FILES = GOLDEN / "stories"

RAFT = row(1, title="Practical Raft")
QUEUES = row(2, title="QueueKit docs")
SQL = row(3, title="SQL playground")
KAFKA = row(4, title="Kafka in a nutshell")
PAID = row(5, title="Paid course")
ROWS = (RAFT, QUEUES, SQL, KAFKA, PAID)


def _night(
    number: float,
    finds: Mapping[Resource, Reason] | None = None,
    *,
    rows: Sequence[Resource] = ROWS,
    ending: Ending = Ending.COMPLETE,
    mutes: Mapping[str, Mute | None] | None = None,
    accepts: Sequence[str] = (),
) -> Night:
    """The run of a night, on which all is well but for these."""
    said = {resource.key: reason for resource, reason in (finds or {}).items()}
    return Night(
        at=START + timedelta(days=number - 1),
        rows=tuple(rows),
        finds={resource.key: said.get(resource.key, Reason.OK) for resource in rows},
        ending=ending,
        mutes=mutes or {},
        accepts=tuple(accepts),
    )


GONE = {RAFT: Reason.HTTP_404}
DOUBT = {SQL: Reason.SUSPECT_REPLACED}
MANY = {
    RAFT: Reason.HTTP_404,
    QUEUES: Reason.CONNECT_TIMEOUT,
    SQL: Reason.SUSPECT_REPLACED,
    KAFKA: Reason.PERMANENT_REDIRECT,
    PAID: Reason.FORBIDDEN,
}
NEW_URL = replace(RAFT, url="https://raft.example/book")
NEWCOMER = row(6, title="A newcomer")

STORIES: dict[str, tuple[Night, ...]] = {
    "first_run": (_night(1, MANY),),
    "empty_night": (_night(1, GONE), _night(2, GONE), _night(3, GONE), _night(4, GONE)),
    "many_kinds": (_night(1), _night(2, MANY), _night(3, MANY), _night(4, MANY)),
    "edited_list": (
        _night(1, GONE),
        _night(2, GONE),
        _night(
            3,
            rows=(
                NEWCOMER,
                NEW_URL,
                QUEUES,
                replace(SQL, title="SQL playground, 2nd edition"),
                PAID,
            ),
        ),
    ),
    "untrusted_run": (
        _night(1),
        _night(2, {KAFKA: Reason.HTTP_5XX}),
        _night(3, dict.fromkeys(ROWS, Reason.CONNECT_TIMEOUT), ending=Ending.UNTRUSTED),
    ),
    "two_runs_in_one_night": (_night(1), _night(2, GONE), _night(2.5, DOUBT)),
    "muted_and_accepted": (
        _night(1),
        _night(
            2,
            {**GONE, **DOUBT},
            mutes={RAFT.key: Mute(until=date(2026, 2, 1), reason="Its owner moves it | soon")},
            accepts=[SQL.key],
        ),
        _night(3, {**GONE, QUEUES: Reason.HTTP_5XX}),
    ),
    "flapping": tuple(_night(n, GONE if n in {2, 3, 5, 6, 8, 9} else None) for n in range(1, 11)),
    "reached_late": (
        _night(1, {KAFKA: Reason.OUT_OF_BUDGET, PAID: Reason.OUT_OF_BUDGET}),
        _night(2, {PAID: Reason.OUT_OF_BUDGET}),
    ),
}


def _told(nights: Sequence[Night]) -> str:
    """What the last run said, and the files that stand in the reports after it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        *_, ran = [place.play(night) for night in nights]
        trusted = ran.report if ran.distrust is None else None
        texts = {"standard output": as_text.render(trusted)} if trusted else {}
        texts |= {name: content.decode() for name, content in place.stable().items()}
    # The feed says the same as `nights/`, the picture what `README.md` says, with a lot of markup.
    for name in ("feed.xml", "health.svg"):
        del texts[name]
    texts["README.md"] = texts["README.md"].partition("## How to read this")[0]
    return "\n".join(f"=== {name}\n\n{text}" for name, text in texts.items())


@pytest.mark.parametrize("story", STORIES)
def test_a_story_reads_as_reviewed(story: str) -> None:
    assert _told(STORIES[story]) == (STORY_FILES / f"{story}.md").read_text("utf-8")


def test_an_untrusted_run_adds_one_line_once(tmp_path: Path) -> None:
    place = Place(tmp_path)
    *before, untrusted = STORIES["untrusted_run"]
    for night in before:
        place.play(night)
    stable = place.stable()
    ran = place.play(untrusted)
    assert ran.report is not None
    after = place.stable()
    line = f"{ran.report.freshness.since}\n\n".encode()
    assert line in after["README.md"]
    after["README.md"] = after["README.md"].replace(line, b"")
    assert after == stable


@pytest.mark.slow
def test_a_night_with_a_thousand_findings_can_be_read(tmp_path: Path) -> None:
    rows = [
        replace(row(n, title=f"Resource {n}, " + "with a title of some length " * 6), category="C")
        for n in range(1, 1601)
    ]
    bad = {r: list(MANY.values())[n % 5] for n, r in enumerate(rows[:1000])}
    place = Place(tmp_path)
    place.play(_night(1, rows=rows))
    place.play(_night(2, bad, rows=rows))
    ran = place.play(_night(3, bad, rows=rows))
    assert ran.report is not None
    said = as_text.render(ran.report)
    assert "  and 360 more; the report has them" in said
    assert said.count("\n") < 500
    stable = place.stable()
    report = stable["README.md"].decode()
    assert len(stable["README.md"]) < 512_000 - 4_000
    assert len(stable["README.md"]) > ALL_BYTES / 2
    assert report.startswith("# Link report: resources.csv\n\n**400 to mend")
    assert report.rstrip().endswith("or when runs fail.")
    for section in report.partition("## All links")[0].split("\n## ")[1:]:
        assert len(section.encode()) < 34_000, section.splitlines()[0]
        assert section.count("\n- ") <= 102
        assert " more" in section or section.startswith("Blocked")
    for name, content in stable.items():
        if name.startswith("nights/"):
            assert len(content) < 100_000
            assert b"all of them in `events.ndjson`" in content
    assert stable["events.ndjson"].count(b"\n") == 1_000


def test_every_45_quiet_days_one_line_is_another_one(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.play(_night(1))
    place.play(_night(2))
    beats = []
    before = place.stable()
    for number in (30, 45, 46, 60, 90, 91, 105):
        place.play(_night(number))
        after = place.stable()
        new = set(after["README.md"].splitlines()) - set(before["README.md"].splitlines())
        beats += [(number, line.decode()) for line in new]
        changing = {"README.md": b"", "health.svg": b""}
        assert {**after, **changing} == {**before, **changing}
        assert (after["health.svg"] != before["health.svg"]) == bool(new)
        before = after
    assert beats == [
        (46, "Still checked: nothing had changed for 45 days on 2026-02-15."),
        (91, "Still checked: nothing had changed for 90 days on 2026-04-01."),
    ]


if __name__ == "__main__":
    for name, nights in STORIES.items():
        (STORY_FILES / f"{name}.md").write_text(_told(nights), "utf-8")
