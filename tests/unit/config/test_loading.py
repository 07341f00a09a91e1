from collections.abc import Mapping

import pytest

from crawler.config import (
    ArchiveSettings,
    ConfirmSettings,
    FetchSettings,
    GuardSettings,
    HostSettings,
    ListSettings,
    ReportSettings,
    ScheduleSettings,
    Settings,
    load,
)
from crawler.config.loading import SETTINGS
from crawler.errors import ConfigError

NOTHING: Mapping[str, str] = {}

EVERYTHING = """
resources = "list.csv"
database = "data/links.db"
reports = "out"
user_agent = "list-bot/VERSION (+https://example.org/bot)"
[fetch]
concurrency = 8
per_host = 2
host_delay = 0
connect_timeout = 1
read_timeout = 2.5
total_timeout = 3.0
attempts = 1
max_retry_after = 0
recheck_after = 0
max_redirects = 0
max_body_bytes = 1
budget = 86400
robots = false
conditional = false
exclude = ["*.pdf"]
allow_private = ["*.intranet.example", "10.0.0.0/8", "fd00::/8", "127.0.0.1", "*"]
ca_bundle = "roots.pem"
[fetch.resolve]
"example.org:443" = "127.0.0.1:8443"
"*:80" = "[::1]:8080"
"*" = "127.0.0.1:1"
[hosts."Example.ORG"]
per_host = 4
host_delay = 0.25
robots = false
headers = { Authorization = "env:TOKEN", Accept-Language = "en" }
accept = [403, 599]
insecure = true
[confirm]
dead = 1
failing = 2
span_hours = 36
[guard]
canaries = []
[report]
fail_on = ["broken", "suspect", "moved", "tls_expiring", "failing"]
tls_expiry_days = 30
slow_seconds = 2
[schedule]
cron = "@daily"
timezone = "Europe/Berlin"
jitter = 60
[list]
format = "markdown"
links = "items"
ignore = ["https://img.example/*"]
base_url = "https://example.org/list/"
[archive]
endpoint = "https://archive.example/web"
kind = "timemap"
"""


def test_nothing_set_gives_the_defaults() -> None:
    assert load("", NOTHING) == Settings()


def test_every_setting_can_be_set_in_the_file() -> None:
    assert load(EVERYTHING, {"TOKEN": "Bearer x\n"}) == Settings(
        resources=("list.csv",),
        database="data/links.db",
        reports="out",
        user_agent="list-bot/VERSION (+https://example.org/bot)",
        fetch=FetchSettings(
            concurrency=8,
            per_host=2,
            host_delay=0,
            connect_timeout=1,
            read_timeout=2.5,
            total_timeout=3,
            attempts=1,
            max_retry_after=0,
            recheck_after=0,
            max_redirects=0,
            max_body_bytes=1,
            budget=86_400,
            robots=False,
            conditional=False,
            exclude=("*.pdf",),
            allow_private=("*.intranet.example", "10.0.0.0/8", "fd00::/8", "127.0.0.1", "*"),
            resolve=(
                ("example.org:443", "127.0.0.1:8443"),
                ("*:80", "[::1]:8080"),
                ("*", "127.0.0.1:1"),
            ),
            ca_bundle="roots.pem",
        ),
        hosts=(
            (
                "example.org",
                HostSettings(
                    per_host=4,
                    host_delay=0.25,
                    robots=False,
                    headers=(("Authorization", "Bearer x"), ("Accept-Language", "en")),
                    accept=(403, 599),
                    insecure=True,
                ),
            ),
        ),
        confirm=ConfirmSettings(dead=1, failing=2, span_hours=36),
        guard=GuardSettings(canaries=()),
        report=ReportSettings(
            fail_on=("broken", "suspect", "moved", "tls_expiring", "failing"),
            tls_expiry_days=30,
            slow_seconds=2,
        ),
        schedule=ScheduleSettings(
            cron="@daily",
            timezone="Europe/Berlin",
            jitter=60,
        ),
        list=ListSettings(
            format="markdown",
            links="items",
            ignore=("https://img.example/*",),
            base_url="https://example.org/list/",
        ),
        archive=ArchiveSettings(endpoint="https://archive.example/web", kind="timemap"),
        variables=("TOKEN to example.org (Authorization)",),
    )


