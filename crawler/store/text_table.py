"""IO: the tables `texts` and `kept_texts`: at most four texts of a resource, and the one of tonight.

A text is stored once, however many resources have it. What a run reads stands beside the rest until
the run ends: then it takes the place of another, or goes.
"""

from enum import StrEnum

from crawler.model import KeptText, PackedText, TextUse
from crawler.packing import packed_tighter, unpacked
from crawler.store.connections import RowReader, RowWriter


class _Role(StrEnum):
    """What a text of a resource is kept for."""

    FIRST = "first"
    """The first one at its present URL."""
    GOOD = "good"
    """The last good one, which later ones are compared with; not replaced by noise."""
    BEFORE_CHANGE = "before_change"
    BEFORE_BREAKING = "before_breaking"
    READ = "read"
    """That of a run which has not ended."""


_RESOURCE = "(select id from resources where key = :key)"

_GOOD = """
select digest from kept_texts join texts on texts.id = text_id
where resource_id = (select id from resources where key = ?) and role = 'good'
"""

GOOD_DIGEST = """
(select digest from kept_texts join texts on texts.id = text_id
    where resource_id = {resources}.id and role = 'good') as text_digest
"""
"""A column for a query of these resources: the digest of the last good text."""

_PACK_TIGHTER = "update texts set content = :content where id = :text_id"

_IS_STORED = "select 1 from texts where digest = ?"

_ADD = """
insert into texts (digest, content) values (:digest, :content) on conflict (digest) do nothing
"""

_READ = f"""
insert into kept_texts (resource_id, role, text_id, run_id)
values ({_RESOURCE}, 'read', (select id from texts where digest = :digest), :run_id)
on conflict (resource_id, role) do update set text_id = excluded.text_id, run_id = excluded.run_id
"""  # noqa: S608 - no foreign text

_COPY = f"""
insert into kept_texts (resource_id, role, text_id, run_id)
select resource_id, :new, text_id, run_id from kept_texts
where resource_id = {_RESOURCE} and role = :old
on conflict (resource_id, role) do update set text_id = excluded.text_id, run_id = excluded.run_id
"""  # noqa: S608 - likewise

_FORGET = f"""
delete from kept_texts where resource_id = {_RESOURCE} and role in (:role, :other)
"""  # noqa: S608 - likewise

_FORGET_READ = "delete from kept_texts where role = 'read'"

DROP_UNUSED = """
delete from texts where not exists (select 1 from kept_texts where text_id = texts.id)
"""

_CONTENT = """
select content, text_id from kept_texts join texts on texts.id = text_id
where resource_id = (select id from resources where key = ?) and role = ? and run_id >= ?
"""


class TextTable:
    """The texts of all resources."""

    def __init__(self, db: RowWriter) -> None:
        self._db = db

    def save(self, run_id: int, key: str, text: PackedText) -> None:
        """Store the text that a run has read, unless it is the last good one.

        One that was left out as stored, and was dropped since then, is read anew in the next run.
        """
        good = self._db.row(_GOOD, key)
        is_good = good is not None and good["digest"] == text.digest
        if is_good or not (text.content or self.is_stored(text.digest)):
            self._db.execute(_FORGET, {"key": key, "role": _Role.READ, "other": ""})
            return
        if text.content:
            self._db.execute(_ADD, {"digest": text.digest, "content": text.content})
        self._db.execute(_READ, {"key": key, "digest": text.digest, "run_id": run_id})

    def is_stored(self, digest: str) -> bool:
        """Whether there is a text with that digest."""
        return self._db.row(_IS_STORED, digest) is not None

    def read_in(self, run_id: int, key: str) -> KeptText | None:
        """The text that a run has read; None if it has read none, or the last good one again."""
        return text_read_in(self._db, run_id, key)

    def keep(self, key: str, use: TextUse) -> None:
        """Let the text that the present run has read take the place of others."""
        if use is TextUse.FIRST:
            changes = {"role": _Role.BEFORE_CHANGE, "other": _Role.BEFORE_BREAKING}
            self._db.execute(_FORGET, {"key": key, **changes})
        if use is TextUse.CHANGED:
            self._pack_tighter(key)
        copies = {
            TextUse.FIRST: ((_Role.READ, _Role.GOOD), (_Role.GOOD, _Role.FIRST)),
            TextUse.CHANGED: ((_Role.GOOD, _Role.BEFORE_CHANGE), (_Role.READ, _Role.GOOD)),
            TextUse.BROKE: ((_Role.GOOD, _Role.BEFORE_BREAKING),),
        }
        for old, new in copies[use]:
            self._db.execute(_COPY, {"key": key, "old": old, "new": new})

    def _pack_tighter(self, key: str) -> None:
        """Take more time for the text that is read, and less room: it will be kept for long."""
        row = self._db.row(_CONTENT, key, _Role.READ, 0)
        if row:
            tighter = packed_tighter(row["content"])
            self._db.execute(_PACK_TIGHTER, {"content": tighter, "text_id": row["text_id"]})

    def end_run(self) -> None:
        """Drop what the run has read, if it is not kept for something else."""
        self._db.execute(_FORGET_READ)
        self._db.execute(DROP_UNUSED)


def text_read_in(texts: RowReader, run_id: int, key: str) -> KeptText | None:
    """The text that a run has read; None if it has read none, or the last good one again."""
    row = texts.row(_CONTENT, key, _Role.READ, run_id)
    return unpacked(row["content"]) if row else None


def last_good_text(texts: RowReader, key: str) -> bytes:
    """The text of the last good page as it was packed; empty when there is none. In another process, too."""
    row = texts.row(_CONTENT, key, _Role.GOOD, 0)
    content: bytes = row["content"] if row else b""
    return content
