"""The report as HTML: one file, which asks nothing of any network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from contested._version import __version__
from contested.language.nodes import Study
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.evidence import LEVELS
from contested.report.charts.theme import SourceColours
from contested.report.interactive.fragment import Fragment
from contested.report.page.drawer import Shown, Vega
from contested.report.page.grouping import grouped
from contested.report.page.pictures import Picture, dark_rules
from contested.report.page.scripts import packed, policy
from contested.report.plain import plain, unisolated
from contested.report.reported import Reported
from contested.report.wording import MONTHS, per_cent

_COLOURS_HERE = "/* the theme's colours */"
_KEPT_TOGETHER = re.compile(rf"(?<=[0-9]) (?=%)|\b([0-9]{{1,2}}) (?=(?:{'|'.join(MONTHS)})\b)")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its id, which its template is called too, and its line in the table of contents."""

    id: str
    short: str


SECTIONS = (
    Section("answer", "The answer"),
    Section("months", "Month by month"),
    Section("grid", "Whom one believes"),
    Section("weights", "Your own weights"),
    Section("forest", "Every assumption"),
    Section("simplex", "All weightings"),
    Section("width", "Width, and what next"),
    Section("figures", "Every figure"),
    Section("method", "Method and limits"),
)


def page(reported: Reported, vega: Future[Vega], shown: Future[Shown]) -> str:
    """The page of a report.

    Parameters
    ----------
    reported : Reported
    vega : Future of Vega
        What draws the sliders' picture.
    shown : Future of Shown
        Its pictures, tables and sliders. Both are made while its sentences are.
    """
    briefing = reported.briefing(lambda _: shown.result().tables)
    sliders, pictures = shown.result().sliders, shown.result().pictures
    fragment = Fragment.of(sliders, vega.result().specifications)
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_content(reported, briefing, pictures),
            **_scripts(fragment, vega.result().script),
            movable=Markup(fragment.html),
            refusal=sliders.refusal or "",
            style=Markup(_style(fragment)),
        )
    )


def _content(reported: Reported, briefing: Briefing, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    study = reported.comparison.study
    disputes = list(_disputes(study, pictures))
    absent = {"months": briefing.months is None, "grid": "grid" not in pictures, "simplex": not disputes}
    return {
        "briefing": briefing,
        "colours": _colours(study),
        "disputes": disputes,
        "figures": grouped(briefing.figures, {} if study.each is None else study.each.figures),
        "inputs": grouped(briefing.inputs, {} if study.each is None else study.each.inputs),
        "months": briefing.months,
        "levels": [per_cent(level) for level in LEVELS],
        "pictures": {"drivers": None, **pictures},
        "sections": _in_order([section for section in SECTIONS if not absent.get(section.id)]),
        "stem": unisolated(briefing.name),
        "version": __version__,
    }


def _in_order(sections: list[Section]) -> list[Section]:
    """As they are, but with the forest where the grid would be, if there is none."""
    if any(section.id == "grid" for section in sections):
        return sections
    forest = next(section for section in sections if section.id == "forest")
    rest = [section for section in sections if section is not forest]
    place = next(index for index, section in enumerate(rest) if section.id == "weights")
    return [*rest[:place], forest, *rest[place:]]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute with its pictures of all weightings; whether those are triangles."""

    title: str
    triangular: bool
    pictures: Sequence[Picture]


def _disputes(study: Study, pictures: Mapping[str, Picture]) -> Iterator[Disputed]:
    for name, dispute in study.disputes.items():
        found = [pictures[key] for key in (f"triangle-{name}", f"probabilities-{name}") if key in pictures]
        if found:
            yield Disputed(plain(dispute.title), len(dispute.listed) == 3, found)


def _colours(study: Study) -> Mapping[str, str]:
    """A source's colour by the keys of the rows that are of it."""
    colours = SourceColours(study)
    return {
        f"{kind}:{name}.{source}": colours.of(name, source)
        for name, dispute in study.disputes.items()
        for source in dispute.sources
        for kind in ("source", "without")
    }


def _scripts(fragment: Fragment, runtime: str) -> dict[str, Any]:
    """What runs in the page, and the policy that lets nothing else run."""
    late = _text("page.js")
    if not fragment.script:
        early = _early("scripted")
        held, scripts = "", [early, late]
    else:
        early = _early("scripted", "moving")
        held, script = packed(fragment, runtime)
        scripts = [early, late, script]
    return {
        "packed": Markup(held),
        "policy": policy(scripts),
        "scripts": {"early": Markup(early), "late": Markup(late)},
    }


def _early(*names: str) -> str:
    """What says to the style sheet, before anything is shown, that scripts run."""
    listed = ", ".join(f'"{name}"' for name in names)
    return f"document.documentElement.classList.add({listed});"


def _style(fragment: Fragment) -> str:
    return _text("page.css").replace(_COLOURS_HERE, dark_rules()) + fragment.style


def _text(name: str) -> str:
    return files("contested.report.page").joinpath(name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("contested.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_unbroken,
    )
    environment.filters["capitalised"] = lambda text: f"{text[:1].upper()}{text[1:]}"
    return environment


def _unbroken(value: Any) -> Any:
    """What is put into a template: plain text keeps `90 %` and `8 August` on a line, the rest is as it is."""
    if type(value) is not str:  # Markup is one too
        return value
    return _KEPT_TOGETHER.sub(lambda found: f"{found[1] or ''}\N{NO-BREAK SPACE}", value)
