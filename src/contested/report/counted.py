"""Units in full: whom a number counts and what it measures, as `casualties (killed and wounded) per km²`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contested.language.formula import Expression, Operation, Reference
from contested.language.nodes import Figure, Study
from contested.language.units import Dimension, Unit
from contested.report.measures import Sides, sides_of
from contested.report.plain import plain, printable
from contested.report.wording import figures_of, period, spoken_unit

_CASUALTIES = re.compile(
    r"(?!.*\b(?:without|not|no|except|excluding)\b)(?=.*\bkilled\b)(?=.*\bwounded\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one figure of an estimate counts or measures, where and when.

    Attributes
    ----------
    title, measures, place, when : str
        Safe to print; all but the title may be empty.
    dimension : Dimension
        Of its unit.
    """

    title: str
    measures: str
    place: str
    when: str
    dimension: Dimension

    @classmethod
    def of(cls, figure: Figure) -> Term:
        """That of a figure."""
        return cls(
            title=plain(figure.title),
            measures=plain(figure.measures or ""),
            place=plain(figure.place or ""),
            when=period(figure.period) if figure.period else "",
            dimension=figure.unit.dimension,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InFull:
    """A unit and what stands around it, so that a number can be quoted alone.

    Attributes
    ----------
    shared : str
        Place and dates that all terms share; may be empty.
    unit : str
        `casualties (killed and wounded) per km² (net change of controlled area)`; empty where there is none.
    meanings : tuple of str
        What the terms mean that the unit does not name: `“Russian dead” means killed, by name`.
    """

    shared: str
    unit: str
    meanings: tuple[str, ...]

    @classmethod
    def of(cls, terms: Sequence[Term], unit: Unit, sides: Sides | None = None) -> InFull:
        """The unit of what some terms make, each side with what its terms measure where they agree.

        Parameters
        ----------
        sides : Sides, optional
            What the number still measures of what they do; absent where it is one term, or one over another.
            Of a number that other things enter, such as a forecast from a count, a term's place and dates are
            told as the term's and not as the number's.
        """
        alone = sides is None
        kept = () if sides is None else {sides.above, sides.below} - {""}
        place, when = (_only({getattr(term, part) for term in terms}) for part in ("place", "when"))
        extents = {term: _extent(term, place, when) for term in terms}
        words, left = [], list(terms)
        above, _, below = printable(spoken_unit(str(unit))).partition(" per ")
        for word, dimension in ((above, _side(unit, 1)), (below, _side(unit, -1))):
            own = [t for t in left if t.dimension == dimension and (alone or t.measures in kept)]
            aside = _only({"; ".join(filter(None, (t.measures, extents[t] if alone else ""))) for t in own})
            words.append(_named(word, aside))
            left = [t for t in left if not (aside and t in own and (alone or not extents[t]))]
        return cls(
            shared=", ".join(filter(None, (place, when))),
            unit=" per ".join(filter(None, words)),
            meanings=tuple(_meanings(left, extents)),
        )


def terms_of(study: Study, expression: Expression) -> list[Term]:
    """Those of the figures that an expression rests on, in reading order."""
    return [Term.of(figure) for figure in figures_of(study, expression).values()]


def sides_beside(study: Study, expression: Expression) -> Sides | None:
    """What a number measures that is not one figure, or one over another; None where it is.

    It may be named by whatever estimates.
    """
    match expression:
        case Reference(kind="estimate", name=name):
            return sides_beside(study, study.estimates[name].formula.expression)
        case Operation("/", (above, below)):
            alone = _is_figure(study, above) and _is_figure(study, below)
            return None if alone else sides_of(study, expression)
    return None if _is_figure(study, expression) else sides_of(study, expression)


def _is_figure(study: Study, expression: Expression) -> bool:
    match expression:
        case Reference(kind="estimate", name=name):
            return _is_figure(study, study.estimates[name].formula.expression)
        case Reference(kind="figure" | "claim"):
            return True
    return False


def counted_unit(study: Study, estimate: str, unit: Unit) -> str:
    """A unit of an estimate as words, with whom it counts: `casualties (killed and wounded) per km²`.

    The first of its words alone is named.
    """
    above, per, below = printable(spoken_unit(str(unit))).partition(" per ")
    return _named(above, people_of(study, estimate) if _is_of_people(above) else "") + per + below


def short_unit(study: Study, estimate: str, unit: Unit) -> str:
    """A unit of an estimate where there is no room for more: `casualties per km²`."""
    return shortly(plain(spoken_unit(str(unit))), people_of(study, estimate))


def people_of(study: Study, estimate: str) -> str:
    """What an estimate counts people as, `killed and wounded`; empty where that is not known."""
    asked = study.estimates[estimate]
    return sides_of(study, asked.formula.expression).of_people(asked.unit)


def measured(text: str, measures: str) -> str:
    """An amount with what it is of: `160,600 casualties (killed and wounded)`, `1,627 km² (land gained)`."""
    if not measures:
        return text
    if _is_of_people(text):
        return f"{text.removesuffix('people')}{_people(measures)}"
    return f"{text} ({measures})"


def shortly(text: str, measures: str) -> str:
    """The same without what it measures: `160,600 casualties`, `99 casualties per km²`."""
    return re.sub(r"\bpeople\b", _whom(measures), text)


def _is_of_people(text: str) -> bool:
    return text == "people" or text.endswith(" people")


def _whom(measures: str) -> str:
    return "casualties" if _CASUALTIES.match(measures) else "people"


def _people(measures: str) -> str:
    return f"{_whom(measures)} ({measures})"


def _only(texts: set[str]) -> str:
    """The one that there is; empty where there are several."""
    return next(iter(texts)) if len(texts) == 1 else ""


def _side(unit: Unit, sign: int) -> Dimension:
    """The dimension of what stands above a unit's line, or with -1 below."""
    return tuple((base, sign * power) for base, power in unit.dimension if sign * power > 0)


def _extent(term: Term, place: str, when: str) -> str:
    """Where and when a term is of, without what all share."""
    return ", ".join(filter(None, ("" if place else term.place, "" if when else term.when)))


def _named(word: str, aside: str) -> str:
    """One side of a unit with what it is of."""
    return aside if word and aside.startswith(word) else word and measured(word, aside)


def _meanings(terms: Iterable[Term], extents: Mapping[Term, str]) -> Iterator[str]:
    """What terms mean, but for those whose titles say it."""
    for term in terms:
        where = f" ({extents[term]})" if extents[term] else ""
        if term.measures and (where or term.measures.casefold() not in term.title.casefold()):
            yield f"“{term.title}”{where} means {term.measures}"
        elif where:
            yield f"“{term.title}” is of {extents[term]}"
