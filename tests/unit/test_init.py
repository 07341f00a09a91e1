"""Settings for the list in a folder."""

import re
from pathlib import Path

import pytest

from crawler import init
from crawler.config import DEFAULT_CONTACT, Settings, load
from crawler.errors import ConfigError, ResourcesError

CSV = "url\nhttps://a.example\n"
LINKS = "".join(f"- [{name}](https://{name}.example)\n" for name in "abc")
YAML = "- url: https://a.example\n"
BOOKMARKS = "<!DOCTYPE NETSCAPE-Bookmark-file-1><a href=https://a.example>a</a>"


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def keep(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "resources", "others"),
    [
        ({"resources_csv": CSV, "README_md": LINKS}, ("README.md",), ("resources.csv",)),
        ({"resources_csv": CSV}, ("resources.csv",), ()),
        (
            {"README_md": "# Mine\n\n[x](https://a.example)", "links_yaml": YAML},
            ("links.yaml",),
            (),
        ),
        (
            {"README_md": LINKS, "CHANGELOG_md": LINKS, "notes_md": LINKS},
            ("README.md",),
            ("notes.md",),
        ),
        ({"docs__a_md": LINKS, "docs__b__c_md": LINKS}, ("docs/**/*.md",), ()),
        ({"bookmarks-2026_html": BOOKMARKS}, ("bookmarks-2026.html",), ()),
        ({"package_json": "{}", "broken_csv": "x", "my_csv": CSV}, ("my.csv",), ()),
    ],
)
def test_the_likeliest_list_is_found(
    files: dict[str, str], resources: tuple[str, ...], others: tuple[str, ...]
) -> None:
    keep(**files)
    start = init.find()
    assert (start.resources, start.others) == (resources, others)
    assert start.listed.resources


def test_named_files_are_taken() -> None:
    keep(README_md=LINKS, other_x=LINKS)
    start = init.find(["other.x", "*.md"], "markdown")
    assert start.listed.files == ("other.x", "README.md")
    written = load(start.text, {})
    assert (written.resources, written.list.format) == (("other.x", "*.md"), "markdown")


def test_a_folder_without_a_list_is_told() -> None:
    keep(README_md="no links", notes_md="[a](#b)")
    with pytest.raises(ResourcesError, match="there is no list in this folder; name its files"):
        init.find()


@pytest.mark.parametrize(
    ("name", "text"),
    [("crawler_toml", ""), ("pyproject_toml", "[tool.crawler]\nresources = 'x'\n")],
)
def test_settings_that_are_there_are_never_replaced(name: str, text: str) -> None:
    keep(README_md=LINKS)
    start = init.find()
    keep(**{name: text})
    with pytest.raises(ConfigError, match="there are settings already; edit them"):
        init.find()
    if name == "crawler_toml":
        with pytest.raises(ConfigError):
            init.write(start)
        assert Path("crawler.toml").read_text(encoding="utf-8") == ""


def test_a_project_file_that_leads_to_a_device_is_not_read() -> None:
    keep(README_md=LINKS)
    Path("pyproject.toml").symlink_to("/dev/zero")
    assert init.find().resources == ("README.md",)
    assert not init.has_settings()


def test_what_is_written_can_be_loaded() -> None:
    keep(README_md=LINKS, pyproject_toml="[project]\nname = 'x'\n")
    start = init.find()
    init.write(start)
    text = Path("crawler.toml").read_text(encoding="utf-8")
    assert load(text, {}) == Settings(resources=("README.md",))


def test_what_is_commented_out_is_a_setting_and_mostly_its_default() -> None:
    keep(README_md=LINKS)
    text = re.sub(r"^# (?=[a-z_]+ = )", "", init.find().text, flags=re.MULTILINE)
    written = load(text, {"CHAT_URL": "json://chat.example"})
    assert written.notify.urls == ("json://chat.example",)
    assert written.list.ignore
    assert written.fetch.exclude
    assert (written.database, written.reports) == (Settings().database, Settings().reports)
    assert (written.schedule, written.report) == (Settings().schedule, Settings().report)
    assert written.fetch.budget == Settings().fetch.budget


@pytest.mark.parametrize(
    ("remote", "contact"),
    [
        ("https://git.example/me/list.git", "https://git.example/me/list"),
        ("git@git.example:me/list.git", "https://git.example/me/list"),
        ("ssh://git@git.example/me/list", "https://git.example/me/list"),
        ("https://me:secret@git.example/me/list.git", "https://git.example/me/list"),
        ("/srv/git/list.git", ""),
        ("../list", ""),
        ("", ""),
    ],
)
def test_the_contact_is_the_repository(remote: str, contact: str) -> None:
    keep(README_md=LINKS)
    Path(".git").mkdir()
    Path(".git/config").write_text(f'[remote "origin"]\n\turl = {remote}\n', encoding="utf-8")
    start = init.find()
    assert start.contact == contact
    assert f"(+{contact or DEFAULT_CONTACT})" in load(start.text, {}).user_agent
