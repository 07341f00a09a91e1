"""Recipes for every night: the examples in `docs`, and what tools that know such files say of them.

`python -m tests.golden` writes the examples again.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
import yaml

from crawler import __version__, config, cron, recipes
from crawler.cli import crawler
from crawler.errors import ConfigError
from crawler.recipes import UNKNOWN_SOURCE
from crawler.recipes.source import source_of
from tests.support.paths import REPOSITORY
from tests.support.recipes import ACTION, EXAMPLES, HOOKS, PLACE, examples, steps, write_tree

TEXTS = {
    **examples(),
    "action.yml": ACTION.read_text("utf-8"),
    "hooks": HOOKS.read_text("utf-8"),
    "every-night.md": (REPOSITORY / "docs" / "every-night.md").read_text("utf-8"),
}
WORKFLOWS = ("github-links.yml", "github-new-links.yml")
COMMAND = re.compile(r"(?<![\w/.-])crawler ([a-z].*?)(?=$|\n|`|\|\||&&|>|#)", re.MULTILINE)
NONE = object()


def has(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=cwd)
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


# --- the examples -------------------------------------------------------------------------------


def test_the_examples_are_what_init_writes() -> None:
    found = {path.name: path.read_text("utf-8") for path in EXAMPLES.iterdir()}
    assert found == examples()


def commands() -> Iterator[tuple[str, list[str]]]:
    """The words after `crawler` wherever a recipe runs it."""
    for name, text in TEXTS.items():
        for found in COMMAND.finditer(text.replace("\\\n", " ")):
            words = shlex.split(found[1].replace("…", ""), posix=True)
            if words and words[0] in crawler.list_commands(click.Context(crawler)):
                yield name, words


def test_every_command_in_a_recipe_exists_with_its_options() -> None:
    seen = set()
    for name, words in commands():
        command: click.Command | None = crawler
        while words and isinstance(command, click.Group):
            command = command.get_command(click.Context(command), words.pop(0))
        assert command, name
        known = {option for param in command.params for option in param.opts}
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= known, (name, command.name, given - known)
        seen.add((name, command.name))
    assert {
        ("github-links.yml", "run"),
        ("github-links.yml", "github"),
        ("github-new-links.yml", "check"),
        ("gitlab-links.yml", "run"),
        ("gitlab-links.yml", "check"),
        ("hooks", "check"),
    } <= seen


def test_every_recipe_runs_at_the_same_time_of_night() -> None:
    for name in ("crawler.cron", "github-links.yml"):
        found = re.search(r"(\d+ \d+ \* \* \*)", examples()[name])
        assert found
        assert cron.parse(found[1]) == cron.parse("17 3 * * *")
    assert "OnCalendar=*-*-* 03:17:00" in examples()["crawler.timer"]


# --- what goes into them ------------------------------------------------------------------------


def test_a_strange_folder_is_quoted_in_each_kind_of_file(tmp_path: Path) -> None:
    place = replace(PLACE, folder="/srv/my 100% 'list'", crawler='/opt/a "b"/crawler')
    line = recipes.render("cron", place)["crawler.cron"].splitlines()[-1]
    words = shlex.split(line.partition("*  ")[2].replace(r"\%", "%"))
    assert words[1] == place.folder
    assert words[3] == place.crawler
    # In the folder of the list, somebody could put a link in the place of the log.
    assert words[-2:] == ["$HOME/crawler.log", "2>&1"]
    assert not re.search(r"(?<!\\)%", line)
    write_tree(tmp_path, "systemd", place)
    unit = (tmp_path / "systemd/crawler.service").read_text("utf-8")
    assert "\nWorkingDirectory=/srv/my 100%% 'list'\n" in unit
    assert "\nReadWritePaths=\"/srv/my 100%% 'list'\"\n" in unit
    assert '\nExecStart="/opt/a \\"b\\"/crawler" run --quiet\n' in unit
    write_tree(tmp_path, "systemd", replace(PLACE, folder="/srv/o'brien"))
    unit = (tmp_path / "systemd/crawler.service").read_text("utf-8")
    assert '\nReadWritePaths="/srv/o\'brien"\n' in unit


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_what_a_host_reads_is_written_at_the_top_of_a_repository_only(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "docs" / "links"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    recipes.require_top(name)  # a repository may be made later
    (tmp_path / ".git").mkdir()
    recipes.require_top("cron")
    with pytest.raises(ConfigError, match=f"go to {tmp_path}, and give the list by --resources"):
        recipes.require_top(name)
    monkeypatch.chdir(tmp_path)
    recipes.require_top(name)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("url", "vcs", "source"),
    [
        ("https://git.example/a/b", "git", f"git+https://git.example/a/b@{COMMIT}"),
        ("https://me:secret@git.example/a/b", "git", UNKNOWN_SOURCE),
        ("ssh://git@git.example/a/b", "git", UNKNOWN_SOURCE),
        ("https://git.example/a/$(b)", "git", UNKNOWN_SOURCE),
        ("https://hg.example/a", "hg", UNKNOWN_SOURCE),
        ("file:///nowhere/clone", NONE, UNKNOWN_SOURCE),
    ],
)
def test_the_same_crawler_is_installed_elsewhere(url: str, vcs: object, source: str) -> None:
    found: dict[str, object] = {"url": url}
    if vcs is not NONE:
        found["vcs_info"] = {"vcs": vcs, "commit_id": COMMIT}
    assert source_of(json.dumps(found)) == source


@has("git")
@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://git.example/a/b.git", "https://git.example/a/b.git"),
        ("git@git.example:a/b.git", "https://git.example/a/b.git"),
        ("ssh://git@git.example/a/b", "https://git.example/a/b"),
        ("https://me:secret@git.example/a/b", ""),
        ("/srv/git/b.git", ""),
    ],
)
def test_a_clone_stands_for_where_it_comes_from(
    remote: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "my clone"
    names = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    run("git", "init", "--quiet", folder, cwd=tmp_path)
    run("git", *names, "commit", "--quiet", "--allow-empty", "--message=x", cwd=folder)
    run("git", "remote", "add", "origin", remote, cwd=folder)
    found = source_of(json.dumps({"url": folder.as_uri(), "dir_info": {}}))
    if not address:
        assert found == UNKNOWN_SOURCE
    else:
        assert re.fullmatch(re.escape(f"git+{address}@") + "[0-9a-f]{40}", found)


def test_from_an_index_the_same_version_is_installed() -> None:
    assert source_of(None) == f"resource-crawler=={__version__}"


def test_a_path_that_no_recipe_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a\nb"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(ConfigError, match="control characters"):
        recipes.here()


# --- writing ------------------------------------------------------------------------------------


def test_no_file_of_somebody_else_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = recipes.render("systemd", recipes.here())
    assert recipes.write(texts) == ("systemd/crawler.service", "systemd/crawler.timer")
    assert recipes.write(texts) == ()
    Path("systemd/crawler.timer").write_text("mine", "utf-8")
    Path("systemd/crawler.service").unlink()
    with pytest.raises(ConfigError, match=r"crawler\.timer: is there already"):
        recipes.write(texts)
    assert not Path("systemd/crawler.service").exists()
    Path("systemd/crawler.timer").unlink()
    Path("systemd/crawler.timer").mkdir()
    with pytest.raises(ConfigError, match="is there already"):
        recipes.refuse_to_replace(texts)


def test_links_and_odd_files_are_neither_followed_nor_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    here.mkdir()
    other.mkdir()
    monkeypatch.chdir(here)
    Path("systemd").symlink_to(other)
    Path(".github").mkdir()
    Path(".github/workflows").symlink_to(other)
    for name in ("github", "systemd"):
        with pytest.raises(ConfigError, match="a symbolic link"):
            recipes.write(recipes.render(name, PLACE))
    assert not list(other.iterdir())
    os.mkfifo("crawler.cron")
    Path("Containerfile").symlink_to("/dev/zero")
    for name in ("container", "cron"):
        with pytest.raises(ConfigError, match="is there already"):
            recipes.write(recipes.render(name, PLACE))


# --- what other programs say --------------------------------------------------------------------


@pytest.mark.parametrize("name", [*WORKFLOWS, "action.yml"])
def test_actions_are_pinned_and_scripts_hold_no_foreign_text(name: str) -> None:
    found = [*steps(TEXTS[name])]
    used = [step["uses"] for step in found if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40}", one) for one in used)
    assert all("${{" not in step.get("run", "") for step in found)


@pytest.mark.parametrize("name", [*WORKFLOWS, "gitlab-links.yml"])
def test_no_variable_of_a_recipe_is_taken_for_a_setting(name: str) -> None:
    """The crawler reads those of its prefix, and refuses unknown ones."""
    variables = dict(variables_of(yaml.safe_load(TEXTS[name])))
    assert variables
    config.load("", variables)


def variables_of(node: object) -> Iterator[tuple[str, str]]:
    """The environment that a workflow or a pipeline sets, at any place."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"env", "variables"}:
                yield from ((name, str(text)) for name, text in value.items())
            else:
                yield from variables_of(value)
    elif isinstance(node, list):
        for one in node:
            yield from variables_of(one)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_have_few_rights_and_run_once(name: str) -> None:
    workflow = yaml.safe_load(TEXTS[name])
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert set(job["permissions"]) <= {"contents", "issues", "pull-requests"}


