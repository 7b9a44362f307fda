"""Unlike things side by side, in full: what differs of one claim, or in every month, is one entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contested.language.nodes import Estimate, Mismatch, Question, Study
from contested.report.briefing.sections import Unlike
from contested.report.naming import source_of
from contested.report.once import Once
from contested.report.plain import plain

_Alike = Mapping[str, Sequence[Mismatch]]  # by how they differ, in words that hold for any month


def mismatches(study: Study) -> Iterator[Unlike]:
    """All that the scenario owns, then all that are only noted; each kind in the scenario's order.

    What differs of one claim is one entry; so is what a scenario says once for every month or quarter.
    """
    once = Once(study)
    entries: dict[tuple[str, str], dict[str, list[Mismatch]]] = {}
    for mismatch in sorted(dict.fromkeys(study.mismatches), key=lambda mismatch: mismatch.because is None):
        path, difference = once.template(mismatch.path, mismatch.difference)
        alike = entries.setdefault((path, mismatch.because or ""), {})
        alike.setdefault(difference, []).append(mismatch)
    return (_unlike(path, because, alike, once) for (path, because), alike in entries.items())


def _unlike(path: str, because: str, alike: _Alike, once: Once) -> Unlike:
    first = next(iter(alike.values()))[0]
    repeated = path != first.path and any(len(each) > 1 for each in alike.values())
    return Unlike(
        subject=subject(once.study, first.path, repeated=repeated),
        path=plain(path if repeated else first.path),
        difference=plain("; ".join(_difference(text, each, once) for text, each in alike.items())),
        because=plain(because),
    )


def _difference(text: str, each: Sequence[Mismatch], once: Once) -> str:
    return f"{once.how_often(len(each))}, {text}" if len(each) > 1 else each[0].difference


def subject(study: Study, path: str, *, repeated: bool = False) -> str:
    """What a path of the scenario leads to, by its titles: `“Area gained” by “DeepState”`.

    Parameters
    ----------
    path : str
        'estimates.rise', 'figures.area.claims.isw.mixture[0]', 'inputs.gs_error', 'register.some-id'.
    repeated : bool
        Whether it stands for the same in other months or quarters: their common title is told. So it is of
        one month's estimate or question in the report of a whole window, which has none by month; one that
        is of no month, and that only months' formulas name, is told by its path there.
    """
    kind, _, rest = path.partition(".")
    name, _, more = rest.partition(".")
    asked: Mapping[str, Estimate | Question] = study.questions if kind == "questions" else study.estimates
    titles = _common_titles(study) if repeated or name not in asked else {}
    match kind:
        case "estimates" | "questions" if name in titles or name in asked:
            return f"“{plain(titles[name] if name in titles else asked[name].title)}”"
        case "inputs":
            own = study.inputs[name].title or name
            return f"“{plain(titles.get(name, own) if repeated else own)}”"
        case "figures":
            figure, source = study.figures[name], more.removeprefix("claims.").partition(".")[0]
            by = (
                ""
                if figure.dispute is None
                else f" by {source_of(study, figure.dispute, source, [figure.dispute])}"
            )
            return f"“{plain(titles.get(name, figure.title) if repeated else figure.title)}”{by}"
        case "disputes":
            return f"“{plain(study.disputes[name].title)}”"
    return plain(path)


def _common_titles(study: Study) -> Mapping[str, str]:
    """By each name that was made for a period, the title that stands for all."""
    each = study.each
    kinds = () if each is None else (each.inputs, each.figures, each.estimates, each.questions)
    return {name: one.title for kind in kinds for one in kind.values() for name in one.names}
