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
        kept = plain[len(self.old_start) :].removesuffix(self.old_end)
        if not kept:
            return None
        kept = _styled(kept, has_dashes=self.has_dashes, is_lower=self.is_lower)
        return self.new_start + kept + self.new_end


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
    has_dashes = "_" in before and "_" not in after
    is_lower = after == after.lower() and before != before.lower()
    styled = [_styled(name, has_dashes=has_dashes, is_lower=is_lower) for name in olds]
    kept = _kept_names(styled, news)
    if not kept or not all((olds[:-kept], news[:-kept])):
        return None
    return Rewrite(
        old_start="/".join(olds[:-kept]) + "/",
        new_start="/".join(news[:-kept]) + "/",
        old_end=old_end,
        new_end=new_end,
        has_dashes=has_dashes,
        is_lower=is_lower,
    )


def _kept_names(olds: list[str], news: list[str]) -> int:
    """How many names at the end are the same; scheme and host are never among them."""
    most = min(len(olds), len(news)) - 3
    for kept in range(most):
        if olds[-1 - kept] != news[-1 - kept]:
            return kept
    return max(most, 0)


def _styled(text: str, *, has_dashes: bool, is_lower: bool) -> str:
    dashed = text.replace("_", "-") if has_dashes else text
    return dashed.lower() if is_lower else dashed


def _end(url: str) -> str:
    origin = urls.origin(url)
    found = _EXTENSION.search(url, len(origin) + 1)
    return found[0] if found else ""
