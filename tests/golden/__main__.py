"""Writes all golden files again, and the tables of `docs/reports.md`: `python -m tests.golden`."""

from runpy import run_module

MODULES = (
    "tests.unit.report.test_golden",
    "tests.unit.test_recipes",
    "tests.unit.cli.test_tables",
    "tests.stories.test_stories",
    "tests.stories.test_sixty_nights",
)
"""Each writes its own files."""

for module in MODULES:
    run_module(module, run_name="__main__")
