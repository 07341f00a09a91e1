"""Pure: dossiers as JSON, for programs."""

from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from crawler.model import Certificate, Check, Exchange, Incident, Probe
from crawler.report.as_json import record, time, to_indented_json
from crawler.report.dossier import Dossier
from crawler.report.events import Event

_Object = dict[str, Any]


def render(dossiers: Iterable[Dossier]) -> Iterator[str]:
    """A list with an object for each: the fields of `latest.json`, and further ones.

    In pieces of whole lines, without the line ends between them.
    """
    lines = "["
    for dossier in dossiers:
        yield lines
        lines = f"{indent(to_indented_json(as_object(dossier)), '  ')},"
    yield "[]" if lines == "[" else f"{lines.removesuffix(',')}\n]"


def as_object(dossier: Dossier) -> _Object:
    """A dossier as it is in the list."""
    known = dossier.record
    return {
        **record(dossier.finding, known),
        "listed": dossier.is_listed,
        "accepted_title": known.accepted.title if known.accepted else None,
        "accepted_redirect": (known.accepted and known.accepted.redirect) or None,
        "mute_reason": known.mute.reason if known.mute else None,
        "incidents": list(map(_incident, dossier.incidents)),
        **_observed(known.check),
        "nights": [
            {
                "night": night.isoformat(),
                "verdict": check.judgement.verdict,
                "reason": check.judgement.reason,
            }
            for night, check in dossier.nights.items()
        ],
        "events": [_event(date, event) for date, event in dossier.events],
    }


def _incident(incident: Incident) -> _Object:
    return {
        "since": time(incident.since),
        "opened": time(incident.opened),
        "cause": incident.cause,
        "closed": time(incident.closed),
        "ending": incident.ending,
    }


def _observed(check: Check | None) -> _Object:
    """What the latest check saw; null in every field if there is none."""
    facts = check.facts if check else None
    certificate = facts.certificate if facts else None
    probing = check.context.probing if check else None
    seen = facts.seen if facts else None
    return {
        "address": check and check.address,
        "hops": list(map(_hop, facts.exchanges)) if facts else [],
        "certificate": certificate and _certificate(certificate),
        "probes": probing and list(map(_probe, probing.probes)),
        "seen_title": seen.title.value if seen and seen.title else None,
    }


def _hop(exchange: Exchange) -> _Object:
    return {
        "status": exchange.status_code,
        "url": exchange.target_uri,
        "redirect": exchange.redirect and exchange.redirect.kind,
    }


def _certificate(certificate: Certificate) -> _Object:
    return {
        "not_before": time(certificate.not_before),
        "not_after": time(certificate.not_after),
        "issuer": certificate.issuer,
        "subject": certificate.subject,
    }


def _probe(probe: Probe) -> _Object:
    return {
        "kind": probe.kind,
        "status": probe.status_code,
        "landing": probe.landing,
        "title": probe.title,
        "likeness": probe.likeness,
    }


def _event(date: str, event: Event) -> _Object:
    change = event.change
    return {
        "night": date,
        "kind": change.kind,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "extent": change.extent,
        "what": event.what,
    }
