"""`each`: what a scenario says once, repeated for every month or quarter of a window before it is read.

A figure whose period is `each` is repeated, and so is an input that reads a table of months without saying
which; then every input, estimate and question whose formula names something repeated. In its own period a
formula means that period's: `casualties / area` is `casualties_2025_01 / area_2025_01` in January 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from contested.language import grammar
from contested.language.faults import Faults
from contested.language.periods import Period, parse_period
from contested.language.repeated import ComparedWindows, Each, Repeated, Step
from contested.language.spans import first_fault, joined, periods_of, suffix, words
from contested.language.tree import Mark, Node, Place

EACH = "each"
SECTIONS = ("inputs", "figures", "estimates", "questions")

_MOST_PERIODS = 600  # fifty years of months
_EXAMPLE = "window: 2024-01/2025-12"
_DERIVED = ("inputs", "estimates", "questions")  # what is repeated where its formula names what is


@dataclass(frozen=True, slots=True)
class Repeats:
    """How a scenario was repeated; nothing, where it says nothing of `each`.

    Attributes
    ----------
    meanings : mapping
        By the path of what was made for one period, what each repeated name means in its formulas.
    """

    each: Each | None = None
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def meant(self, section: str, name: str) -> Mapping[str, str]:
        """What repeated names mean in the formulas of one entry."""
        return self.meanings.get(f"{section}.{name}", {})

    @property
    def first(self) -> Mapping[str, str]:
        """What each repeated name means in the first period."""
        if self.each is None:
            return {}
        kinds = (self.each.inputs, self.each.figures, self.each.estimates, self.each.questions)
        return {name: repeated.names[0] for kind in kinds for name, repeated in kind.items()}


def repeat(top: Place, faults: Faults) -> tuple[Place, Repeats]:
    """The file with what is repeated written out for every period, and how that was done.

    Parameters
    ----------
    top : Place
        A whole scenario, its structure checked.
    faults : Faults
        Gets what is wrong with `each`, `window` and `comparisons`.
    """
    step, periods = _periods(top, faults)
    templates = _templates(top)
    if step is None or periods is None:
        _refuse_period_each(top, templates, faults)
        return top, Repeats()
    if not any(templates.values()):
        at = top.get(EACH) or top
        message = "nothing is repeated; say period: each in the figures that come by period"
        faults.add(at.location, at.path, message)
    _refuse_taken(top, templates, periods, faults)
    repeated = {
        section: {name: _repeated(section, name, top, periods) for name in names}
        for section, names in templates.items()
    }
    each = Each(
        step=step,
        periods=periods,
        inputs=repeated["inputs"],
        figures=repeated["figures"],
        estimates=repeated["estimates"],
        questions=repeated["questions"],
        compared=_compared(top, periods, faults),
    )
    faults.periods = re.compile(f"_(?:{'|'.join(map(suffix, periods))})(?![a-z0-9_])")
    return _written_out(top, each, repeated, faults), Repeats(each, _meanings(periods, repeated))


def _periods(top: Place, faults: Faults) -> tuple[Step | None, tuple[Period, ...] | None]:
    """The step, and the window's months or quarters; None where there are none, or anything is wrong."""
    at, window = top.get(EACH), top.get("window")
    if at is None:
        for key in ("window", "comparisons"):
            if (stray := top.get(key)) is not None:
                message = f"'{key}' belongs to {EACH}; add {EACH}: month, or leave it out"
                faults.add(stray.key_location, top.path, message)
        return None, None
    if not faults.sound_at(at):
        return None, None
    step = cast(Step, at.node.text)
    if window is None:
        message = f"'window' is missing beside {EACH}; for example {_EXAMPLE}"
        faults.add(at.key_location, top.path, message)
        return step, None
    if not faults.sound_at(window):
        return step, None
    period = _window(window, step, faults)
    if period is None:
        return step, None
    periods = periods_of(period, step)
    if len(periods) > _MOST_PERIODS:
        message = f"has {len(periods):,} {step}s, and at most {_MOST_PERIODS} can be run; choose fewer"
        faults.add(window.location, window.path, message)
        return step, None
    return step, periods


def _window(place: Place, step: Step, faults: Faults) -> Period | None:
    """A window of whole months or quarters."""
    try:
        period = parse_period(place.node.text)
    except ValueError as error:
        faults.add(place.location, place.path, str(error))
        return None
    if fault := first_fault(period, step):
        faults.add(place.location, place.path, fault)
        return None
    return period


