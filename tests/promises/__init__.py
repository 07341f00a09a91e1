"""The promises of `docs/promises.md`, and the tests that are marked with their numbers."""