@pytest.mark.promise("17")
@pytest.mark.parametrize("key", SETTINGS, ids=".".join)
def test_every_setting_refuses_what_is_of_no_type(key: tuple[str, ...]) -> None:
    path = ".".join(key).replace("*", "localhost")
    assert fault(f"{path} = 2020-01-01").startswith(f"c.toml: {path}: found a date or a time, ")


def test_an_integer_is_taken_for_a_float() -> None:
    settings = load("[fetch]\nread_timeout = 3", NOTHING)
    assert isinstance(settings.fetch.read_timeout, float)


# --- precedence ---------------------------------------------------------------------------------


def test_flags_win_over_the_environment_and_the_environment_over_the_file() -> None:
    settings = load(
        "[fetch]\nread_timeout = 1\ntotal_timeout = 1\nconnect_timeout = 1",
        {"CRAWLER_FETCH__READ_TIMEOUT": "2", "CRAWLER_FETCH__TOTAL_TIMEOUT": "2"},
        ["fetch.read_timeout=3", "fetch.attempts=1", "fetch.attempts=2"],
    )
    assert settings.fetch == FetchSettings(
        read_timeout=3, total_timeout=2, connect_timeout=1, attempts=2
    )


def test_one_host_can_be_set_from_several_places() -> None:
    settings = load(
        '[hosts."Example.org"]\nper_host = 2\n[hosts."a.example:8080"]',
        {"CRAWLER_HOSTS__LOCALHOST__ROBOTS": "false"},
        ['hosts."example.org".insecure=true'],
    )
    assert settings.hosts == (
        ("example.org", HostSettings(per_host=2, insecure=True)),
        ("localhost", HostSettings(robots=False)),
    )


