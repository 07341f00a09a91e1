"""Unit tests of what changed in the text of a page."""
