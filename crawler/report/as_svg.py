"""Pure: the health of the list as a picture, for a README; the same bytes until something changes."""

from functools import cache

from jinja2 import Template

from crawler.model import FindingClass
from crawler.report.contents import Report
from crawler.report.page import health, survey
from crawler.report.page.strips import SHOWN
from crawler.report.page.survey import Survey
from crawler.report.templates import environment
from crawler.report.wording import state_words


def render(report: Report, seen: Survey | None = None) -> str:
    """The picture, `reports/health.svg`: the links in trouble in each of the last nights, by state.

    `seen` is the survey of the report, if there is one already.
    """
    nights = (seen or survey.look(report)).by_night
    last, today = report.lasting_date, report.totals.classes
    # What reports say of the links changes with an event only; what a later run finds may not.
    before = [night for night in nights if night[0] < last][1 - SHOWN :]
    picture = health.draw([*before, (last, {kind: today[kind] for kind in FindingClass})])
    return _template().render(
        name=report.snapshot.resources_name,
        links=report.totals.links,
        working=today[FindingClass.HEALTHY],
        health=picture,
    )


@cache
def _template() -> Template:
    jinja = environment()
    jinja.globals |= {"class_words": state_words.CLASS_WORDS}
    return jinja.get_template("health.svg.j2")