@pytest.mark.parametrize(
    ("text", "database"),
    [
        ("other.db", "other.db"),
        ('"quoted.db"', "quoted.db"),
        ("/var/lib/links = old.db", "/var/lib/links = old.db"),
        ("'''two\nlines'''", "two\nlines"),
        ('"a"\nreports = "b"', '"a"\nreports = "b"'),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_what_is_no_toml_value_is_plain_text(text: str, database: str) -> None:
    assert load("", {"CRAWLER_DATABASE": text}).database == database
    assert load("", NOTHING, [f"database={text}"]).database == database


def test_lists_and_tables_can_be_set_from_outside() -> None:
    settings = load(
        "",
        {"CRAWLER_REPORT__FAIL_ON": '["moved"]', "CRAWLER_FETCH": "{attempts = 1}"},
        ["fetch.resolve={'*:80' = '127.0.0.1:8080'}"],
    )
    assert settings.report.fail_on == ("moved",)
    assert settings.fetch == FetchSettings(attempts=1, resolve=(("*:80", "127.0.0.1:8080"),))


def test_other_variables_of_the_environment_are_ignored() -> None:
    assert load("", {"PATH": "/bin", "MY_CRAWLER_X": "1", "crawler_x": "1"}) == Settings()


@pytest.mark.parametrize(
    ("text", "database"),
    [
        ('[tool.crawler]\ndatabase = "x.db"\n[tool.ruff]\ndatabase = 1', "x.db"),
        ('database = "x.db"', "crawler.db"),
        ("[tool.ruff]\nline-length = 99", "crawler.db"),
    ],
)
def test_pyproject_is_read_at_its_table(text: str, database: str) -> None:
    assert load(text, NOTHING, source="/work/pyproject.toml").database == database


# --- faults -------------------------------------------------------------------------------------


def fault(
    toml_text: str = "",
    environ: Mapping[str, str] = NOTHING,
    *overrides: str,
    source: str = "c.toml",
) -> str:
    with pytest.raises(ConfigError) as caught:
        load(toml_text, environ, overrides, source=source)
    return str(caught.value)


@pytest.mark.parametrize(
    ("toml_text", "start"),
    [
        ("database = ", "c.toml:1: this is no TOML: "),
        ("\n\ndatabase = nonsense", "c.toml:3: this is no TOML: "),
        ('\ndatabase = "open', "c.toml:2: this is no TOML: "),
        ("a = " + "[" * 100_000, "c.toml:1: this is no TOML: "),
        ("a = " + "1" * 5_000, "c.toml:1: this is no TOML: "),
    ],
)
def test_what_is_no_toml_is_reported_with_file_and_line(toml_text: str, start: str) -> None:
    assert fault(toml_text).startswith(start)


UNKNOWN = "no such setting; the nearest is"


@pytest.mark.promise("17")
@pytest.mark.parametrize(
    ("toml_text", "text"),
    [
        ("databse = 1", f"c.toml: databse: {UNKNOWN} database"),
        ("[featch]\nattempts = 1", f"c.toml: featch: {UNKNOWN} fetch"),
        ("[fetch]\nread_timout = 1", f"c.toml: fetch.read_timout: {UNKNOWN} fetch.read_timeout"),
        ("read_timeout = 1", f"c.toml: read_timeout: {UNKNOWN} fetch.read_timeout"),
        (
            "letters.urls = ['mailto://u:p@a']",
            "c.toml: letters: no such setting; none has a similar name",
        ),
        (
            "[hosts.'a.example']\nacept = [403]",
            f"c.toml: hosts.a.example.acept: {UNKNOWN} hosts.a.example.accept",
        ),
        ('"data\\u001b[31m\\nbase" = 1', f"c.toml: data[31m base: {UNKNOWN} database"),
    ],
)
def test_an_unknown_key_is_reported_with_the_nearest_one(toml_text: str, text: str) -> None:
    assert fault(toml_text) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CRAWLER_FETCH__READ_TIMOUT", "fetch.read_timout: {} CRAWLER_FETCH__READ_TIMEOUT"),
        ("CRAWLER_FETCH_READ_TIMEOUT", "fetch_read_timeout: {} CRAWLER_FETCH__READ_TIMEOUT"),
        ("CRAWLER_DATABSE", "databse: {} CRAWLER_DATABASE"),
    ],
)
def test_an_unknown_variable_is_reported_with_the_nearest_one(name: str, text: str) -> None:
    assert fault("", {name: "secret"}) == f"{name}: {text.format(UNKNOWN)}"


def test_an_unknown_variable_without_a_name_is_an_error() -> None:
    assert fault("", {"CRAWLER_": "1"}).startswith("CRAWLER_: : no such setting; ")


def test_an_unknown_flag_is_reported_with_the_nearest_key() -> None:
    text = f"--set: fetch.budjet: {UNKNOWN} fetch.budget"
    assert fault("", NOTHING, "fetch.budjet=1") == text


@pytest.mark.parametrize("override", ["", "database", "=x", "a b=1", "a..b=1", "# a=1"])
def test_an_override_is_a_key_and_a_value(override: str) -> None:
    text = "--set: found something else, expected KEY=VALUE with a dotted key"
    assert fault("", NOTHING, override) == text


def test_an_override_is_one_key() -> None:
    assert "no such setting" in fault("", NOTHING, "[a]\n[fetch]\nattempts=1")


ATTEMPTS = "expected a whole number, 1 to 100"
BUDGET = "expected a number, more than 0 and at most 86400"
ACCEPT = "expected a list of whole numbers, 100 to 599"
HEADERS = "expected a table of field names (RFC 9110 §5.1) with one line of ASCII each"
RESOLVE = (
    "expected a table of host:port, *:port or * in lower case, and address:port,"
    ' such as "*:443" = "127.0.0.1:8443"'
)


