"""Pure: how the addresses of other resources changed, and what the same change makes of a lost one."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crawler import urls

AGREEING = 2
"""Resources that must have moved in the same way."""
_EXTENSION = re.compile(r"(?:/(?:index|default))?\.[a-z][a-z0-9]{0,5}$|/$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A change from old URLs to new ones: what stands between start and end is kept."""

    old_start: str
    """Origin and first folders."""
    new_start: str
    old_end: str
    """File extension or slash."""
    new_end: str
    has_dashes: bool = False
    """Whether underscores became dashes."""
    is_lower: bool = False
    """Whether letters became small."""

    def apply(self, url: str) -> str | None:
        """The new URL; None when the rewrite is not about this one."""
        plain = urls.without_fragment(url)
        if not (plain.startswith(self.old_start) and _end(plain) == self.old_end):
            return None
        kept = plain[len(self.old_start) :]
        kept = kept.removesuffix(self.old_end) if self.old_end else kept
        if not kept:
            return None
        return self.new_start + _styled(kept, self) + self.new_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """What a rewrite makes of a URL."""

    url: str
    neighbours: tuple[str, ...]
    """Old URLs of the resources that moved in this way, in their order."""


def transferred(
    url: str, moves: Iterable[tuple[str, str]], *, agreeing: int = AGREEING
) -> tuple[Transferred, ...]:
    """What the rewrites make of a URL that so many moves have in common; most moves first.

    The URL's own move does not count.
    """
    supporters: dict[str, list[str]] = defaultdict(list)
    for old, new in dict.fromkeys(moves):
        if urls.host_key(old) != urls.host_key(url) or old == url:
            continue
        rewrite = rewrite_of(old, new)
        made = rewrite.apply(url) if rewrite else None
        if made is not None and made != url:
            supporters[made].append(old)
    agreed = {made: olds for made, olds in supporters.items() if len(set(olds)) >= agreeing}
    ranked = sorted(agreed, key=lambda made: -len(agreed[made]))
    return tuple(Transferred(url=one, neighbours=tuple(agreed[one])) for one in ranked)


def rewrite_of(old: str, new: str) -> Rewrite | None:
    """The change from one URL to another; None when they have no name in common."""
    before, after = urls.without_fragment(old), urls.without_fragment(new)
    old_end, new_end = _end(before), _end(after)
    olds = before.removesuffix(old_end).split("/")
    news = after.removesuffix(new_end).split("/")
    dashed = "_" in before and "_" not in after
    lower = after == after.lower() and before != before.lower()
    style = Rewrite(
        old_start="",
        new_start="",
        old_end=old_end,
        new_end=new_end,
        has_dashes=dashed,
        is_lower=lower,
    )
    kept = _kept_names(olds, news, style)
    if not kept or not all((olds[:-kept], news[:-kept])):
        return None
    return Rewrite(
        old_start="/".join(olds[:-kept]) + "/",
        new_start="/".join(news[:-kept]) + "/",
        old_end=old_end,
        new_end=new_end,
        has_dashes=dashed,
        is_lower=lower,
    )


def _kept_names(olds: list[str], news: list[str], style: Rewrite) -> int:
    """How many names at the end are the same; scheme and host are never among them."""
    most = min(len(olds), len(news)) - 3
    for kept in range(most):
        if _styled(olds[-1 - kept], style) != news[-1 - kept]:
            return kept
    return max(most, 0)


def _styled(text: str, style: Rewrite) -> str:
    dashed = text.replace("_", "-") if style.has_dashes else text
    return dashed.lower() if style.is_lower else dashed


def _end(url: str) -> str:
    origin = urls.origin(url)
    found = _EXTENSION.search(url, len(origin) + 1)
    return found[0] if found else ""
