"""IO: from what pip can install this crawler elsewhere.

Source: https://packaging.python.org/specifications/direct-url-data-structure/
"""

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from urllib.parse import unquote, urlsplit

from crawler import __version__

UNKNOWN_SOURCE = "git+https://git.example/resource-crawler@COMMIT"
"""A placeholder, where nobody knows what the crawler was installed from."""

_PACKAGE = "resource-crawler"
_SOURCE = re.compile(r"git\+https://[\w.:/~+-]+@[0-9a-f]{40,64}")
_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/]([\w./~+-]+)")
_SECONDS = 10


def source_of_this() -> str:
    """From what this crawler was installed, or the placeholder."""
    try:
        text = distribution(_PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        return UNKNOWN_SOURCE
    return source_of(text)


def source_of(direct_url: str | None) -> str:
    """The source by the text of `direct_url.json`, which is None after an installation from an index.

    A folder is a clone, most likely: then it is where that comes from, at the commit that it has now.
    """
    if direct_url is None:
        return f"{_PACKAGE}=={__version__}"
    found = json.loads(direct_url)
    vcs, url = found.get("vcs_info"), str(found.get("url", ""))
    if vcs is None:
        folder = unquote(urlsplit(url).path)
        remote = _git(folder, "config", "remote.origin.url")
        return _usable(_SSH.sub(r"https://\1/\2", remote), _git(folder, "rev-parse", "HEAD"))
    return _usable(url, str(vcs.get("commit_id"))) if vcs.get("vcs") == "git" else UNKNOWN_SOURCE


def _usable(url: str, commit: str) -> str:
    source = f"git+{url}@{commit}"
    return source if _SOURCE.fullmatch(source) else UNKNOWN_SOURCE


def _git(folder: str, *words: str) -> str:
    """What git prints about a folder; empty when it refuses, or is not there."""
    try:
        done = subprocess.run(  # noqa: S603  (no shell, and our own words)
            ("git", "-C", folder, *words),  # noqa: S607  (where the user has it)
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