def test_the_other_files_are_yaml() -> None:
    pipeline = yaml.safe_load(TEXTS["gitlab-links.yml"])
    assert pipeline["links"]["resource_group"]
    (hook,) = yaml.safe_load(TEXTS["hooks"])
    assert re.search(hook["files"], "docs/list.md")
    assert not re.search(hook["files"], "main.py")


@has("systemd-analyze")
def test_systemd_knows_what_the_units_say(tmp_path: Path) -> None:
    place = replace(PLACE, folder=str(tmp_path), crawler=shutil.which("true") or "")
    write_tree(tmp_path, "systemd", place)
    units = [tmp_path / "systemd" / name for name in ("crawler.timer", "crawler.service")]
    assert run("systemd-analyze", "verify", *units, cwd=tmp_path) == ""


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["actionlint", "-no-color"], marks=has("actionlint")),
        pytest.param(["zizmor", "--offline", "--quiet"], marks=has("zizmor")),
    ],
)
def test_checkers_of_workflows_have_nothing_to_say(words: list[str], tmp_path: Path) -> None:
    write_tree(tmp_path, "github")
    files: list[str | Path] = [*(tmp_path / ".github" / "workflows").iterdir()]
    if words[0] == "zizmor":
        files.append(ACTION)
    assert run(*words, *files, cwd=tmp_path) == ""


@has("hadolint")
def test_a_checker_of_container_files_has_nothing_to_say(tmp_path: Path) -> None:
    assert run("hadolint", EXAMPLES / "Containerfile", cwd=tmp_path) == ""


@has("shellcheck")
@pytest.mark.parametrize("name", [*WORKFLOWS, "action.yml"])
def test_a_checker_of_scripts_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    for step in steps(TEXTS[name]):
        if "run" in step:
            (tmp_path / "script").write_text(step["run"], "utf-8")
            assert run("shellcheck", "--shell", "bash", "script", cwd=tmp_path) == ""


if __name__ == "__main__":
    for file_name, content in examples().items():
        (EXAMPLES / file_name).write_text(content, "utf-8")
