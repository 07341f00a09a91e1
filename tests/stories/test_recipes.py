"""The scripts of the recipes, run as a runner runs them: real git, and GitHub as far as it is needed."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.recipes import render
from tests.support.github import TOKEN, PlayedGitHub, playing
from tests.support.recipes import ACTION, PLACE, script_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

SCRIPTS = Path(sysconfig.get_path("scripts"))
GH = """#!/bin/sh
echo "$*" >> "$GH_LOG"
case "$*" in
  "pr list --head"*) cat "$GH_KNOWN" ;;
  "pr list --state open"*) cat "$GH_OPEN" ;;
esac
"""
"""In place of GitHub's own command: it notes what it is asked for, and answers from files."""
GOOD = "url,title\nmailto:a@a.example,Mail\n"
BAD = f"{GOOD}nowhere,Gone\n"
PATCH = """\
Link report: fixes for resources.csv

--- a/resources.csv
+++ b/resources.csv
@@ -1,3 +1,3 @@
 url,title
 mailto:a@a.example,Mail
-nowhere,Gone
+mailto:b@b.example,Gone
"""
STEPS = (
    "Look at all links",
    "Commit the reports that changed",
    "Keep the issue up to date",
    "Propose the safe fixes as a pull request",
)


@dataclass
class Stand:
    """A repository with a list, its copy at a runner, and what the runner's scripts see."""

    folder: Path
    github: PlayedGitHub

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def asked(self) -> list[str]:
        """What GitHub's command was asked for."""
        log = self.folder / "gh.log"
        return log.read_text("utf-8").splitlines() if log.exists() else []

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.folder}:{SCRIPTS}:{os.defpath}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GH_LOG": str(self.folder / "gh.log"),
            "GH_KNOWN": str(self.folder / "known"),
            "GH_OPEN": str(self.folder / "open"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.github.url,
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_REF_NAME": "main",
            "GITHUB_REPOSITORY": "me/list",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_TOKEN": TOKEN,
            "RUNNER_TEMP": str(self.folder),
        }

    def git(self, *words: str, cwd: Path | None = None) -> str:
        names = ("-c", "user.name=x", "-c", "user.email=x@x.example")
        done = subprocess.run(
            ["git", *names, *words],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            cwd=cwd or self.origin,
            env=self.environment,
        )
        return done.stdout.strip()

    def edit(self, branch: str = "main", **files: str) -> None:
        """A commit of a person."""
        copy = self.folder / "person"
        shutil.rmtree(copy, ignore_errors=True)
        self.git("clone", "--quiet", str(self.origin), str(copy), cwd=self.folder)
        if branch != "main":
            self.git("switch", "--quiet", "--create", branch, cwd=copy)
        for name, text in files.items():
            (copy / name.replace("_", ".")).write_text(text, "utf-8")
        self.git("add", "--all", cwd=copy)
        self.git("commit", "--quiet", "--message", "Edit", cwd=copy)
        self.git("push", "--quiet", "origin", f"HEAD:{branch}", cwd=copy)

    def clone(self, depth: int = 1) -> Path:
        """A fresh copy, as a job begins with; the database of the last night is restored."""
        copy, old = self.folder / "job", self.folder / "crawler.db"
        if (copy / "crawler.db").exists():
            shutil.copy(copy / "crawler.db", old)
        shutil.rmtree(copy, ignore_errors=True)
        words = ("clone", "--quiet", f"--depth={depth}", f"file://{self.origin}", str(copy))
        self.git(*words, cwd=self.folder)
        if old.exists():
            shutil.copy(old, copy / "crawler.db")
        return copy

    def run(
        self, script: str, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        (self.folder / "output").write_text("", "utf-8")
        return subprocess.run(
            ["bash", "-e", "-c", script],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder / "job",
            env={**self.environment, **(more or {})},
        )

    def night(self, patch: str = "") -> str:
        """Runs all steps of the nightly workflow; returns what the look said of its status."""
        text = render("github", PLACE)[".github/workflows/links.yml"]
        said = ""
        for name in STEPS:
            done = self.run(script_of(text, name))
            assert done.returncode == 0, (name, done.stderr)
            if name == STEPS[0]:
                said = (self.folder / "output").read_text("utf-8").strip()
                if patch:
                    (self.folder / "job/reports/fixes.patch").write_text(patch, "utf-8")
        return said

    def commits(self, branch: str = "main") -> int:
        return int(self.git("rev-list", "--count", branch))


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    with playing() as github:
        found = Stand(tmp_path, github)
        (tmp_path / "known").write_text("0\n", "utf-8")
        (tmp_path / "open").touch()
        (tmp_path / "gh").write_text(GH, "utf-8")
        (tmp_path / "gh").chmod(0o755)
        found.git(
            "init", "--quiet", "--bare", "--initial-branch=main", str(found.origin), cwd=tmp_path
        )
        found.edit(resources_csv=BAD)
        yield found


def test_a_night_commits_what_is_stable_and_tells_an_issue(stand: Stand) -> None:
    stand.clone()
    assert stand.night() == "status=1"
    kept = stand.git("ls-tree", "-r", "--name-only", "main").splitlines()
    assert "reports/README.md" in kept
    assert not {"reports/index.html", "reports/run.json", "crawler.db"} & {*kept}
    assert [issue["state"] for issue in stand.github.issues] == ["open"]
    assert (stand.folder / "summary.md").read_text("utf-8").startswith("# Link report")


def test_a_quiet_night_commits_nothing(stand: Stand) -> None:
    for _ in range(2):  # the second one tells that the first was a first look
        stand.clone()
        stand.night()
    before = stand.commits()
    stand.clone()
    assert stand.night() == "status=0"
    assert stand.commits() == before
    assert [method for method, _ in stand.github.changes] == ["POST", "PATCH"]


def test_what_a_person_has_pushed_during_the_night_stays(stand: Stand) -> None:
    stand.clone()
    stand.edit(notes_txt="mine")
    stand.night()
    kept = stand.git("ls-tree", "-r", "--name-only", "main").splitlines()
    assert {"notes.txt", "reports/README.md"} <= {*kept}


def test_fixes_are_proposed_once_and_older_ones_are_closed(stand: Stand) -> None:
    stand.clone()
    (stand.folder / "open").write_text("4 links/fixes-older\n5 another\n", "utf-8")
    stand.night(PATCH)
    (branch,) = stand.git("for-each-ref", "--format=%(refname:short)", "refs/heads/links").split()
    assert "mailto:b@b.example,Gone" in stand.git("show", f"{branch}:resources.csv")
    assert stand.git("show", "main:resources.csv") == BAD.strip()
    created = [one for one in stand.asked if one.startswith("pr create")]
    assert len(created) == 1
    assert f"--base main --head {branch} --title Mend links" in created[0]
    closed = [one for one in stand.asked if one.startswith("pr close")]
    assert [one.split()[2] for one in closed] == ["4"]
    # What is asked for later leaves those with this title out: such fixes may come again.
    assert any(
        one.endswith("pulls/4 --raw-field title=Mend links (replaced)") for one in stand.asked
    )
    (query,) = (one for one in stand.asked if one.startswith("pr list --head"))
    assert '.title != "Mend links (replaced)"' in query
    (stand.folder / "known").write_text("1\n", "utf-8")
    (stand.folder / "gh.log").unlink()
    stand.clone()
    stand.night(PATCH)
    assert not [one for one in stand.asked if one.startswith("pr c") and " 4 " not in one]


def test_fixes_that_no_longer_fit_wait_for_the_next_night(stand: Stand) -> None:
    stand.clone()
    stand.night(PATCH.replace("nowhere,Gone", "elsewhere,Gone"))
    assert not [one for one in stand.asked if one.startswith("pr create")]


def test_a_run_that_cannot_begin_fails_the_job(stand: Stand) -> None:
    stand.edit(resources_csv="no,header\n")
    stand.clone()
    text = render("github", PLACE)[".github/workflows/links.yml"]
    assert stand.run(script_of(text, STEPS[0])).returncode == 2
    assert (stand.folder / "output").read_text("utf-8") == "status=2\n"


# --- pull requests ------------------------------------------------------------------------------


@pytest.fixture
def request_of(stand: Stand) -> Stand:
    """A branch that adds a row without a URL, and settings that nobody should believe."""
    stand.edit(
        "change", resources_csv=f"{BAD}there,New\n", crawler_toml="resources = 'none.csv'\n"
    )
    copy = stand.clone(depth=100)
    stand.git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", cwd=copy)
    stand.git("switch", "--quiet", "--detach", "origin/change", cwd=copy)
    return stand


def test_only_what_a_pull_request_adds_is_looked_at(request_of: Stand) -> None:
    text = render("github", PLACE)[".github/workflows/new-links.yml"]
    done = request_of.run(script_of(text, "Look at new links"), {"GITHUB_BASE_REF": "main"})
    assert done.returncode == 1
    marks = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert [mark.partition("::New")[0] for mark in marks] == ["::error file=resources.csv,line=4"]


@pytest.mark.parametrize(
    ("command", "fail_on", "returned"),
    [
        ("check", "findings", 1),
        ("check", "faults", 0),
        ("check", "nothing", 0),
        ("check", "all", 2),
        ("walk", "findings", 2),
        ("run", "faults", 0),
    ],
)
def test_the_action_fails_on_what_was_asked_for(
    command: str, fail_on: str, returned: int, request_of: Stand
) -> None:
    bin_folder = request_of.folder / "crawler" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "crawler").symlink_to(SCRIPTS / "crawler")
    if command == "run":
        (request_of.folder / "job/crawler.toml").unlink()
    inputs = {
        "COMMAND": command,
        "CONFIG": "",
        "CHANGED_SINCE": "",
        "FAIL_ON": fail_on,
        "GITHUB_BASE_REF": "main",
    }
    done = request_of.run(script_of(ACTION.read_text("utf-8"), "Look at links"), inputs)
    assert done.returncode == returned, done.stderr
    if command != "walk":
        assert (request_of.folder / "output").read_text("utf-8") == "status=1\n"