def _compared(top: Place, periods: tuple[Period, ...], faults: Faults) -> dict[str, ComparedWindows]:
    """The comparisons of two windows, each inside the scenario's."""
    found = {}
    section = top.get("comparisons")
    step = cast(Step, (top.get(EACH) or top).node.text)
    for name, place in section.items() if section is not None else ():
        if not faults.sound_at(place):
            continue
        ends = [_inside(place.get(key) or place, step, periods, faults) for key in ("of", "over")]
        of, over = ends
        if of is not None and of == over:
            faults.add(
                place.key_location, place.path, f"compares {words(of)} with itself; choose another window"
            )
        elif of is not None and over is not None:
            title = place.text("title") or f"{words(of)} over {words(over)}"
            of, over = joined(of, of), joined(over, over)  # as periods are written
            found[name] = ComparedWindows(name=name, title=title, of=of, over=over)
    return found


def _inside(place: Place, step: Step, periods: tuple[Period, ...], faults: Faults) -> Period | None:
    window = _window(place, step, faults)
    if window is None:
        return None
    assert window.start is not None and periods[0].start is not None
    if window.start < periods[0].start or periods[-1].end < window.end:
        message = f"lies outside the window ({periods[0].text} to {periods[-1].text}); choose one inside it"
        faults.add(place.location, place.path, message)
        return None
    return window


def _refuse_period_each(top: Place, templates: Mapping[str, list[str]], faults: Faults) -> None:
    """Without months or quarters nobody reads what should be repeated; where none are asked for, say so."""
    figures = dict(_entries(top, "figures"))
    for name in templates["figures"]:
        at = figures[name].get("period") or figures[name]
        if top.get(EACH) is None:
            message = f"the scenario says nothing of {EACH}; add {EACH}: month and {_EXAMPLE} to it"
            faults.add(at.location, at.path, message)
        faults.spoil(top.file, at.path)
    for name in templates["inputs"] if top.get(EACH) is not None or templates["figures"] else ():
        faults.spoil(top.file, ("inputs", name))


def _templates(top: Place) -> dict[str, list[str]]:
    """The names of what is repeated, by section."""
    repeated: dict[str, list[str]] = {section: [] for section in SECTIONS}
    repeated["figures"] = [name for name, at in _entries(top, "figures") if at.text("period") == EACH]
    repeated["inputs"] = [name for name, at in _entries(top, "inputs") if _reads_its_period(at.node)]
    while True:
        known = {name for section in ("inputs", "figures", "estimates") for name in repeated[section]}
        more = {
            section: [
                name
                for name, at in _entries(top, section)
                if name not in repeated[section] and not known.isdisjoint(_named(at, section))
            ]
            for section in _DERIVED
        }
        if not any(more.values()):
            break
        for section, names in more.items():
            repeated[section] += names
    return {
        section: [name for name, _ in _entries(top, section) if name in repeated[section]]
        for section in SECTIONS
    }


def _reads_its_period(node: Node) -> bool:
    """Whether a statement, or a part of it, reads a table of months and does not say which."""
    if isinstance(node.content, list):
        return any(map(_reads_its_period, node.content))
    if not isinstance(node.content, dict):
        return False
    if "series" in node.content:
        series = node.content["series"][1].content
        return isinstance(series, dict) and not {"from", "to"} <= series.keys()
    return any(_reads_its_period(value) for _, value in node.content.values())


def _named(place: Place, section: str) -> set[str]:
    """The names in an entry's formulas, those of its parts among them; none where one cannot be read."""
    found = set()
    for text in _formulas(place.node):
        try:
            parsed = grammar.parse(text, question=section == "questions")
        except grammar.SyntaxFault:
            continue  # told where it is read
        found |= {name.parts[0] for name in grammar.names(parsed)}
    return found


def _formulas(node: Node) -> Iterator[str]:
    if isinstance(node.content, list):
        for value in node.content:
            yield from _formulas(value)
    elif isinstance(node.content, dict):
        for key, (_, value) in node.content.items():
            if key == "formula" and isinstance(value.content, str):
                yield value.content
            else:
                yield from _formulas(value)


def _refuse_taken(
    top: Place, templates: Mapping[str, list[str]], periods: tuple[Period, ...], faults: Faults
) -> None:
    """A name that is made for a period must not be one that the file has already."""
    for section, names in templates.items():
        entries = dict(_entries(top, section))
        for name in names:
            made = (f"{name}_{suffix(period)}" for period in periods)
            if (taken := next((one for one in made if one in entries), None)) is not None:
                message = f"'{taken}' is what '{name}' is called in one period; choose another name"
                faults.add(entries[taken].key_location, entries[taken].path[:-1], message)


