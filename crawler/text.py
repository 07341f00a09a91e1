"""Pure: foreign text, cleaned once on its way in, so that nothing downstream needs to."""

import unicodedata

TITLE_LENGTH = 300
"""Characters of a title that are kept."""
DESCRIPTION_LENGTH = 1000
"""Characters of a description that are kept."""
URL_LENGTH = 2000
"""Characters of a URL that are kept."""

# Unicode general categories: controls (C0, C1, DEL), format characters (zero-width, bidi controls,
# byte order mark) and lone surrogates. Unassigned code points stay: what one version of Python does
# not know yet is often an emoji that the next one does, and a title must not change with it.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str, length: int | None = None) -> str:
    r"""Foreign text as one line in NFC: no controls, no invisible or direction marks, no surrogates.

    White space of any kind, line separators included, folds to single blanks; a text longer than
    `length` characters is cut and ends in an ellipsis.

    >>> clean("  Learn\u200b \u202eSQL\n\tnow ")
    'Learn SQL now'
    """
    folded = " ".join(text.split())
    # What is printable has nothing to drop, and asking once is much faster.
    if not folded.isprintable():
        kept = (c for c in folded if unicodedata.category(c) not in _DROPPED_CATEGORIES)
        folded = " ".join("".join(kept).split())
    folded = " ".join(unicodedata.normalize("NFC", folded).split())
    if length is not None and len(folded) > length:
        return folded[: length - 1].rstrip() + "…"
    return folded
