"""IO: settings for the list in the present folder, written for a person to go on from."""

import configparser
import json
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.config import DEFAULT_CONTACT, ListSettings
from crawler.errors import ConfigError, ResourcesError, StoreError
from crawler.model import ResourceList
from crawler.own_files import make_file, read_small
from crawler.run.files import read_files

FILE = "crawler.toml"
_MOST_BYTES = 10_000_000
"""Of a `pyproject.toml` that is read."""

_CANDIDATES = (
    "resources.csv",
    "awesome-*.md",
    "[Rr][Ee][Aa][Dd][Mm][Ee].md",
    "resources.*",
    "links.*",
    "bookmarks*.html",
    "bookmarks*.json",
    "*.opml",
    "*.csv",
    "*.tsv",
    "data/*.yml",
    "data/*.yaml",
    "_data/*.yml",
    "docs/**/*.md",
    "*.md",
    "sitemap*.xml",
    "urls.txt",
)
"""Where lists are kept, the likeliest first."""
_TYPES = frozenset(
    {
        ".csv",
        ".gz",
        ".htm",
        ".html",
        ".json",
        ".markdown",
        ".md",
        ".opml",
        ".toml",
        ".tsv",
        ".txt",
        ".xml",
        ".yaml",
        ".yml",
    }
)
_NO_LISTS = ("changelog", "changes", "code_of_conduct", "contributing", "licen", "security")
"""Beginnings of the names of documents that every repository has."""
_ENOUGH = 3
"""Links that the first candidate needs; if no file has as many, the first one with a link is taken."""
_REMOTE = re.compile(
    r"(?:https?://|ssh://|)(?:[^@/]+@)?([a-z0-9][a-z0-9.-]*)[:/]([\w./-]+?)(?:\.git)?/?", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What was found in the folder, and the settings for it."""

    resources: tuple[str, ...]
    """The files or globs of the list."""
    listed: ResourceList
    others: tuple[str, ...]
    """Files that look like lists too."""
    contact: str
    """A URL of the maintainers; empty when none is known."""
    text: str
    """Of the file with the settings."""


def find(resources: Sequence[str] = (), list_format: str = "") -> Start:
    """The list in the present folder: `resources`, or else the likeliest files.

    Raises:
        ConfigError: there are settings already.
        ResourcesError: there is no list, or `resources` cannot be read.
    """
    _refuse_to_replace()
    rules = ListSettings(format=list_format)
    others: tuple[str, ...] = ()
    if resources:
        chosen, listed = tuple(resources), read_files(resources, rules)
    else:
        readable = list(_readable(rules))
        if not readable:
            raise ResourcesError(
                "there is no list in this folder; name its files with --resources"
            )
        found = next((one for one in readable if len(one[1].resources) >= _ENOUGH), readable[0])
        (name, listed), chosen = found, (found[0],)
        others = tuple(other for other, _ in readable if other != name)
    contact = _contact()
    text = _settings(chosen, list_format, contact)
    return Start(resources=chosen, listed=listed, others=others, contact=contact, text=text)


def write(start: Start) -> None:
    """Writes the settings; a file of that name is never replaced.

    Raises:
        ConfigError: there is one by now.
        StoreError: the folder cannot be written.
    """
    try:
        make_file(Path(FILE), start.text.encode())
    except FileExistsError:
        raise _is_there(FILE) from None
    except OSError as error:
        raise StoreError(f"{FILE}: cannot be written ({error.strerror})") from error


def _is_there(name: str) -> ConfigError:
    return ConfigError(f"{name}: there are settings already; edit them, or move the file away")


def has_settings() -> bool:
    """Whether the present folder has settings already."""
    return bool(_settings_file())


def _refuse_to_replace() -> None:
    if file := _settings_file():
        raise _is_there(file)


def _settings_file() -> str:
    """The file with settings; empty when there is none."""
    if os.path.lexists(FILE):
        return FILE
    try:
        project = tomllib.loads(read_small(Path("pyproject.toml"), _MOST_BYTES).decode())
    except (OSError, ValueError):
        return ""
    return "pyproject.toml" if "crawler" in project.get("tool", {}) else ""


# --- the list -----------------------------------------------------------------------------------


def _readable(rules: ListSettings) -> Iterator[tuple[str, ResourceList]]:
    """The candidates that are lists with links, in order; a glob over folders stands for its files."""
    seen: set[str] = set()
    for pattern in _CANDIDATES:
        paths = sorted(str(path) for path in Path().glob(pattern) if path.is_file())
        names = (pattern,) if "**" in pattern and paths else paths
        for name in names:
            if name not in seen and (name == pattern or _may_be_list(Path(name))):
                seen.update(paths if name == pattern else (name,))
                listed = _read(name, rules)
                if listed and listed.resources:
                    yield name, listed


def _may_be_list(path: Path) -> bool:
    return path.suffix.lower() in _TYPES and not path.name.lower().startswith(_NO_LISTS)


def _read(name: str, rules: ListSettings) -> ResourceList | None:
    try:
        return read_files((name,), rules)
    except ResourcesError:
        return None


# --- the contact --------------------------------------------------------------------------------


def _contact() -> str:
    """The address of the repository at its host, by git's settings; empty when there is none."""
    settings = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        settings.read(".git/config", encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return ""
    remote = settings.get('remote "origin"', "url", fallback="")
    found = _REMOTE.fullmatch(remote.strip())
    return f"https://{found[1].lower()}/{found[2]}" if found and "." in found[1] else ""


# --- the file -----------------------------------------------------------------------------------

_TEXT = """\
# Settings of resource-crawler. What begins with "# " and a name is a default that you may change.

# The list: a file, or several files and globs.
resources = {resources}

# Sites see this in their logs: {contact_note}
user_agent = {user_agent}

# What is remembered of every night, and where the reports are written.
# database = "crawler.db"
# reports = "reports"

[list]
{format}
# Links of Markdown and HTML: "items" are those in lists and tables, "all" are all of them; "auto" reads
# the items of a file called README or awesome-..., and all links of any other.
# links = "auto"
# Globs on URLs that are not in the list, such as badges.
# ignore = ["https://img.shields.io/*"]
# What relative links in Markdown and HTML are relative to; without it they are left out.
# base_url = ""

[fetch]
# Globs on URLs that are listed but not asked.
# exclude = ["https://intranet.example.org/*"]
# Seconds for a whole run; what was not asked by then is asked first the next time.
# budget = 900

[report]
# Exit status 1 for new findings of these classes: broken, suspect, moved, tls_expiring, failing.
# fail_on = ["broken"]

[schedule]
# For `crawler schedule`: the five words of a crontab.
# cron = "17 3 * * *"
# timezone = "UTC"
# Hours after a run in which links in trouble are looked at again; [] = never.
# recheck_hours = [1, 4, 12]

[notify]
# Who gets a message when there is something to say; needs the extra `notify`.
# urls = ["env:CHAT_URL"]
"""


def _settings(resources: Sequence[str], list_format: str, contact: str) -> str:
    names = [json.dumps(name, ensure_ascii=False) for name in resources]
    note = "an address of yours, by which its owner can reach you."
    return _TEXT.format(
        resources=names[0] if len(names) == 1 else f"[{', '.join(names)}]",
        contact_note=note if contact else f"put {note}",
        user_agent=json.dumps(f"resource-crawler/VERSION (+{contact or DEFAULT_CONTACT})"),
        format=f"format = {json.dumps(list_format)}"
        if list_format
        else '# csv, markdown, html, opml, yaml, json, toml, sitemap or text; "" = by name and content.\n'
        '# format = ""',
    )
