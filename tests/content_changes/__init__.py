"""The bench of content changes: real texts over 40 nights, with noise and with real edits."""
