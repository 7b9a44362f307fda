"""A claim's grade with all that its words name: why there is none, which sources part, on what conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from contested.answers.findings import Findings
from contested.answers.grade import Grounds, Kind, Sides, kind_of, one_line, provided_alike, sides
from contested.answers.naming import Assumed, Named, named, simplest
from contested.engine.precision import Measured, probability_text

Side = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class Party:
    """The assumptions that say one thing of a claim, in few names.

    Attributes
    ----------
    sources : tuple of Named
        Combinations of sources.
    models : tuple of Assumed
        Weightings, rules and scopes, where all combinations of sources say one thing.
    """

    sources: tuple[Named, ...] = ()
    models: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A claim's grade.

    Attributes
    ----------
    reason : str or None
        Why it is not graded.
    unless : tuple of Named
        The combinations of sources under which a likely claim is not clearly above a half, or an unlikely one
        not clearly below.
    parties : mapping
        Who says what, where that depends on whom one believes; `open` is too near a half to tell.
    one_line : tuple of str
        Disputes that the claim depends on and that rest on one line of evidence.
    alike : bool
        Whether it holds provided each source errs alike in all figures.
    """

    kind: Kind
    reason: str | None = None
    unless: tuple[Named, ...] = ()
    parties: Mapping[Side, Party] = field(default_factory=dict)
    one_line: tuple[str, ...] = ()
    alike: bool = False


def graded(findings: Findings) -> Grade:
    """The grade of a claim."""
    default = findings.default.chance
    reason = _ungradable(findings)
    if reason is not None or default is None:
        return Grade(kind="not_graded", reason=reason)
    flip = findings.flip
    kind = kind_of(
        Grounds(
            default=default,
            combinations=findings.chances.values(),
            models=findings.modelled.values(),
            flip=None if flip is None else Measured(flip.shift, flip.mcse),
        )
    )
    if kind == "not_graded":
        reason = "as likely as not whichever listed source is right, as far as the draws tell"
        return Grade(kind=kind, reason=reason)
    return Grade(
        kind=kind,
        unless=_unless(kind, findings),
        parties=_parties(findings) if kind == "depends" else {},
        one_line=one_line(findings.effective_lines),
        alike=_alike(default, findings),
    )


def _ungradable(findings: Findings) -> str | None:
    """Why the claim has no grade, whatever its numbers are."""
    default = findings.default.chance
    stated = dict.fromkeys(m.because for m in findings.mismatches if m.because)
    if stated:
        return f"it sets unlike things side by side ({'; '.join(stated)})"
    if findings.bounded:
        said = {None: "leave it open", 0.0: "make it false", 1.0: "make it true"}
        settled = None if default is None else default.value
        found = said.get(settled, "make it true or false by source")
        return f"it rests on one-sided bounds, which carry no probability; as weighted they {found}"
    if default is None:
        return f"the {findings.study.rule} rule of pooling gives it no probability: {findings.default.reason}"
    every = (findings.default, *findings.combinations.values(), *findings.models.values())
    vanishing = [said.nonpositive for said in every if said.nonpositive is not None]
    if vanishing:
        most = probability_text(max(vanishing), 0.0)
        return f"not estimable, since a denominator in it is zero or negative with probability up to {most}"
    if not findings.converged:
        worlds = findings.comparison.result.run.worlds
        return f"not converged, {worlds:,} worlds being too few for the tolerance asked for"
    return None


def _unless(kind: Kind, findings: Findings) -> tuple[Named, ...]:
    """What is not clearly on the grade's side: never empty, since no weaker grade than these names it."""
    found = sides(findings.chances)
    match kind:
        case "likely":
            return named([*found.no, *found.open], findings.sources)
        case "unlikely":
            return named([*found.yes, *found.open], findings.sources)
    return ()


def _parties(findings: Findings) -> Mapping[Side, Party]:
    """Combinations of sources where those part; else weightings, rules and scopes."""
    by_source = _each(sides(findings.chances))
    parties: dict[Side, Party] = {
        side: Party(sources=named(chosen, findings.sources)) for side, chosen in by_source.items()
    }
    if len(parties) > 1:
        return parties
    by_model = _each(sides(findings.modelled))
    return parties | {
        side: Party(models=simplest(chosen, findings.usual)) for side, chosen in by_model.items()
    }


def _each(found: Sides[Any]) -> dict[Side, tuple[Any, ...]]:
    every: dict[Side, tuple[Any, ...]] = {"yes": found.yes, "no": found.no, "open": found.open}
    return {side: keys for side, keys in every.items() if keys}


def _alike(own: Measured, findings: Findings) -> bool:
    other = findings.scopes["per_figure"].chance
    return other is not None and provided_alike(own, other)
