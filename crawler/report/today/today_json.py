"""Pure: what one look found, as JSON, for programs."""

from crawler.report.as_json import to_indented_json
from crawler.report.dossier import dossier_json
from crawler.report.today import CheckedLink, Today, dossier_of

_NEEDS_HISTORY = (
    "accepted",
    "accepted_title",
    "class",
    "events",
    "flapping",
    "incidents",
    "key",
    "last_ok_at",
    "listed",
    "mute_reason",
    "muted_until",
    "nights",
    "proposals",
    "since",
    "state",
)
"""Fields of `crawler status --json` that one look cannot fill."""


def render(today: Today) -> str:
    """A list with an object for each link: the fields of `crawler status --json` about its check."""
    return to_indented_json(list(map(_link, today.links))) + "\n"


def _link(link: CheckedLink) -> dict[str, object]:
    known = dossier_json.as_object(dossier_of(link))
    about = {name: value for name, value in known.items() if name not in _NEEDS_HISTORY}
    wording = link.wording
    return {
        **about,
        "file": link.file or None,
        "line": link.check.resource.line or None,
        "what": wording.what,
        "next_step": wording.step,
    }
