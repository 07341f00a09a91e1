"""IO: GitHub's REST API, as much of it as an issue needs.

Source: https://docs.github.com/rest/issues
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self

from crawler.errors import ConfigError
from crawler.publish.issue_plan import Author, Issue
from crawler.publish.sender import Access, Sender, Waiting, unexpected
from crawler.text import clean

_CLOSED_PAGES = 30
"""Of closed issues and pull requests, of 100 each, the last changed first."""
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


class GitHub:
    """The issues of one repository; close it after use.

    All methods raise `PublishError` where GitHub cannot be reached, or does not do what was asked.
    """

    def __init__(self, access: Access, waiting: Waiting) -> None:
        """Asks for nothing yet.

        Raises:
            ConfigError: the access cannot be used.
        """
        if not _REPOSITORY.fullmatch(access.repository):
            raise ConfigError(f"{clean(access.repository, 100)}: expected --repository OWNER/NAME")
        self._sender = Sender(access, waiting)
        self._api = access.api_url.rstrip("/")
        self._issues = f"{self._api}/repos/{access.repository}/issues"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sender.close()

    def own_login(self) -> str:
        """The name of the token's user; empty for the token of an app, which has none."""
        return str(self._sender.read_if_allowed(f"{self._api}/user").get("login", ""))

    def issues(self, *, are_open: bool) -> Iterator[Issue]:
        """All issues that are open, or those closed ones that were changed last, in that order."""
        state = "open" if are_open else "closed"
        query = f"?state={state}&sort=updated&direction=desc&per_page=100"
        pages = self._sender.pages(self._issues + query)
        for number, page in enumerate(pages, 1):
            yield from (_issue(one) for one in page if "pull_request" not in one)
            if number == _CLOSED_PAGES and not are_open:
                return

    def comments(self, number: int, since: datetime) -> Iterator[tuple[Author, str]]:
        """The authors and texts of the comments that were changed since then."""
        query = f"?since={since:%Y-%m-%dT%H:%M:%SZ}&per_page=100"
        for page in self._sender.pages(f"{self._issues}/{number}/comments{query}"):
            yield from ((_author(one), str(one.get("body") or "")) for one in page)

    def create(self, title: str, body: str) -> Issue:
        """Makes a new issue."""
        return _issue(self._sender.create(self._issues, {"title": title, "body": body}))

    def change(self, number: int, **values: str) -> None:
        """Gives the issue these values: `body`, `state`, `state_reason`."""
        self._sender.change("PATCH", f"{self._issues}/{number}", values)

    def comment(self, number: int, body: str) -> None:
        """Adds a comment to the issue."""
        self._sender.change("POST", f"{self._issues}/{number}/comments", {"body": body})


def _issue(found: dict[str, Any]) -> Issue:
    try:
        return Issue(
            number=int(found["number"]),
            url=clean(str(found.get("html_url", "")), 300),
            body=str(found.get("body") or ""),
            is_open=found["state"] == "open",
            author=_author(found),
        )
    except (KeyError, OverflowError, TypeError, ValueError):
        raise unexpected("an issue") from None


def _author(found: dict[str, Any]) -> Author:
    user = found.get("user")
    user = user if isinstance(user, dict) else {}  # None for a deleted account
    return Author(
        login=str(user.get("login", "")),
        is_bot=user.get("type") == "Bot",
        association=str(found.get("author_association", "")),
    )
