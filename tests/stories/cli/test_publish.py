"""`crawler publish` at the command line."""

from collections.abc import Iterator

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.model import Reason
from crawler.store import Store
from tests.support.github import TOKEN, Played, PlayedGitHub, playing
from tests.support.store_nights import check, night, resource

COMMAND = ["publish", "github"]


@pytest.fixture(autouse=True)
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayedGitHub]:
    """The API, its address and the token in the environment, as in a job of GitHub Actions."""
    with playing() as played:
        monkeypatch.setenv("GITHUB_API_URL", played.url)
        monkeypatch.setenv("GITHUB_REPOSITORY", "me/list")
        monkeypatch.setenv("GITHUB_TOKEN", f"{TOKEN}\n")
        yield played


def _stored(*reasons: Reason) -> None:
    with Store.open("crawler.db") as store:
        night(store, [check(resource(n), reason) for n, reason in enumerate(reasons, 1)])


def test_what_was_done_is_said_with_the_address(
    github: PlayedGitHub, capsys: pytest.CaptureFixture[str]
) -> None:
    _stored(Reason.PERMANENT_REDIRECT)
    assert main([*COMMAND, "--dry-run"]) == ExitStatus.NOTHING_NEW
    assert github.issues == []
    assert main(COMMAND) == ExitStatus.NOTHING_NEW
    assert main(COMMAND) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.splitlines() == [
        "An issue would be created.",
        "Issue 1: created. https://github.example/me/list/issues/1",
        "Issue 1 is up to date: https://github.example/me/list/issues/1",
    ]


def test_nothing_to_do_makes_no_issue(
    github: PlayedGitHub, capsys: pytest.CaptureFixture[str]
) -> None:
    _stored(Reason.OK)
    assert main(COMMAND) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.startswith("Nothing needs a person, and no issue is open")
    assert github.issues == []


def test_a_refusal_is_one_sentence_without_the_token(
    github: PlayedGitHub, capsys: pytest.CaptureFixture[str]
) -> None:
    _stored(Reason.PERMANENT_REDIRECT)
    github.fail("GET", "/user", Played(status=401))
    assert main(COMMAND) == ExitStatus.INCOMPLETE
    said = capsys.readouterr()
    assert "answers with 401: the token is not accepted" in said.err
    assert TOKEN not in said.out + said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--token", TOKEN], "--token: expected env:NAME"),
        (["--token", "env:NONE_SUCH"], "--token: there is no NONE_SUCH in the environment"),
        (["--token", "env:BAD_TOKEN"], "--token: what BAD_TOKEN has is no token"),
        (["--api-url", "http://api.example"], "a token goes over https only"),
        (["--repository", "list"], "expected --repository OWNER/NAME"),
        (["--set", "fetch.ca_bundle=none.pem"], "fetch.ca_bundle: none.pem: cannot be used"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_sent(
    words: list[str],
    says: str,
    github: PlayedGitHub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BAD_TOKEN", "a\u2028b")
    _stored(Reason.OK)
    assert main([*COMMAND, *words]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert says in said
    assert TOKEN not in said
    assert github.requests == []


def test_a_repository_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY")
    assert main(COMMAND) == ExitStatus.USAGE
    assert "--repository" in capsys.readouterr().err


def test_before_the_first_run_there_is_nothing_to_tell(
    github: PlayedGitHub, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open("crawler.db"):
        pass
    assert main(COMMAND) == ExitStatus.INCOMPLETE
    assert "`crawler run` makes the first" in capsys.readouterr().err
    assert github.requests == []
