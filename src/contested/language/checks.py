"""What holds between the parts of a scenario: what is drawn per figure, facts and figures, and the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Set

from contested.language import bounds, circles, divisions
from contested.language.binding import Units
from contested.language.draft import Draft, folded, named_in, nested
from contested.language.faults import listed
from contested.language.formula import references
from contested.language.nodes import (
    Citation,
    Computed,
    Conversion,
    Fact,
    Figure,
    Input,
    Mismatch,
    Mixture,
    Series,
    Statement,
)
from contested.language.periods import Period, days
from contested.language.units import dimension_text


def check(draft: Draft, units: Units) -> tuple[Mismatch, ...]:
    """Check the whole; faults are put into the draft's, and every mismatch that is noted is returned."""
    per_figure(draft)
    found = [*facts_and_figures(draft)]
    order = circles.order(draft)
    if order is not None:
        bounds.check(draft, order)
        found += divisions.check(draft, units, order)
    return (*found, *_stated_alone(draft, {mismatch.path for mismatch in found}))


def per_figure(draft: Draft) -> None:
    """An input drawn per figure needs a figure, and makes what is computed from it differ per figure too."""
    drawn = {name for name, entry in draft.inputs.items() if entry.per_figure}
    for name in drawn:
        statement = draft.inputs[name].statement
        if isinstance(statement.form, Citation):
            place = draft.places[statement.path].get("drawn") or draft.places[statement.path]
            message = "a fact is one variable for all figures; leave drawn out, or state the range itself"
            draft.faults.add(place.location, place.path, message)
    for entry in draft.inputs.values():
        used = [ref for ref in named_in(entry.statement) if ref.kind == "input" and ref.name in drawn]
        if used and not entry.per_figure:
            place = draft.places[entry.statement.path]
            message = f"is computed from '{used[0].name}', which is drawn per_figure; add drawn: per_figure"
            draft.faults.add(place.key_location, place.path, message)
    for path, formula, _ in draft.formulas():
        if path.startswith(("estimates.", "questions.")):
            for ref in references(formula.expression):
                if ref.kind == "input" and ref.name in drawn:
                    message = (
                        f"'{ref.name}' is drawn per_figure and has no value outside a figure; name a figure"
                    )
                    draft.refuse(path, message, ref.column)


def facts_and_figures(draft: Draft) -> Iterator[Mismatch]:
    """A fact that is a claim must be of its figure's kind, period and place; others are only noted."""
    for figure, claim in draft.claims():
        for statement in nested(claim):
            yield from _claim(draft, figure, statement)


def _claim(draft: Draft, figure: Figure, statement: Statement) -> Iterator[Mismatch]:
    place = draft.places[statement.path]
    stated = place.text("fact")
    named = [ref.name for ref in named_in(statement) if ref.kind == "fact"]
    parts_of = isinstance(statement.form, Mixture)  # the parts come by themselves
    for id_ in dict.fromkeys([*statement.evidence.cites, *([] if parts_of else named)]):
        fact = draft.facts.fact(id_)
        differences = [] if fact is None else list(_differences(fact, figure))
        if not differences:
            continue
        difference = f"fact '{id_}' differs from the figure in {listed(differences)}"
        if id_ == stated and statement.mismatch is None:
            at = place.get("fact") or place
            draft.faults.add(
                at.location, at.path, f"{difference}; say with mismatch why it serves all the same"
            )
        else:
            yield Mismatch(path=statement.path, difference=difference, because=statement.mismatch)
    if not parts_of:
        yield from _through_inputs(draft, figure, statement, {*statement.evidence.cites, *named})


