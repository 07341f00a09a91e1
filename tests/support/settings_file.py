"""The settings of a made-up web as a file, for tests that use the command line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.demo.web import Web
from crawler.demo.worlds import CANARIES


def write_settings(
    folder: Path, web: Web, canaries: Sequence[str] = CANARIES, **fetch: Any
) -> None:
    """A `crawler.toml` with which the command asks that web, without pauses."""
    quick = {"host_delay": 0, "recheck_after": 0, "attempts": 1, **fetch}
    addresses = ", ".join(f"{json.dumps(a)} = {json.dumps(b)}" for a, b in web.resolve)
    lines = (
        "[fetch]",
        *(f"{key} = {json.dumps(value)}" for key, value in quick.items()),
        'allow_private = ["127.0.0.0/8"]',
        f"ca_bundle = {json.dumps(web.ca_bundle)}",
        f"resolve = {{ {addresses} }}",
        "[guard]",
        f"canaries = {json.dumps(list(canaries))}",
    )
    (folder / "crawler.toml").write_text("\n".join(lines), encoding="utf-8")
