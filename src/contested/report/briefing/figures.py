"""Every figure and input: what is stated of it, on what ground, and the distribution that it was read as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.weights import stratum_weights
from contested.language.formula import references
from contested.language.nodes import Citation as Cites
from contested.language.nodes import Computed, Conversion, Exact, Figure, Mixture, Series, Statement, Study
from contested.report.briefing.answers import numbered, spoken
from contested.report.briefing.citations import of_fact
from contested.report.briefing.evidence import LEVELS, Citation, FigurePage, InputPage, Said
from contested.report.briefing.values import Number
from contested.report.plain import plain
from contested.report.statements import in_words, shape_of, written
from contested.report.wording import enumerated, extent, number

_DIGITS = 3  # of a quantile that is not drawn

_Rows = Mapping[str, tuple[Number, ...]]  # by source


def figures(comparison: Comparison) -> Iterator[FigurePage]:
    """Every figure, with what each source says of it."""
    study, result = comparison.study, comparison.result
    for name, figure in study.figures.items():
        pooled, alone = _quantiles(result.figures.get(name))
        yield FigurePage(
            name=name,
            title=plain(figure.title),
            unit=spoken(str(figure.unit)),
            measures=plain(figure.measures or ""),
            extent=extent(figure),
            dispute="" if figure.dispute is None else plain(study.disputes[figure.dispute].title),
            pooled=pooled if figure.dispute else (),
            claims=tuple(_claim(study, figure, source, alone) for source in figure.claims),
        )


def inputs(comparison: Comparison) -> Iterator[InputPage]:
    """Every uncertain quantity that claims are computed from."""
    study = comparison.study
    for name, asked in study.inputs.items():
        drawn = "Drawn afresh for each figure that uses it." if asked.per_figure else ""
        yield InputPage(
            name=name,
            unit=spoken(str(asked.statement.unit)),
            said=_said(
                study,
                asked.statement,
                title=plain(asked.title or name),
                quantiles=_own_quantiles(comparison.result, asked.statement),
                remarks=(drawn,) if drawn else (),
            ),
        )


def cited(comparison: Comparison) -> Iterator[Citation]:
    """Every fact that is used, by publisher and date."""
    facts = (of_fact(comparison.study, used.fact.id) for used in comparison.result.assumptions.cited)
    return iter(sorted(facts, key=lambda fact: (fact.publisher.casefold(), fact.date, fact.id)))


def _quantiles(answer: Answer | None) -> tuple[tuple[Number, ...], _Rows]:
    """A figure's quantiles as pooled and by source; none of bounds, nor where a denominator may vanish."""
    if answer is None or not answer.estimable:
        return (), {}
    drawn, quantity = answer.drawn, answer.drawn.quantity
    pooled: tuple[Number, ...] = ()
    if answer.summary is not None:
        row = stratum_weights(quantity, answer.weights)[None]
        values, errors = drawn.by(answer.rule).all_worlds(row, LEVELS)
        pooled = _numbers(values[0], errors[0])
    vanishing = drawn.nonpositive.mean(axis=0) if drawn.screen.risky else np.zeros(len(quantity.strata))
    rows = zip(
        quantity.strata, vanishing, *drawn.all_worlds(np.eye(len(quantity.strata)), LEVELS), strict=True
    )
    return pooled, {
        next(iter(stratum.values()), "agreed"): _numbers(values, errors)
        for stratum, share, values, errors in rows
        if share <= answer.study.denominators.estimable
    }


def _numbers(values: Sequence[float], errors: Sequence[float]) -> tuple[Number, ...]:
    return tuple(numbered(float(value), float(error)) for value, error in zip(values, errors, strict=True))


def _own_quantiles(result: Result, statement: Statement) -> tuple[Number, ...]:
    """Those of the shape that was fitted, exact; none of what is computed from others or is a mixture.

    They have as many digits as tell what was stated, since none is drawn.
    """
    source, factor = statement, 1.0
    if isinstance(statement.form, Cites):
        source = result.study.facts[statement.form.fact].statement
        factor = source.unit.scale / statement.unit.scale
    shape = result.model.shape(source)
    if shape is None:
        return ()
    values = (float(value) * factor for value in shape.ppf(np.array(LEVELS)))
    exact = isinstance(source.form, Exact)
    return tuple(
        Number(value=value, text=written(value) if exact else number(value, digits=_DIGITS))
        for value in values
    )


def _claim(study: Study, figure: Figure, source: str, alone: _Rows) -> Said:
    listed = study.disputes[figure.dispute].sources[source] if figure.dispute else None
    why = f"Of this source: {plain(listed.because)}." if listed and listed.because else ""
    return _said(
        study,
        figure.claims[source],
        title="As all state it" if listed is None else plain(listed.title),
        quantiles=alone.get(source, ()),
        relays=_relayed(study, figure, listed.relays) if listed and listed.relays else "",
        remarks=(why,) if why else (),
    )


def _relayed(study: Study, figure: Figure, relays: str) -> str:
    """Whom a source passes on: another of its dispute, whoever published a fact, or a name."""
    others = study.disputes[figure.dispute].sources if figure.dispute else {}
    if relays in others:
        return plain(others[relays].title)
    return plain(study.facts[relays].publisher if relays in study.facts else relays)


def _said(
    study: Study,
    statement: Statement,
    *,
    title: str,
    quantiles: tuple[Number, ...],
    relays: str = "",
    remarks: tuple[str, ...] = (),
) -> Said:
    return Said(
        key=statement.path,
        title=title,
        statement=in_words(study, statement),
        shape=shape_of(study, statement),
        quantiles=quantiles,
        judged=plain(statement.evidence.because or ""),
        cited=tuple(of_fact(study, id_) for id_ in dict.fromkeys(facts_of(study, statement))),
        relays=relays,
        remarks=(*remarks, *_remarks(study, statement)),
    )


def facts_of(study: Study, statement: Statement) -> Iterator[str]:
    """The facts that a statement names, and those that it cites as evidence."""
    match statement.form:
        case Cites(fact=fact):
            yield fact
        case Computed(formula=formula):
            yield from (named.name for named in references(formula.expression) if named.kind == "fact")
        case Mixture(parts=parts):
            for part in parts:
                yield from facts_of(study, part)
    yield from statement.evidence.cites


def _remarks(study: Study, statement: Statement) -> Iterator[str]:
    """What was read from a table, converted, or set beside unlike things."""
    if statement.series is not None:
        yield _read(statement.series)
    for conversion in study.conversions:
        if _is_of(conversion.path, statement):
            yield _converted(conversion)
    for mismatch in study.mismatches:
        if _is_of(mismatch.path, statement):
            because = f"; {plain(mismatch.because)}" if mismatch.because else ""
            yield f"Unlike things side by side: {plain(mismatch.difference)}{because}."


def _is_of(path: str, statement: Statement) -> bool:
    return f"{path}.".startswith((f"{statement.path}.", f"{statement.path}["))


def _read(series: Series) -> str:
    how = "the sum of its months" if series.of == "change" else "how far it moved"
    months = enumerated([f"{month:%Y-%m}" for month in series.interpolated])
    filled = f"; {months} interpolated between neighbours" if months else ""
    return (
        f"Read from column “{plain(series.column)}” of {plain(series.file.name)}, {series.first:%Y-%m} to "
        f"{series.last:%Y-%m}: {how}{filled}."
    )


def _converted(conversion: Conversion) -> str:
    units = f"{plain(conversion.from_unit)} to {plain(conversion.to_unit)}"
    return f"Converted from {units}, times {conversion.factor:.7g}."
