"""Pure: the JSON Schemas (2020-12) of the reports that programs read."""

from importlib.resources import files

NAMES = ("latest.json", "run.json", "events.ndjson", "fixes.json")
"""The reports that have one."""


def schema(name: str) -> str:
    """The text of the schema of a report; of `events.ndjson`, that of one line."""
    return files(__name__).joinpath(f"{name.partition('.')[0]}.schema.json").read_text("utf-8")
