"""Settings that reach further than the web are told, without any secret."""

import pytest

from crawler.config import Settings, load, reach
from crawler.errors import ConfigError

HEADERS = """
[hosts."a.example".headers]
Authorization = "env:TOKEN"
X-Key = "secret"
Accept = "text/html"
"""
HOST = 'hosts."a.example"'
TOLD = (
    "Sent to hosts are the environment variables TOKEN to a.example (Authorization).",
    'Credentials are sent to a.example (hosts."a.example".headers): Authorization, X-Key.',
)


@pytest.mark.parametrize(
    ("toml_text", "told"),
    [
        ("", ()),
        ("[hosts.'a.example'.headers]\nAccept = 'text/html'", ()),
        (HEADERS, TOLD),
        (
            f"[hosts.'a.example']\ncredentials_over_http = true\nshow_pages = true\n{HEADERS}",
            (
                *TOLD,
                f"They are sent to a.example without encryption too ({HOST}.credentials_over_http).",
                f"What they open at a.example is stored and reported ({HOST}.show_pages).",
            ),
        ),
        (
            "fetch.allow_private = ['10.0.0.0/8', '*.lan']",
            ("Private addresses may be asked (fetch.allow_private): 10.0.0.0/8, *.lan.",),
        ),
        (
            "fetch.resolve = {'*:443' = '127.0.0.1:8443'}",
            ("Connections go elsewhere (fetch.resolve): *:443 at 127.0.0.1:8443.",),
        ),
        (
            "fetch.ca_bundle = '{key}.pem'",
            ("More certificate authorities are trusted (fetch.ca_bundle): {key}.pem.",),
        ),
        (
            "archive.endpoint = 'https://archive.example/cdx'",
            ("An archive is asked for lost pages, by their URLs (archive.endpoint).",),
        ),
        (
            "schedule.ping_url = 'https://ping.example/4711'",
            ("A service is told when each run begins and ends (schedule.ping_url).",),
        ),
        (
            "notify.urls = ['env:TOKEN', 'json://a-secret@a.example']",
            (
                "Sent to hosts are the environment variables TOKEN to a service (notify.urls).",
                "Messages about runs go to services (notify.urls).",
            ),
        ),
        (
            "hosts.'a.example'.insecure = true",
            ('The certificate of a.example is not checked (hosts."a.example".insecure).',),
        ),
    ],
)
def test_what_reaches_further_is_told(toml_text: str, told: tuple[str, ...]) -> None:
    found = reach(load(toml_text, {"TOKEN": "slack://4711"}))
    assert tuple(one.text for one in found) == told
    assert all(one.key in one.text for one in found)


def test_a_variable_that_a_later_source_replaces_is_not_told() -> None:
    later = ['hosts."a.example".headers={X = "y"}']
    assert load(HEADERS, {"TOKEN": "4711"}, later).variables == ()


def test_variables_cannot_be_set() -> None:
    with pytest.raises(ConfigError, match="variables: no such setting"):
        load("variables = ['x']", {})


def test_nothing_is_told_of_the_defaults() -> None:
    assert reach(Settings()) == ()