def _repeated(section: str, name: str, top: Place, periods: tuple[Period, ...]) -> Repeated:
    place = dict(_entries(top, section))[name]
    names = tuple(f"{name}_{suffix(period)}" for period in periods)
    return Repeated(name=name, title=place.text("title") or name, names=names)


def _meanings(
    periods: tuple[Period, ...], repeated: Mapping[str, Mapping[str, Repeated]]
) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for index in range(len(periods)):
        meant = {name: one.names[index] for kind in repeated.values() for name, one in kind.items()}
        for section, kind in repeated.items():
            found |= {f"{section}.{one.names[index]}": meant for one in kind.values()}
    return found


def _written_out(
    top: Place, each: Each, repeated: Mapping[str, Mapping[str, Repeated]], faults: Faults
) -> Place:
    content = dict(cast(dict[str, tuple[Mark, Node]], top.node.content))
    for section, kind in repeated.items():
        if not kind:
            continue
        mark, node = content[section]
        held = cast(dict[str, tuple[Mark, Node]], node.content)
        made: dict[str, tuple[Mark, Node]] = {}
        for name, entry in held.items():
            if name not in kind:
                made[name] = entry
                continue
            for new, period in zip(kind[name].names, each.periods, strict=True):
                made[new] = (entry[0], _for_period(entry[1], period, section))
                _spoil_alike(top.file, section, name, new, faults)
        content[section] = (mark, replace(node, content=made))
    if "correlations" in content:
        mark, node = content["correlations"]
        content["correlations"] = (mark, _correlations(node, each))
    return replace(top, node=replace(top.node, content=content))


def _for_period(node: Node, period: Period, section: str) -> Node:
    """One entry as it stands for one period."""
    if not isinstance(node.content, dict):
        return node
    content = dict(node.content)
    if "title" in content:
        mark, title = content["title"]
        text = f"{title.text}, {words(period)}"
        content["title"] = (mark, replace(title, content=text, text=text))
    if section == "figures" and "period" in content:
        mark, at = content["period"]
        content["period"] = (mark, replace(at, content=period.text, text=period.text))
    made = replace(node, content=content)
    return _dated(made, period) if section == "inputs" else made


def _dated(node: Node, period: Period) -> Node:
    """A statement whose series say which months, where they did not."""
    if isinstance(node.content, list):
        return replace(node, content=[_dated(value, period) for value in node.content])
    if not isinstance(node.content, dict):
        return node
    content = {key: (mark, _dated(value, period)) for key, (mark, value) in node.content.items()}
    if "series" in content:
        mark, series = content["series"]
        if isinstance(series.content, dict):
            own = {
                key: (series.mark, Node(series.mark, f"{day:%Y-%m}", f"{day:%Y-%m}"))
                for key, day in (("from", period.start), ("to", period.end))
            }
            content["series"] = (mark, replace(series, content={**own, **series.content}))
    return replace(node, content=content)


def _correlations(node: Node, each: Each) -> Node:
    """A correlation that names something repeated is one for every period."""
    if not isinstance(node.content, list):
        return node
    meant = {**each.inputs, **each.figures}
    made: list[Node] = []
    for entry in node.content:
        between = entry.content.get("between") if isinstance(entry.content, dict) else None
        named = between[1].content if between is not None else None
        if not isinstance(named, list) or not any(at.text.partition(".")[0] in meant for at in named):
            made.append(entry)
            continue
        for index in range(len(each.periods)):
            names = [_renamed(at, meant, index) for at in named]
            assert between is not None and isinstance(entry.content, dict)
            held = {**entry.content, "between": (between[0], replace(between[1], content=names))}
            made.append(replace(entry, content=held))
    return replace(node, content=made)


def _renamed(node: Node, meant: Mapping[str, Repeated], index: int) -> Node:
    name, dot, source = node.text.partition(".")
    if name not in meant:
        return node
    text = f"{meant[name].names[index]}{dot}{source}"
    return replace(node, content=text, text=text)


def _spoil_alike(file: str, section: str, name: str, new: str, faults: Faults) -> None:
    """What is wrong in structure is so in every period: nobody reads on there."""
    spoilt = [path for where, path in faults.broken if where == file and path[:2] == (section, name)]
    for path in spoilt:
        faults.spoil(file, (section, new, *path[2:]))


def _entries(top: Place, section: str) -> list[tuple[str, Place]]:
    place = top.get(section)
    return [] if place is None else list(place.items())
