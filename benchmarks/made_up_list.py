"""IO: the settings of a run over a made-up list."""

from collections.abc import Iterable
from pathlib import Path

from crawler.config import FixSettings, Settings


def settings_for(folder: Path, lines: Iterable[str]) -> Settings:
    """Those of a run over the list with these lines, which is written to the folder; nothing is searched for."""
    listed = folder / "resources.csv"
    with listed.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return Settings(
        resources=(str(listed),),
        database=str(folder / "crawler.db"),
        reports=str(folder / "reports"),
        fix=FixSettings(search=False),
    )
