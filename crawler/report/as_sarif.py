"""Pure: what needs a person as results of a static analysis, for code scanning and editors.

Source: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and
https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning for limits.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from urllib.parse import quote

from crawler.model import VERDICTS, Band, FindingClass, Reason, Resource, Run, Verdict, WarningCode
from crawler.report.as_json import pieces_of_list, time, to_indented_json
from crawler.report.contents import Report
from crawler.report.findings import Finding
from crawler.report.wording import reason_words, upper_first, warning_words
from crawler.resources import UrlSpan
from crawler.text import clean

RESULTS = 25_000
"""Most results: GitHub refuses a run with more. The most urgent come first."""
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {
    FindingClass.BROKEN: "error",
    FindingClass.SUSPECT: "warning",
    FindingClass.MOVED: "warning",
    FindingClass.TLS_EXPIRING: "warning",
    FindingClass.FAILING: "note",
    FindingClass.MUTED: "note",
}
"""Links of other classes are no results."""
_RULE_LEVELS = {
    Verdict.DEAD: "error",
    Verdict.FAILING: "error",
    Verdict.SUSPECT: "warning",
    Verdict.MOVED: "warning",
}
_RULES: tuple[str, ...] = (*Reason, *WarningCode)
_WARNINGS = frozenset[str](WarningCode)
_INDEXES = {rule: index for index, rule in enumerate(_RULES)}
_NEEDS_QUOTES = frozenset(" ,;\t\"'()<>&\\`|[]{}*")
"""Characters that mean something in one of the formats of lists."""
_PLAIN = str.maketrans({"[": r"\[", "]": r"\]", "\\": r"\\", "{": "{{", "}": "}}"})
_NO_RESULTS = '"results": []'
_Object = dict[str, object]


def render(
    report: Report,
    *,
    path_of: Callable[[str], str],
    spans: Mapping[str, UrlSpan],
) -> Iterator[str]:
    """The log in pieces, `reports/findings.sarif`.

    `path_of` says where a file of the list is, seen from the root of the repository; `spans` by key
    where in the list a URL stands.
    """
    head, _, tail = to_indented_json(_log(report.snapshot.run)).partition(_NO_RESULTS)
    yield head
    yield from pieces_of_list("results", islice(_results(report, path_of, spans), RESULTS), 3)
    yield tail + "\n"


def has_results(finding: Finding) -> bool:
    """Whether the finding is in the log."""
    return any(_problems(finding))


def _log(run: Run) -> _Object:
    """The log without results."""
    invocation: _Object = {
        "executionSuccessful": True,
        "startTimeUtc": time(run.started_at),
        **({"endTimeUtc": time(run.finished_at)} if run.finished_at else {}),
    }
    driver: _Object = {
        "name": "resource-crawler",
        "rules": list(map(_rule, _RULES)),
        **({"version": run.version} if run.version else {}),
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [invocation],
                "columnKind": "unicodeCodePoints",
                "results": [],
            }
        ],
    }


def _rule(code: str) -> _Object:
    if code in _WARNINGS:
        text, step, level = upper_first(warning_words.WARNINGS[WarningCode(code)]), "", "note"
        tags = ["links", "warning"]
    else:
        reason = Reason(code)
        wording = reason_words.describe(reason, word="RESOURCE", status="an error")
        text, step = wording.what, wording.step
        level = _RULE_LEVELS.get(VERDICTS[reason], "note")
        tags = ["links", VERDICTS[reason]]
    help_text = " ".join(filter(None, (f"{text.rstrip('.')}.", step)))
    return {
        "id": code,
        "shortDescription": {"text": text},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": tags},
    }


def _results(
    report: Report, path_of: Callable[[str], str], spans: Mapping[str, UrlSpan]
) -> Iterator[_Object]:
    new_keys = report.new_keys
    for finding in report.findings:
        resource = finding.resource
        is_new = resource.key in new_keys
        uri = _uri(path_of(resource.file))
        span = spans.get(resource.key)
        for rule, level, text in _problems(finding):
            yield {
                "ruleId": rule,
                "ruleIndex": _INDEXES[rule],
                "level": level,
                "message": {"text": _plain(text)},
                "locations": [{"physicalLocation": _location(finding, uri, span)}],
                **_other_places(resource, path_of),
                "partialFingerprints": {"linkAndRule/v1": _fingerprint(finding, rule)},
                "baselineState": "new" if is_new else "unchanged",
                **_suppression(finding),
                **_fix(finding, uri, span, rule),
                "properties": _properties(finding),
            }


def _problems(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """The rule, the level and the sentences of each."""
    level, about = _LEVELS.get(finding.kind) if finding.kind else None, _about(finding)
    if level and finding.reported:
        rule: str = finding.reported.judgement.reason
        if finding.kind is FindingClass.TLS_EXPIRING:
            rule = WarningCode.TLS_EXPIRES_SOON
        sentences = filter(None, (finding.what, _new_address(finding), finding.step))
        yield rule, level, f"{about}: {' '.join(sentences)}"
    for code, phrase in zip(finding.warnings, finding.noticed, strict=True):
        if (
            finding.kind is not FindingClass.TLS_EXPIRING
            or code is not WarningCode.TLS_EXPIRES_SOON
        ):
            yield code, "note", f"{about}: {phrase}."


def _plain(text: str) -> str:
    """Text that has no links and placeholders in it. Source: SARIF 2.1.0 §3.11.5, §3.11.6."""
    return text.translate(_PLAIN)


def _about(finding: Finding) -> str:
    return finding.name or clean(finding.resource.url) or finding.row


def _new_address(finding: Finding) -> str:
    is_moved = finding.kind is FindingClass.MOVED
    return f"New address: {finding.new_url}" if is_moved and finding.new_url else ""


def _location(finding: Finding, uri: str, span: UrlSpan | None) -> _Object:
    artifact = {"uri": uri, "uriBaseId": "%SRCROOT%"}
    line = finding.resource.line
    if not line:
        return {"artifactLocation": artifact}
    region = _region(span) if span else {"startLine": line}
    return {"artifactLocation": artifact, "region": region}


def _other_places(resource: Resource, path_of: Callable[[str], str]) -> _Object:
    """The lines on which the same URL stands too."""
    places: list[_Object] = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(path_of(file)), "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": line},
            }
        }
        for file, line in dict.fromkeys((place.file, place.line) for place in resource.places)
        if (file, line) != (resource.file, resource.line)
    ]
    return {"relatedLocations": places} if places else {}


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/"))


def _region(span: UrlSpan) -> _Object:
    return {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}


def _fingerprint(finding: Finding, rule: str) -> str:
    """Stays when the row goes to another line."""
    resource = finding.resource
    return sha256("\0".join((resource.key, resource.url, rule)).encode()).hexdigest()[:32]


def _suppression(finding: Finding) -> _Object:
    mute = finding.mute
    if finding.kind is not FindingClass.MUTED or mute is None:
        return {}
    why = f"muted until {mute.until}{f': {clean(mute.reason)}' if mute.reason else ''}"
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}


def _fix(finding: Finding, uri: str, span: UrlSpan | None, rule: str) -> _Object:
    """The new address in the place of the listed one; none where a list might need it quoted."""
    new_url = _address_to_list(finding)
    if not (span and new_url) or rule in _WARNINGS or _NEEDS_QUOTES & {*new_url}:
        return {}
    replacement = {"deletedRegion": _region(span), "insertedContent": {"text": new_url}}
    artifact = {"uri": uri, "uriBaseId": "%SRCROOT%"}
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    text = "List the new address, if it shows the same page."
    return {"fixes": [{"description": {"text": text}, "artifactChanges": [change]}]}


def _address_to_list(finding: Finding) -> str | None:
    """Where it redirects to, or what was found for it, unless that is only a hint."""
    if finding.kind is FindingClass.MOVED:
        return finding.new_url
    fix = finding.fix
    is_believed = fix and fix.obstacle is None and fix.proposal.band is not Band.SHOWN
    return fix.address if fix and is_believed else None


def _properties(finding: Finding) -> _Object:
    known = {
        "resourceUrl": finding.resource.url,
        "number": finding.resource.number,
        "class": finding.kind,
        "since": finding.since,
        "suggestedUrl": finding.new_url or _address_to_list(finding),
    }
    return {name: value for name, value in known.items() if value not in {None, ""}}
