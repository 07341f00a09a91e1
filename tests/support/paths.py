"""Where the repository and its files for tests are."""

from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
GOLDEN = REPOSITORY / "tests" / "golden"
"""Reports and summaries as they were when last reviewed."""
SCHEMAS = REPOSITORY / "tests" / "schemas"
"""The database's schema as each migration left it."""