def _through_inputs(
    draft: Draft, figure: Figure, statement: Statement, compared: Set[str]
) -> Iterator[Mismatch]:
    """What differs in the facts that the inputs of a claim's formula rest on.

    A fact of another dimension than the figure's is a factor there (wounded per dead, a rate), nothing that
    is set beside it, and is passed over.
    """
    seen = {*compared}
    for entry in _inputs_beneath(draft, statement):
        for id_, series in _cited(entry):
            fact = draft.facts.fact(id_)
            if id_ in seen or fact is None or fact.statement.unit.dimension != figure.unit.dimension:
                continue
            seen.add(id_)
            if differences := list(_differences(fact, figure, series)):
                yield Mismatch(
                    path=statement.path,
                    difference=f"fact '{id_}', by way of input '{entry.name}', differs from the figure in "
                    f"{listed(differences)}",
                    because=statement.mismatch or entry.statement.mismatch,
                )


def _cited(entry: Input) -> Iterator[tuple[str, Series | None]]:
    """The facts that an input cites, is, or is computed from, with the series that a citation is of."""
    for part in nested(entry.statement):
        yield from ((id_, part.series) for id_ in part.evidence.cites)
    yield from ((ref.name, None) for ref in named_in(entry.statement) if ref.kind == "fact")


def _inputs_beneath(draft: Draft, statement: Statement) -> Iterator[Input]:
    """The inputs that a statement is computed from, each once, also those by way of other inputs."""
    waiting, seen = deque([statement]), set[str]()
    while waiting:
        for ref in named_in(waiting.popleft()):
            if ref.kind == "input" and ref.name in draft.inputs and ref.name not in seen:
                seen.add(ref.name)
                yield draft.inputs[ref.name]
                waiting.append(draft.inputs[ref.name].statement)


def _differences(fact: Fact, figure: Figure, series: Series | None = None) -> Iterator[str]:
    """How a fact and a figure differ; of a fact that stands for a series, the figure's months are part."""
    if fact.statement.unit.dimension != figure.unit.dimension:
        yield f"unit ({dimension_text(fact.statement.unit)}, not {dimension_text(figure.unit)})"
    if fact.measures and figure.measures and folded(fact.measures) != folded(figure.measures):
        yield f"what it measures ('{fact.measures}', not '{figure.measures}')"
    whole, period = fact.period, figure.period
    if whole and period and whole != period and not _holds(whole, series, period):
        yield f"period ({whole.text}, not {period.text})"
    if fact.place and figure.place and folded(fact.place) != folded(figure.place):
        yield f"place ('{fact.place}', not '{figure.place}')"


def _holds(whole: Period, series: Series | None, period: Period) -> bool:
    """Whether a series is of the very months of a period that lies within the whole."""
    if series is None or (series.first, days(f"{series.last:%Y-%m}")[1]) != (period.start, period.end):
        return False
    return (whole.start is None or whole.start <= series.first) and period.end <= whole.end


def _stated_alone(draft: Draft, noted: set[str]) -> Iterator[Mismatch]:
    """Mismatches that a user owns where no check sees a difference: printed all the same."""
    own = [(claim.path, claim.mismatch) for _, claim in draft.claims()]
    own += [(f"estimates.{name}", estimate.mismatch) for name, estimate in draft.estimates.items()]
    own += [(f"questions.{name}", question.mismatch) for name, question in draft.questions.items()]
    for path, because in own:
        if because is not None and not any(path == other or other.startswith(f"{path}.") for other in noted):
            yield Mismatch(path=path, difference="as stated", because=because)


def conversions(draft: Draft) -> Iterator[Conversion]:
    """The claims whose unit is not their figure's, each with its factor.

    What a formula gives is in no unit of its own, and a mixture has the units of its parts.
    """
    for figure, claim in draft.claims():
        for statement in nested(claim):
            if isinstance(statement.form, Computed | Mixture):
                continue
            ours, theirs = statement.unit, figure.unit
            if ours.scale != theirs.scale and ours.dimension == theirs.dimension:
                factor = ours.scale / theirs.scale
                yield Conversion(path=statement.path, from_unit=ours.text, to_unit=theirs.text, factor=factor)
