"""One living issue, against a server that plays GitHub's API, faults included."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

import pytest

from crawler import report
from crawler.config import Settings
from crawler.errors import ConfigError, PublishError
from crawler.model import ChangeKind, Reason, Snapshot, State
from crawler.publish import (
    Access,
    Published,
    Step,
    Waiting,
    folder_of,
    github_api,
    publish,
    sender,
)
from crawler.report import as_issue
from tests.support.github import STRANGER, TOKEN, Played, PlayedGitHub, playing
from tests.support.report_builders import (
    NIGHT,
    make_change,
    make_record,
    make_resource,
    make_snapshot,
)
from tests.support.report_scenarios import bad_night

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
ISSUES = "/repos/me/list/issues"
LINK = make_resource(3, "A [link]", "https://a.example/")


@dataclass
class Clockwork:
    slept: list[float] = field(default_factory=list)

    def waiting(self, most: float = 300) -> Waiting:
        return Waiting(clock=lambda: NOW, sleep=self.slept.append, most=most)


@pytest.fixture
def github() -> Iterator[PlayedGitHub]:
    with playing() as played:
        yield played


def access(github: PlayedGitHub) -> Access:
    return Access(api_url=github.url, repository="me/list", token=TOKEN, user_agent="crawler/1")


def broken() -> Snapshot:
    record = make_record(LINK, Reason.HTTP_404, state=State.BROKEN, status=404)
    return make_snapshot(
        record, changes=(make_change(ChangeKind.BROKE, LINK, "healthy ok", "broken http_404"),)
    )


def mended() -> Snapshot:
    now = NIGHT.replace(day=NIGHT.day + 1)
    whole = make_snapshot(
        make_record(LINK, checked_at=now),
        changes=(make_change(ChangeKind.RECOVERED, LINK, "broken http_404", "ok ok"),),
    )
    return replace(whole, run=replace(whole.run, started_at=now), changed_at=now)


def done(
    github: PlayedGitHub,
    snapshot: Snapshot,
    clockwork: Clockwork | None = None,
    *,
    is_dry: bool = False,
) -> Published:
    waiting = (clockwork or Clockwork()).waiting()
    return publish(report.build(snapshot), access(github), waiting, is_dry=is_dry)


# --- the life of the issue ----------------------------------------------------------------------


def test_an_issue_is_made_when_a_link_needs_a_person(github: PlayedGitHub) -> None:
    assert done(github, broken()).steps == (Step.CREATE,)
    (issue,) = github.issues
    assert issue["title"] == "Link report: resources.csv"
    assert issue["body"].startswith("<!-- resource-crawler: link report; night=2026-11-21;")
    assert "1 to mend" in issue["body"]
    assert github.tokens == {f"Bearer {TOKEN}"}


def test_none_is_made_where_nothing_needs_a_person(github: PlayedGitHub) -> None:
    assert done(github, mended()) == Published()
    assert github.changes == []


def test_what_is_so_already_is_not_sent_again(github: PlayedGitHub) -> None:
    done(github, bad_night())
    github.requests.clear()
    assert done(github, bad_night()).steps == ()
    github.issues[0]["body"] = github.issues[0]["body"].replace("\n", "\r\n")
    assert done(github, bad_night()).steps == ()
    assert github.changes == []


def test_a_night_with_events_gets_one_comment(github: PlayedGitHub) -> None:
    github.add("<!-- resource-crawler: link report; night=2026-11-20; to-do=1 -->")
    assert done(github, broken()).steps == (Step.COMMENT, Step.CHANGE)
    (comment,) = github.comments[1]
    assert comment["body"].startswith("<!-- resource-crawler: night=2026-11-21 -->\n# Night of")
    assert done(github, broken()).steps == ()
    assert len(github.comments[1]) == 1


def test_a_comment_is_not_repeated_when_the_update_ended_behind_it(github: PlayedGitHub) -> None:
    github.add("<!-- resource-crawler: link report; night=2026-11-20; to-do=1 -->")
    github.fail("PATCH", f"{ISSUES}/1", *(Played(status=502) for _ in range(3)))
    with pytest.raises(PublishError, match="answers with 502"):
        done(github, broken())
    assert done(github, broken()).steps == (Step.CHANGE,)
    assert len(github.comments[1]) == 1


@pytest.mark.promise("2a")
def test_a_kill_behind_any_request_makes_nothing_twice(
    github: PlayedGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PlayedGitHub(url=github.url)
    send, left = sender.Sender._send, [0]

    def cut(*given: Any, **named: Any) -> Any:
        answer = send(*given, **named)
        left[0] -= 1
        if not left[0]:
            raise SystemExit
        return answer

    monkeypatch.setattr(sender.Sender, "_send", cut)
    done(github, broken())
    whole.issues, whole.comments = github.issues, github.comments
    for number in range(1, -left[0] + 1):
        github.issues, github.comments, left[0] = [], {}, number
        with pytest.raises(SystemExit):
            done(github, broken())
        done(github, broken())
        assert (github.issues, github.comments) == (whole.issues, whole.comments)
        assert done(github, broken()).steps == ()


def test_the_issue_is_closed_when_nothing_is_left_and_opened_again(github: PlayedGitHub) -> None:
    done(github, broken())
    assert done(github, mended()).steps == (Step.COMMENT, Step.CLOSE, Step.CHANGE)
    assert (github.issues[0]["state"], github.issues[0]["state_reason"]) == (
        "closed",
        "completed",
    )
    github.requests.clear()
    assert done(github, mended()) == Published()
    assert not [target for _, target in github.requests if "closed" in target]
    assert done(github, broken()).steps == (Step.COMMENT, Step.REOPEN, Step.CHANGE)
    assert [one["state"] for one in github.issues] == ["open"]


def test_what_a_person_has_closed_stays_closed_until_something_is_new(
    github: PlayedGitHub,
) -> None:
    done(github, broken())
    github.issues[0]["state"] = "closed"
    assert done(github, broken()).steps == ()
    github.issues[0]["body"] = github.issues[0]["body"].replace("night=2026-11-21", "night=")
    assert Step.REOPEN in done(github, broken()).steps


def test_duplicates_of_our_own_are_closed_with_a_link(github: PlayedGitHub) -> None:
    body = as_issue.render(report.build(broken())).body
    for _ in range(3):
        github.add(body)
    assert done(github, broken()).duplicates == (2, 3)
    assert [one["state"] for one in github.issues] == ["open", "closed", "closed"]
    assert [one["body"] for one in github.comments[3]] == ["This goes on in #1."]


def test_each_list_of_a_repository_has_an_issue_of_its_own(github: PlayedGitHub) -> None:
    def step(folder: str, snapshot: Snapshot) -> tuple[Step, ...]:
        built, waiting = report.build(snapshot), Clockwork().waiting()
        return publish(built, access(github), waiting, folder=folder).steps

    for folder in ("reports", "tools/reports"):
        assert step(folder, broken()) == (Step.CREATE,)
    assert step("reports", broken()) == step("tools/reports", broken()) == ()
    assert Step.CLOSE in step("tools/reports", mended())
    assert [one["state"] for one in github.issues] == ["open", "closed"]


def test_an_issue_that_names_no_folder_is_taken_over(github: PlayedGitHub) -> None:
    github.add(as_issue.render(report.build(broken())).body)
    built = report.build(broken())
    done = publish(built, access(github), Clockwork().waiting(), folder="reports")
    assert (done.number, done.steps) == (1, (Step.CHANGE,))


def test_a_folder_is_where_the_reports_are_in_their_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert folder_of(Settings()) == "reports"
    (tmp_path / ".git").mkdir()
    assert folder_of(Settings()) == "tools/reports"
    assert folder_of(Settings(reports=str(folder / "reports"))) == "tools/reports"


def test_the_mark_of_a_stranger_is_not_believed(github: PlayedGitHub) -> None:
    body = as_issue.render(report.build(broken())).body
    github.add(body, user=STRANGER)
    github.issues.append({**github.add(body), "number": 9, "pull_request": {}})
    github.issues[1]["state"] = "closed"
    github.issues[1]["user"] = STRANGER
    assert done(github, broken()).steps == (Step.CREATE,)
    assert github.issues[0]["state"] == "open"


def test_a_comment_of_a_stranger_takes_no_place_of_ours(github: PlayedGitHub) -> None:
    github.add("<!-- resource-crawler: link report; night=; to-do=1 -->")
    copied = {"body": as_issue.render(report.build(broken())).comment, "user": STRANGER}
    github.comments[1] = [{**copied, "updated_at": "2026-11-21T03:20:00Z"}]
    assert Step.COMMENT in done(github, broken()).steps


def test_the_tokens_own_user_is_known_without_rights_in_the_repository(
    github: PlayedGitHub,
) -> None:
    github.own_login = "me"
    done(github, broken())
    assert done(github, broken()).steps == ()


def test_every_page_of_the_issues_is_read(github: PlayedGitHub) -> None:
    github.page_size = 2
    done(github, broken())
    for _ in range(5):
        github.add("another", user=STRANGER)
    assert done(github, broken()).steps == ()
    github.issues[0]["state"] = "closed"
    assert done(github, broken()).number == 1


def test_a_dry_run_changes_nothing(github: PlayedGitHub) -> None:
    assert done(github, broken(), is_dry=True).steps == (Step.CREATE,)
    assert github.changes == []


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "answers with 401: the token is not accepted"),
        (403, "answers with 403: the token may not do that"),
        (404, "answers with 404: there is no such repository"),
        (410, "answers with 410: the issue is gone, or issues are switched off"),
        (422, r"answers with 422: body is too long \[31mred\. Nothing more"),
        (418, "answers with 418"),
        (500, "answers with 500"),
    ],
)
def test_a_refusal_says_what_to_do(github: PlayedGitHub, status: int, says: str) -> None:
    body = {"message": "body is too long\n\x1b[31mred"}
    github.fail("POST", ISSUES, Played(status=status, body=body))
    with pytest.raises(PublishError, match=says) as raised:
        done(github, broken())
    assert TOKEN not in str(raised.value)
    assert len(github.changes) == 1


def test_a_failing_server_is_asked_again_unless_that_may_tell_twice(github: PlayedGitHub) -> None:
    clockwork = Clockwork()
    github.fail("GET", ISSUES, None, Played(status=503))
    github.fail("POST", ISSUES, None)
    with pytest.raises(PublishError, match="cannot be reached, or does not answer"):
        done(github, broken(), clockwork)
    assert clockwork.slept == [2, 4]
    assert len(github.changes) == 1


@pytest.mark.parametrize(
    ("answers", "slept"),
    [
        ([Played(status=429, fields=(("Retry-After", "7"),))], [7]),
        ([Played(status=403, fields=(("retry-after", "7"),))], [7]),
        (
            [
                Played(
                    status=403,
                    fields=(
                        ("x-ratelimit-remaining", "0"),
                        ("x-ratelimit-reset", str(int(NOW.timestamp()) + 100)),
                    ),
                )
            ],
            [101],
        ),
        ([Played(status=429), Played(status=429)], [60, 120]),
        (
            [
                Played(
                    status=403,
                    body={"documentation_url": "https://x/rate-limits-for-the-rest-api#about"},
                )
            ],
            [60],
        ),
    ],
)
def test_a_limit_is_waited_for(
    github: PlayedGitHub, answers: list[Played], slept: list[float]
) -> None:
    clockwork = Clockwork()
    github.fail("POST", ISSUES, *answers)
    assert done(github, broken(), clockwork).steps == (Step.CREATE,)
    assert [seconds for seconds in clockwork.slept if seconds != 1] == slept


def test_a_limit_beyond_our_patience_is_told(github: PlayedGitHub) -> None:
    github.fail("GET", ISSUES, Played(status=429, fields=(("Retry-After", "301"),)))
    with pytest.raises(PublishError, match=r"limit of requests is reached\. Try again in 301 sec"):
        done(github, broken())
    assert github.changes == []


def test_a_redirect_is_followed_on_the_same_host_only(github: PlayedGitHub) -> None:
    there = Played(status=307, fields=(("Location", "/repos/me/list/issues?state=open"),))
    github.fail("GET", ISSUES, there)
    assert done(github, broken()).steps == (Step.CREATE,)
    away = Played(status=301, fields=(("Location", "https://other.example/"),))
    github.fail("GET", ISSUES, away)
    with pytest.raises(
        PublishError, match=r"leads to https://other\.example/, where no token is sent"
    ):
        done(github, broken())


def test_the_next_page_is_on_the_same_host_only(github: PlayedGitHub) -> None:
    fields = (("Link", '<https://other.example/2>; rel="next"'),)
    github.fail("GET", ISSUES, Played(body=[], fields=fields))
    with pytest.raises(PublishError, match="where no token is sent"):
        done(github, broken())


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "ftp://x", "http://[::", "//a:b/"])
def test_an_address_that_cannot_be_asked_gets_no_token(github: PlayedGitHub, address: str) -> None:
    fields = (("Link", f'<{address}>; rel="next"'),)
    github.fail("GET", ISSUES, Played(body=[], fields=fields))
    with pytest.raises(PublishError, match="where no token is sent"):
        done(github, broken())


@pytest.mark.parametrize(
    "played",
    [
        Played(body=[], fields=(("Link", f'</{"a" * 70_000}>; rel="next"'),)),
        Played(status=302, fields=(("Location", "//xn--/"),)),
    ],
)
def test_an_address_that_is_none_is_no_answer(github: PlayedGitHub, played: Played) -> None:
    github.fail("GET", ISSUES, *(played for _ in range(3)))
    with pytest.raises(PublishError, match="does not answer"):
        done(github, broken())


def test_a_list_without_end_is_given_up(
    github: PlayedGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_MOST_PAGES", 3)
    again = Played(body=[], fields=(("Link", f'<{ISSUES}>; rel="next"'),))
    github.fail("GET", ISSUES, *(again for _ in range(4)))
    with pytest.raises(PublishError, match="a list has more than 3 pages"):
        done(github, broken())
    assert github.changes == []


def test_of_closed_issues_and_pull_requests_the_last_changed_are_read(
    github: PlayedGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github_api, "_CLOSED_PAGES", 2)
    github.page_size = 2
    for _ in range(9):
        github.add("", state="closed")["pull_request"] = {}
    assert done(github, broken()).steps == (Step.CREATE,)
    assert len([target for _, target in github.requests if "state=closed" in target]) == 2


def test_an_answer_without_end_is_given_up(
    github: PlayedGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    github.fail("GET", ISSUES, *(Played(raw=b"[", is_endless=True) for _ in range(4)))
    monkeypatch.setattr(sender, "_WHOLE_SECONDS", 0.3)
    with pytest.raises(PublishError, match="does not answer"):
        done(github, broken())
    monkeypatch.setattr(sender, "_WHOLE_SECONDS", 60)
    monkeypatch.setattr(sender, "_MOST_BYTES", 1_000)
    with pytest.raises(PublishError, match="an answer is too long"):
        done(github, broken())


def test_an_answer_that_cannot_be_read_is_told(github: PlayedGitHub) -> None:
    github.fail("GET", ISSUES, Played(raw=b"[" * 200_000))
    with pytest.raises(PublishError, match="is --api-url right"):
        done(github, broken())
    coded = Played(raw=b"abcde", fields=(("Content-Encoding", "gzip"),))
    github.fail("GET", ISSUES, *(coded for _ in range(3)))
    with pytest.raises(PublishError, match="does not answer"):
        done(github, broken())


@pytest.mark.parametrize("body", [{}, [{"number": "x"}], [{"number": 1}], [{"number": inf}]])
def test_an_answer_of_another_form_is_told(github: PlayedGitHub, body: object) -> None:
    github.fail("GET", ISSUES, Played(body=body))
    with pytest.raises(PublishError, match="is --api-url right"):
        done(github, broken())


@pytest.mark.parametrize(
    "url",
    ["http://api.example", "ftp://127.0.0.1", "https://u@api.example", "https://", "https://a:x"],
)
def test_a_token_goes_over_https_only(github: PlayedGitHub, url: str) -> None:
    with pytest.raises(ConfigError, match="--api-url"):
        publish(
            report.build(broken()), replace(access(github), api_url=url), Clockwork().waiting()
        )


@pytest.mark.parametrize("name", ["list", "me/list/x", "me/..", "-me/list", "me/a b", "me/li?st"])
def test_a_repository_has_an_owner_and_a_name(github: PlayedGitHub, name: str) -> None:
    with pytest.raises(ConfigError, match="expected --repository OWNER/NAME"):
        publish(
            report.build(broken()), replace(access(github), repository=name), Clockwork().waiting()
        )
    assert github.requests == []