@pytest.mark.promise("17")
@pytest.mark.parametrize(
    ("toml_text", "text"),
    [
        ("database = 1", "database: found 1, expected a path"),
        ("database = 2020-01-01", "database: found a date or a time, expected a path"),
        ("database = ['x']", "database: found a list, expected a path"),
        ("database = {x = 'y'}", "database: found a table, expected a path"),
        ("fetch = 1", "fetch: found 1, expected a table"),
        ("fetch = 'u:p'", "fetch: found another text, expected a table"),
        ("fetch.attempts = 1.0", f"fetch.attempts: found 1.0, {ATTEMPTS}"),
        ("fetch.attempts = true", f"fetch.attempts: found true, {ATTEMPTS}"),
        ("fetch.budget = true", f"fetch.budget: found true, {BUDGET}"),
        ("fetch.budget = '1'", f'fetch.budget: found "1", {BUDGET}'),
        ("fetch.robots = 1", "fetch.robots: found 1, expected true or false"),
        ("fetch.resolve = ['*']", f'fetch.resolve: found "*", {RESOLVE}'),
        ("fetch.resolve.x = 1", f'fetch.resolve: found "x" = 1, {RESOLVE}'),
        (
            "fetch.exclude = '//u:p@h'",
            "fetch.exclude: found another text, expected a list of globs",
        ),
        ("fetch.exclude = [1]", "fetch.exclude: found 1, expected a list of globs"),
        ("hosts.a.accept = ['x']", f'hosts.a.accept: found "x", {ACCEPT}'),
        ("hosts.a.accept = 403", f"hosts.a.accept: found 403, {ACCEPT}"),
        ("hosts.a.headers = 'x'", f"hosts.a.headers: found another text, {HEADERS}"),
        ("hosts.a.headers.b = 1", f"hosts.a.headers: found another entry, {HEADERS}"),
        ("hosts.a = 1", "hosts.a: found 1, expected a table"),
        ("hosts = []", "hosts: found a list, expected a table"),
    ],
)
def test_a_wrong_type_is_reported(toml_text: str, text: str) -> None:
    assert fault(toml_text) == f"c.toml: {text}"


TIMES = ("connect_timeout", "read_timeout", "total_timeout", "budget")
TIMES_OR_NONE = ("host_delay", "max_retry_after", "recheck_after")


@pytest.mark.promise("17")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        *((f"fetch.{key}", "0") for key in TIMES),
        *((f"fetch.{key}", value) for key in TIMES for value in ("-1", "inf", "nan", "86400.1")),
        *((f"fetch.{key}", v) for key in TIMES_OR_NONE for v in ("-0.1", "inf", "nan", "86401")),
        ("fetch.concurrency", "0"),
        ("fetch.concurrency", "4097"),
        ("fetch.per_host", "0"),
        ("fetch.per_host", "65"),
        ("fetch.attempts", "0"),
        ("fetch.max_redirects", "-1"),
        ("fetch.max_body_bytes", "0"),
        ("confirm.dead", "0"),
        ("confirm.failing", "0"),
        ("confirm.span_hours", "0"),
        ("report.tls_expiry_days", "0"),
        ("report.slow_seconds", "0"),
        ("schedule.jitter", "-1"),
        ("schedule.jitter", "86401"),
        ("hosts.a.per_host", "0"),
        ("hosts.a.host_delay", "-1"),
    ],
)
def test_a_number_out_of_its_range_is_reported(key: str, value: str) -> None:
    shown = {"inf": "Infinity", "nan": "NaN"}.get(value, value)
    assert fault(f"{key} = {value}").startswith(f"c.toml: {key}: found {shown}, expected ")


def test_a_huge_number_is_not_quoted() -> None:
    found = fault(f"fetch.attempts = 0x{'f' * 5_000}")
    assert (
        found == "c.toml: fetch.attempts: found a huge number, expected a whole number, 1 to 100"
    )


