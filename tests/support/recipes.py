"""The recipes as an example shows them, and the scripts in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from crawler.recipes import RECIPES, UNKNOWN_SOURCE, NightPlace, render
from tests.support.paths import REPOSITORY

EXAMPLES = REPOSITORY / "docs" / "recipes"
"""The recipes for `PLACE`, each file by the name of its template."""
PLACE = NightPlace(
    folder="/srv/my-list",
    crawler="/srv/my-list/.venv/bin/crawler",
    user="links",
    source=UNKNOWN_SOURCE,
)
ACTION = REPOSITORY / "action.yml"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"


def examples() -> dict[str, str]:
    """What each file in `docs/recipes` should say."""
    found: dict[str, str] = {}
    for name, recipe in RECIPES.items():
        texts = render(name, PLACE)
        found |= {template: texts[path] for path, template in recipe.templates.items()}
    return found


def steps(text: str) -> Iterator[dict[str, Any]]:
    """The steps of a workflow's jobs, or of an action."""
    read = yaml.safe_load(text)
    for job in read.get("jobs", {"action": read.get("runs")}).values():
        yield from job["steps"]


def script_of(text: str, name: str) -> str:
    """The script of the step of that name."""
    return next(str(step["run"]) for step in steps(text) if step.get("name") == name)


def write_tree(folder: Path, name: str, place: NightPlace = PLACE) -> None:
    """The files of a recipe, where they belong."""
    for path, text in render(name, place).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
