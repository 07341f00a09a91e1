"""Pure: the words a person types, as a full-text query, and the statements that keep the index.

With any SQLite tool: `select * from resources_fts where resources_fts match 'raft' order by rank`;
its `rowid` is the `id` in `resources`.
"""

REFRESH = (
    """
    delete from resources_fts where rowid in (
        select rowid from (select rowid, * from resources_fts except select * from searchable)
    )
    """,
    """
    insert into resources_fts (rowid, list_title, title, description)
    select * from searchable except select rowid, * from resources_fts
    """,
)
"""Bring the index up to the listed resources and their last good pages; touches only what differs."""

FIND = """
select resources.* from resources_fts join resources on resources.id = resources_fts.rowid
where resources_fts match ? order by resources_fts.rank, resources.line
"""
"""The resources for a full-text query, best first."""


def query(words: str) -> str:
    """The full-text query for all of the words, each also as the beginning of a longer one.

    >>> query('learn "sql')
    '"learn"* "sql"*'
    """
    return " ".join(f'"{word}"*' for word in words.replace('"', " ").split())