@pytest.mark.parametrize(
    ("toml_text", "found"),
    [
        ("resources = ' '", 'resources: found " "'),
        ('database = "a\\u0000b"', 'database: found "a\\u0000b"'),
        ("user_agent = ''", 'user_agent: found ""'),
        ("user_agent = 'bot/1 é'", 'user_agent: found "bot/1 é"'),
        ('user_agent = "bot/1\\nX: y"', 'user_agent: found "bot/1\\nX: y"'),
        ("user_agent = 'bot/1/2'", 'user_agent: found "bot/1/2"'),
        ("user_agent = '(bot)'", 'user_agent: found "(bot)"'),
        ("user_agent = 'bot/1 '", 'user_agent: found "bot/1 "'),
        ("fetch.allow_private = ['a', '10.0.0.0/99']", 'fetch.allow_private: found "10.0.0.0/99"'),
        ("fetch.allow_private = ['10.0.0.1/8']", 'fetch.allow_private: found "10.0.0.1/8"'),
        ("fetch.allow_private = ['10.0.0.256']", 'fetch.allow_private: found "10.0.0.256"'),
        ("fetch.allow_private = ['http://a']", 'fetch.allow_private: found "http://a"'),
        ("fetch.allow_private = ['']", 'fetch.allow_private: found ""'),
        ("fetch.resolve.'*' = 'host:80'", 'fetch.resolve: found "*" = "host:80"'),
        ("fetch.resolve.'*' = '127.0.0.1'", 'fetch.resolve: found "*" = "127.0.0.1"'),
        ("fetch.resolve.'*' = '127.0.0.1:0'", 'fetch.resolve: found "*" = "127.0.0.1:0"'),
        ("fetch.resolve.'*' = '127.0.0.1:65536'", 'fetch.resolve: found "*" = "127.0.0.1:65536"'),
        ("fetch.resolve.'*' = '::1:80'", 'fetch.resolve: found "*" = "::1:80"'),
        ("fetch.resolve.'*' = '[127.0.0.1]:80'", 'fetch.resolve: found "*" = "[127.0.0.1]:80"'),
        ("fetch.resolve.'h' = '127.0.0.1:80'", 'fetch.resolve: found "h" = "127.0.0.1:80"'),
        ("fetch.resolve.'H:1' = '127.0.0.1:80'", 'fetch.resolve: found "H:1" = "127.0.0.1:80"'),
        ('fetch.ca_bundle = "\\u0000"', 'fetch.ca_bundle: found "\\u0000"'),
        ("hosts.a.accept = [99]", "hosts.a.accept: found 99"),
        ("hosts.a.accept = [600]", "hosts.a.accept: found 600"),
        ("hosts.a.headers = {'a b' = 'password'}", "hosts.a.headers: found another entry"),
        ('hosts.a.headers = {a = "pass\\nword"}', "hosts.a.headers: found another entry"),
        ("guard.canaries = ['http://u:p@a/']", "guard.canaries: found another text"),
        ("guard.canaries = ['ftp://a/']", "guard.canaries: found another text"),
        ("guard.canaries = ['http:///x']", "guard.canaries: found another text"),
        ("guard.canaries = ['http://a:x/']", "guard.canaries: found another text"),
        ("guard.canaries = ['http://a b/']", "guard.canaries: found another text"),
        ("crawl.cluster = 'scheduler'", 'crawl.cluster: found "scheduler"'),
        ("crawl.cluster = 'http://a:1'", 'crawl.cluster: found "http://a:1"'),
        ("crawl.cluster = 'tcp://a:70000'", 'crawl.cluster: found "tcp://a:70000"'),
        ("report.fail_on = ['blocked']", 'report.fail_on: found "blocked"'),
        ("report.fail_on = ['healthy']", 'report.fail_on: found "healthy"'),
        ("schedule.cron = '17 3 * *'", 'schedule.cron: found "17 3 * *"'),
        ("schedule.cron = '@reboot'", 'schedule.cron: found "@reboot"'),
        ("schedule.timezone = 'Mars/Base'", 'schedule.timezone: found "Mars/Base"'),
        ("schedule.timezone = 'Europe'", 'schedule.timezone: found "Europe"'),
        ("schedule.timezone = '../etc'", 'schedule.timezone: found "../etc"'),
        ("schedule.timezone = ''", 'schedule.timezone: found ""'),
        ("hosts.'https://u:p@a/'.robots = true", 'hosts: found "a/"'),
        ("hosts.'a:0'.robots = true", 'hosts: found "a:0"'),
        ("hosts.'bücher.example'.robots = true", 'hosts: found "bücher.example"'),
    ],
)
def test_a_value_out_of_its_range_is_reported_unless_it_is_secret(
    toml_text: str, found: str
) -> None:
    assert fault(toml_text).startswith(f"c.toml: {found}, expected ")


