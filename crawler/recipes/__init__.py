"""IO: files with which the crawler runs every night, written for a folder."""

import json
import re
import stat
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from shlex import quote

from crawler.errors import ConfigError, StoreError
from crawler.own_files import make_file, make_folder
from crawler.recipes.source import UNKNOWN_SOURCE, source_of_this
from crawler.text import clean

__all__ = [
    "RECIPES",
    "UNKNOWN_SOURCE",
    "NightPlace",
    "Recipe",
    "here",
    "refuse_to_replace",
    "render",
    "require_top",
    "write",
]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one kind of timer runs the crawler."""

    templates: Mapping[str, str]
    """Where each file goes in the folder, and the name of its template."""
    next_step: str
    """A sentence for the person who asked for it."""
    is_for_host: bool = False
    """Whether the host of a repository runs it, which reads such files at the top only."""


RECIPES: Mapping[str, Recipe] = {
    "container": Recipe(
        templates={"Containerfile": "Containerfile"},
        next_step="Build and run it as its first lines say.",
    ),
    "cron": Recipe(
        templates={"crawler.cron": "crawler.cron"},
        next_step="Add its last line by `crontab -e`.",
    ),
    "github": Recipe(
        is_for_host=True,
        templates={
            ".github/workflows/links.yml": "github-links.yml",
            ".github/workflows/new-links.yml": "github-new-links.yml",
        },
        next_step="Commit and push them. For the fixes, let GitHub Actions create pull requests "
        "(Settings > Actions > General).",
    ),
    "gitlab": Recipe(
        is_for_host=True,
        templates={".gitlab/links.yml": "gitlab-links.yml"},
        next_step="Include it in .gitlab-ci.yml, and make a pipeline schedule, as its first lines say.",
    ),
    "systemd": Recipe(
        templates={
            "systemd/crawler.service": "crawler.service",
            "systemd/crawler.timer": "crawler.timer",
        },
        next_step="Copy them to /etc/systemd/system, then `systemctl enable --now crawler.timer`.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NightPlace:
    """Where the crawler will run."""

    folder: str
    """Of the list; absolute."""
    crawler: str
    """Path of the command; absolute."""
    user: str
    """Who owns the folder."""
    source: str
    """What pip installs the crawler from, elsewhere."""


def here() -> NightPlace:
    """The present folder, and the crawler that runs now.

    Raises:
        ConfigError: a path holds control characters, which no recipe can hold.
    """
    folder, command = Path.cwd(), Path(sysconfig.get_path("scripts")) / "crawler"
    if not command.exists():
        command = Path(sys.argv[0]).absolute()
    if _CONTROL.search(f"{folder}{command}"):
        raise ConfigError("the path of this folder holds control characters; use another folder")
    try:
        user = folder.owner()
    except KeyError:
        user = str(folder.stat().st_uid)
    return NightPlace(folder=str(folder), crawler=str(command), user=user, source=source_of_this())


def require_top(name: str) -> None:
    """Makes sure that the recipe will be read where it is written.

    Raises:
        ConfigError: it is for the top of a repository, and this is a folder in one.
    """
    here = Path.cwd()
    if not RECIPES[name].is_for_host or (here / ".git").exists():
        return
    if top := next((one for one in here.parents if (one / ".git").exists()), None):
        raise ConfigError(
            f"--recipe {name}: its files are read at the top of a repository only; go to "
            f"{clean(str(top))}, and give the list by --resources"
        )


# --- the files ----------------------------------------------------------------------------------


def _for_cron(text: str) -> str:
    return quote(text).replace("%", r"\%")


def _for_systemd(text: str) -> str:
    return text.replace("%", "%%")


def _for_systemd_words(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if escaped != text or {" ", "'"} & {*text} else text


_Quoting = Callable[[str], str]
_QUOTING: Mapping[str, _Quoting] = {"crawler.cron": _for_cron}
"""How a path is written in the file of this name; else as in the words of a systemd unit."""


def render(name: str, place: NightPlace) -> Mapping[str, str]:
    """The files of a recipe: their paths in the folder, and what they say."""
    return {path: _filled(template, place) for path, template in RECIPES[name].templates.items()}


def _filled(template: str, place: NightPlace) -> str:
    words = _QUOTING.get(template, _for_systemd_words)
    text = files(__package__).joinpath("templates", template).read_text("utf-8")
    text = text.replace(
        "WorkingDirectory=@FOLDER@", f"WorkingDirectory={_for_systemd(place.folder)}"
    )
    values = {
        "@FOLDER@": words(place.folder),
        "@CRAWLER@": words(place.crawler),
        "@USER@": place.user,
        "@SOURCE@": json.dumps(place.source),
    }
    return re.sub("|".join(values), lambda found: values[found[0]], text)


def refuse_to_replace(texts: Mapping[str, str]) -> None:
    """Makes sure that no file is in the way.

    Raises:
        ConfigError: one of them is there, and says something else, or its folder is a link.
    """
    for path, text in texts.items():
        _is_there(path, text)


def write(texts: Mapping[str, str]) -> tuple[str, ...]:
    """Writes the files that are not there, and returns their paths; no file is ever replaced.

    Raises:
        ConfigError: as for `refuse_to_replace`; then none is written.
        StoreError: the folder cannot be written.
    """
    missing = {path: text for path, text in texts.items() if not _is_there(path, text)}
    for path, text in missing.items():
        try:
            make_folder(Path(path).parent)
            make_file(Path(path), text.encode())
        except FileExistsError:
            raise _foreign(path) from None
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    return tuple(missing)


def _is_there(path: str, text: str) -> bool:
    _refuse_links(path)
    content = text.encode()
    try:
        # Before it is opened: a FIFO would be waited for, and a device may have no end.
        status = Path(path).lstat()
        is_same = stat.S_ISREG(status.st_mode) and status.st_size == len(content)
        if not is_same or Path(path).read_bytes() != content:
            raise _foreign(path)
    except FileNotFoundError:
        return False
    except OSError:
        raise _foreign(path) from None
    return True


def _refuse_links(path: str) -> None:
    """Whoever made a link there would choose the folder in which files are made."""
    for folder in Path(path).parents:
        if folder.is_symlink():
            raise ConfigError(f"{folder}: a symbolic link, so nothing is written there; remove it")


def _foreign(path: str) -> ConfigError:
    return ConfigError(f"{path}: is there already, and is left as it is; move it away first")
