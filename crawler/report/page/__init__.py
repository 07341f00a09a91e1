"""Pure: what the page for a browser shows beside the report's words: pictures, stories, tasks.

`survey` looks at every history once; `rows` and `tasks` are made one at a time while the page is
written, so that the stories of a long list are never in memory together.
"""