@pytest.mark.promise("17")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("61 * * * *", "the minute is 0 to 59, not 61"),
        ("17 3 31 2 *", "there is no such day in these months"),
        ("0 3 1 * mon", "write * for one of them"),
    ],
)
def test_17_crontab_words_that_cannot_be_used_are_refused_with_an_explanation(
    words: str, says: str
) -> None:
    text = fault(f"schedule.cron = '{words}'")
    assert text.startswith(f'c.toml: schedule.cron: "{words}": ')
    assert says in text


def test_a_wrong_value_is_an_error_also_where_a_later_one_is_right() -> None:
    text = fault("fetch.attempts = 0", {"CRAWLER_FETCH__ATTEMPTS": "1"})
    assert text == f"c.toml: fetch.attempts: found 0, {ATTEMPTS}"


def test_a_wrong_value_is_reported_with_its_variable() -> None:
    text = fault("", {"CRAWLER_FETCH__ATTEMPTS": "many"})
    assert text == f'CRAWLER_FETCH__ATTEMPTS: fetch.attempts: found "many", {ATTEMPTS}'


def test_a_header_from_the_environment_must_be_there() -> None:
    text = fault("hosts.a.headers.Authorization = 'env:TOKEN'", {"OTHER": "x"})
    assert text == (
        "c.toml: hosts.a.headers: found no TOKEN in the environment, expected the variable to be set"
    )


@pytest.mark.parametrize("toml_text", ["tool = 1", "[tool]\ncrawler = 1"])
def test_pyproject_needs_tables(toml_text: str) -> None:
    assert fault(toml_text, source="pyproject.toml").endswith(": found 1, expected a table")


@pytest.mark.parametrize(
    "host",
    ["a", "example.org", "example.org:8443", "127.0.0.1", "[::1]:8080", "xn--bcher-kva.example"],
)
def test_a_host_key_is_a_name_or_an_address(host: str) -> None:
    assert load(f"hosts.'{host}'.insecure = true", NOTHING).host(host).insecure


def test_addresses_of_messages_may_come_from_the_environment() -> None:
    both = load("notify.urls = ['env:CHAT', 'json://a']", {"CHAT": "slack://a-secret/x"})
    assert both.notify.urls == ("slack://a-secret/x", "json://a")
    alone = load("notify.urls = 'env:CHAT'", {"CHAT": "slack://a-secret/x\n"})
    assert alone.notify.urls == ("slack://a-secret/x",)
    variable = load("", {"CRAWLER_NOTIFY__URLS": "json://b"})
    assert variable.notify.urls == ("json://b",)
    assert load("", {"CRAWLER_NOTIFY__URLS": ""}).notify.urls == ()


@pytest.mark.parametrize("url", ["a-secret", "slack://a-secret\tb", "://a-secret", ""])
def test_an_address_of_messages_that_cannot_be_one_is_not_quoted(url: str) -> None:
    text = fault("notify.urls = ['json://a', 'env:CHAT']", {"CHAT": url})
    assert text.startswith("c.toml: notify.urls: found another text, expected a list of addresses")
    assert "a-secret" not in text


@pytest.mark.parametrize("hours", ["[0]", "[-1]", "[169]", "[nan]", "['a']", "4"])
def test_hours_of_rechecks_are_numbers_within_a_week(hours: str) -> None:
    text = fault(f"schedule.recheck_hours = {hours}")
    assert "expected a list of numbers of hours, each more than 0 and at most 168" in text


def test_rechecks_can_be_switched_off() -> None:
    assert load("schedule.recheck_hours = []", NOTHING).schedule.recheck_hours == ()
