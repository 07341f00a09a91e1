"""What a list may be, at the command line: its columns, its faults, accidents, files of a person."""

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.cli import main
from crawler.cli.exits import ExitStatus
from crawler.run.files import REPORTS
from crawler.store import Store

MAILS = [f"mailto:{n}@example.org" for n in range(9)]


def _list(*urls: str) -> None:
    rows = "".join(f"{n},{url}\n" for n, url in enumerate(urls, 1))
    Path("resources.csv").write_text(f"number,url\n{rows}", encoding="utf-8")


def test_the_first_run_says_which_column_was_taken_for_what(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "Name;Link;Notes\n;;\nA mail;mailto:someone@example.org;\n"
    Path("resources.csv").write_text(rows, encoding="utf-8")
    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().err == (
        'resources.csv: Columns read: url ("Link"), title ("Name"). Left alone: "Notes". '
        "Separated by semicolons.\n"
    )
    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().err == ""


def test_what_is_wrong_in_the_list_itself_comes_first_and_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = ["not a url", "htp://a.example/", "https://a.example/ https://b.example/"]
    _list("mailto:someone@example.org", *wrong)
    assert main(["run", "--quiet"]) == ExitStatus.NEW_FINDINGS
    said = capsys.readouterr().out
    assert said.startswith(
        "3 wrong in the list itself. First look, a baseline. Nothing else is confirmed\nyet.\n"
    )
    assert said.split("\n\n")[1].startswith(
        "Wrong in the list itself (3)\n  No. 2, resources.csv:3: not a url\n"
    )
    assert "Correct the URL in this row." in said
    report = Path("reports/README.md").read_text(encoding="utf-8")
    assert report.split("\n## ")[1].startswith("Wrong in the list itself (3)\n")
    assert re.findall("It has `(.+)`", report) == wrong
    assert report.count("**Next:** Correct the URL in this row.") == 3
    (first, *_) = json.loads(Path("reports/latest.json").read_text(encoding="utf-8"))["records"]
    assert (first["line"], first["class"], first["state"]) == (3, "broken", "broken")

    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.count("resources.csv:3: not a url") == 1
    _list("mailto:someone@example.org", *wrong, "ttps://c.example/")
    assert main(["run", "--quiet"]) == ExitStatus.NEW_FINDINGS
    said = capsys.readouterr().out
    assert said.startswith("4 wrong in the list itself.\n")
    assert said.count("resources.csv:6: ttps://c.example/ (new)\n") == 1


def test_only_takes_several_patterns(capsys: pytest.CaptureFixture[str]) -> None:
    _list(*(f"mailto:{name}@example.org" for name in "abcd"))
    only = ["--only", "1", "--only", "line:4", "--only", "MAILTO:d*"]
    assert main(["run", *only]) == ExitStatus.NOTHING_NEW
    asked = [line.rpartition(" ")[2] for line in capsys.readouterr().err.splitlines()]
    assert asked == [f"mailto:{name}@example.org" for name in "acd"]
    assert main(["run", "--only", "zzz"]) == ExitStatus.USAGE
    assert "zzz: no such resource; give a number" in capsys.readouterr().err


def _refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(["run", "--quiet", *argv]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_a_first_list_without_resources_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    _list()
    assert "resources.csv: The list has no resources" in _refused(capsys)
    assert "The list has no resources" in _refused(capsys, "--list-changed")
    assert not Path("reports/README.md").exists()


@pytest.mark.parametrize(
    ("urls", "says"),
    [
        ([], "The list is empty, and was not"),
        ([MAILS[0], MAILS[0]], "3 of 5 known resources are no longer in the list"),
        ([f"{url}.uk" for url in MAILS[:5]], "nothing in common"),
    ],
)
def test_a_list_that_looks_like_an_accident_is_refused_until_it_is_meant(
    urls: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _list(*MAILS[:5])
    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    before = Path("reports/README.md").read_bytes()
    capsys.readouterr()
    _list(*urls)
    assert says in _refused(capsys)
    assert main(["doctor", "--offline"]) == ExitStatus.USAGE
    assert says in capsys.readouterr().out
    assert Path("reports/README.md").read_bytes() == before
    assert main(["run", "--quiet", "--list-changed"]) == ExitStatus.NOTHING_NEW
    assert f"{len(urls)} links" in capsys.readouterr().out
    if urls:
        assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW


def test_what_is_added_to_an_emptied_list_is_told_as_added(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _list(*MAILS[:2])
    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    _list()
    assert main(["run", "--quiet", "--list-changed"]) == ExitStatus.NOTHING_NEW
    _list(*MAILS[:3])
    capsys.readouterr()
    assert main(["run", "--quiet"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().out.count("Added: mailto:") == 3


@pytest.mark.parametrize("name", REPORTS)
def test_a_file_of_a_person_is_never_replaced_by_a_report(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _list(MAILS[0])
    Path(name).write_text("Mine.\n", encoding="utf-8")
    before = sorted(Path().iterdir())
    assert main(["run", "--quiet", "--reports", "."]) == ExitStatus.INCOMPLETE
    said = capsys.readouterr().err
    assert f"{name}: not a report of this crawler" in said
    assert "--reports" in said
    assert Path(name).read_text(encoding="utf-8") == "Mine.\n"
    assert sorted(Path().iterdir()) == before
    assert main(["doctor", "--offline", "--reports", "."]) == ExitStatus.INCOMPLETE
    assert f"fail  reports: {name}: not a report" in capsys.readouterr().out
    Path(name).rename("kept")
    assert main(["run", "--quiet", "--reports", "."]) == ExitStatus.NOTHING_NEW
    assert main(["run", "--quiet", "--reports", "."]) == ExitStatus.NOTHING_NEW
    capsys.readouterr()
    Path(name).write_text("Mine.\n", encoding="utf-8")
    until = ["--until", "9999-01-01", "--reason", "x"]
    for command in (["report"], ["mute", "1", *until]):
        assert main([*command, "--reports", "."]) == ExitStatus.INCOMPLETE
    with Store.open("crawler.db") as store:
        assert store.records()["1"].mute is None
    assert Path(name).read_text(encoding="utf-8") == "Mine.\n"


DOCUMENT = """\
# List

- [A](ftp://a.example) [top](#list)
- [B](ftp://b.example), [A](ftp://a.example), <x@y.example>, [z](#z)

[outside](ftp://c.example)
"""
READ = (
    "README.md: 2 links in 1 file, 1 of them twice; 4 left out: 2 anchors, 1 mail address, "
    "1 outside of lists and tables.\n"
)


def test_the_first_run_of_a_document_says_what_was_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("README.md").write_text(DOCUMENT, encoding="utf-8")
    assert main(["run", "--quiet", "--resources", "README.md"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().err == READ
    assert main(["run", "--quiet", "--resources", "README.md"]) == ExitStatus.NOTHING_NEW
    assert capsys.readouterr().err == ""


def test_init_writes_settings_that_work(capsys: pytest.CaptureFixture[str]) -> None:
    Path("README.md").write_text(DOCUMENT, encoding="utf-8")
    assert main(["init"]) == ExitStatus.NOTHING_NEW
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(READ.strip())
    assert "crawler.toml is written." in said
    assert main(["init"]) == ExitStatus.USAGE
    assert "there are settings already" in capsys.readouterr().err
    assert main(["run", "--only", "README.md:4"]) == ExitStatus.NOTHING_NEW
    asked = capsys.readouterr().err.splitlines()[1:]
    assert {line.rpartition(" ")[2] for line in asked} == {"ftp://a.example", "ftp://b.example"}
    assert main(["status", "README.md:3"]) == ExitStatus.NOTHING_NEW
    assert "ftp://a.example" in capsys.readouterr().out


def test_an_older_document_from_standard_input_has_the_format_of_the_present_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("README.md").write_text(DOCUMENT + "\n- [N](ftp://n.example)\n", encoding="utf-8")
    older = SimpleNamespace(buffer=io.BytesIO(DOCUMENT.encode()))
    monkeypatch.setattr("sys.stdin", older)
    words = ["check", "--json", "--changed-since", "-", "--resources", "README.md"]
    assert main(words) == ExitStatus.NOTHING_NEW
    (link,) = json.loads(capsys.readouterr().out)
    assert (link["resource_url"], link["file"], link["line"]) == (
        "ftp://n.example",
        "README.md",
        8,
    )
