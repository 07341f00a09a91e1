"""Pure: by which of the texts that link to a page a list calls it."""

import random
from collections.abc import Sequence

POOR = 0.08
"""The share of pages that are listed by a text that says nothing, where one links to them."""
_WRITTEN = 0.02
"""The share that is listed by what people write in lists instead of a title."""
_WRITTEN_TITLES = ("here", "Guide", "Link", "docs", "website", "this page", "Read more")
_POOR = frozenset(
    """
    docs website this page read next previous prev up top home here index contents content toc back more guide link source search help
    modules overview package class tree deprecated about legal license copyright glossary preface
    weiter zurück nach oben hoch hier inhalt start suche sommaire suivant précédent haut ici accueil
    předcházející avanti niveau supérieur předch. след пред arriba seguente nivel voorgaande
    siguiente anterior subir inicio aquí índice indice successivo precedente su qui pagina
    forrige neste indietro risali προηγ επόμενο التالي السابق 概述 fr ko ja de en es
    volgende vorige omhoog hier seuraava edellinen ylös další předchozí nahoru vpred
    次へ 前へ 上に戻る ホーム 下一页 上一页 上一级 起始页 пред. след. вперед назад наверх начало
    próxima anterior acima >> << > < → ← » «
    """.split()  # noqa: SIM905 - a word a line would bury the table
)


def listed_text(texts: Sequence[tuple[str, int]], draw: random.Random) -> str:
    """The text for a list: mostly the most frequent that says something.

    >>> listed_text([("next", 9), ("Hash tables", 2)], random.Random(1))
    'Hash tables'
    """
    kind = draw.random()
    if kind < _WRITTEN:
        return draw.choice(_WRITTEN_TITLES)
    poor = [text for text, _ in texts if not says_something(text)]
    if kind < _WRITTEN + POOR and poor:
        return draw.choice(poor)
    telling = [text for text, _ in texts if says_something(text)]
    return telling[0] if telling else texts[0][0]


def says_something(text: str) -> bool:
    """Whether a text is more than a direction.

    >>> says_something("Next"), says_something("3.3.16"), says_something("Hash tables")
    (False, True, True)
    """
    words = text.casefold().strip(" .:[]()").split()
    return not all(len(word) < 2 or word.strip(".:,") in _POOR for word in words)
