"""Where the repository and its files for tests are."""

from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
GOLDEN = REPOSITORY / "tests" / "golden"
"""What reports and summaries looked like when somebody last reviewed them."""
SCHEMAS = REPOSITORY / "tests" / "schemas"
"""The database's schema as each migration left it."""
