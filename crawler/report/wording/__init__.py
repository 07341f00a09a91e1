"""Pure: what reports say to a person about each code of the model.

`reason_words` has a sentence and a next step for every reason, `warning_words` the warnings,
`state_words` classes, verdicts and states, `event_words` the events, `text_words` what has changed in
a page's text, `fix_words` new addresses, `dossier_words` what only `crawler status` shows, `list_words`
how the list was read, `today_words` what `crawler check` says.
Headings and introductions are in the templates.
"""


def plural(count: int, one: str, more: str) -> str:
    """A number and its noun or verb.

    >>> plural(1, "link", "links"), plural(2, "link", "links")
    ('1 link', '2 links')
    """
    return f"{count} {one if count == 1 else more}"


def upper_first(phrase: str) -> str:
    """A phrase as a heading or a sentence."""
    return phrase[:1].upper() + phrase[1:]
