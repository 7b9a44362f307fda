"""A certificate as people read it in a terminal: the paragraph, and the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contested.answers.findings import Findings, Said
from contested.answers.grade import EVEN
from contested.answers.naming import Assumed, Combination
from contested.engine.precision import probability_text
from contested.report.certificate import Certificate
from contested.report.certificate_text import flip_text, nearest_inputs, text
from contested.report.grade_text import departing, named_together
from contested.report.layout import Heading, Line, Note, Row, set_lines
from contested.report.naming import RULES, SCOPES, variable_title
from contested.report.plain import plain
from contested.report.qualifiers import line_count
from contested.report.rows import decided
from contested.report.statements import stated_of
from contested.report.terminal import NARROWEST, WIDEST, sampling_note
from contested.report.wording import NONE, crossed_at, day, number

_FEW = 30  # combinations of sources up to which all are printed
_MOST = 12  # that are printed where there are more


def render_certificate(certificate: Certificate, *, width: int = 80, styled: bool = False) -> str:
    """The paragraph, and the table that it rests on.

    Parameters
    ----------
    certificate : Certificate
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold.
    """
    findings = certificate.findings
    study = findings.study
    lines = [
        Heading(plain(study.questions[findings.name].title)),
        Note(f"{plain(study.name)}, as of {day(study.as_of)}"),
        Note(""),
        Heading(certificate.text),
        Note(""),
        Note(certificate.paragraph),
        Note(""),
        *_table(findings),
        Note(""),
        *_compared(findings),
        *sampling_note(findings.comparison.result),
    ]
    return set_lines(lines, width=min(max(width, NARROWEST), WIDEST), styled=styled)


def _table(findings: Findings) -> Iterator[Line]:
    yield Row("", ("probability",))
    yield Row("All, as weighted", (_cell(findings.default),), strong=True)
    default, rule = findings.usual.weighting, findings.usual.rule
    yield from _each(
        "Named weightings",
        ((f"{plain(n)}{', the default' if n == default else ''}", s) for n, s in findings.weightings.items()),
    )
    yield from _each(
        "Rule of pooling",
        ((f"{RULES[n]}{', the default' if n == rule else ''}", s) for n, s in findings.rules.items()),
    )
    yield from _each("Scope of who is right", ((SCOPES[n], s) for n, s in findings.scopes.items()))
    yield from _models(findings)
    yield from _combinations(findings)
    yield from _share(findings)
    yield from _flips(findings)
    yield from _lines(findings)


def _each(title: str, rows: Iterable[tuple[str, Said]]) -> Iterator[Line]:
    yield Row(title, ())
    for label, said in rows:
        yield Row(label, (_cell(said),), indent=2)
        if said.reason:
            yield Note(plain(said.reason), indent=4)


def _cell(said: Said) -> str:
    if said.chance is None:
        return "not settled" if said.settled else NONE
    if said.settled:
        return decided(said.chance.value, said.chance.value)
    if said.nonpositive is None:
        return text(said.chance)
    upper = min(1.0, said.chance.value + said.nonpositive)
    return f"{text(said.chance)} to {probability_text(upper, said.chance.mcse)}"


def _models(findings: Findings) -> Iterator[Line]:
    """The least and greatest of every weighting under every rule and scope."""
    known: Mapping[Assumed, Said] = {m: said for m, said in findings.models.items() if said.chance}
    if not known:
        return
    yield Row(f"All {len(known)} weightings × rules × scopes together", ())
    for which, sign in (("lowest", 1), ("highest", -1)):
        model = min(known, key=lambda m: sign * findings.modelled[m].value)
        yield Row(f"{which}: {departing(model, findings.usual)}", (_cell(known[model]),), indent=2)


def _combinations(findings: Findings) -> Iterator[Line]:
    """Every combination of sources where they are few; else the extremes and what lies beyond a half."""
    if not findings.disputes:
        return
    shown = _shown(findings)
    yield Row("If one takes the figures of", ())
    for combination in shown:
        title = named_together(findings, tuple(enumerate(combination)), marked=True)
        yield Row(title, (_cell(findings.combinations[combination]),), indent=2)
    rest = len(findings.combinations) - len(shown)
    if rest:
        yield Note(f"and {rest:,} combinations more, all in the JSON", indent=2)


def _shown(findings: Findings) -> list[Combination]:
    """Those to print, the likeliest first; of many the extremes, and the nearest to them across a half."""
    chances, default = findings.chances, findings.default.chance
    if not chances or default is None:
        return list(findings.combinations)[:_MOST]
    falling = sorted(chances, key=lambda key: -chances[key].value)
    if len(falling) <= _FEW:
        return falling
    rising_side = default.value <= EVEN
    across = [key for key in falling if (chances[key].value > EVEN) == rising_side]
    kept = {*findings.extremes, *(across[: _MOST - 2] if rising_side else across[2 - _MOST :])}
    return [key for key in falling if key in kept]


def _share(findings: Findings) -> Iterator[Line]:
    share = findings.share
    if share is None or not findings.disputes:
        return
    yield Row(
        "Share of all weightings of independent lines that make it more likely than not",
        (probability_text(share.share, share.mcse),),
    )
    error = f"{number(100 * share.mcse, digits=1)} points" if share.mcse >= 1e-4 else "under 0.01 points"
    how = "exact over the weights" if share.exact else f"by a scrambled net, standard error {error}"
    yield Note(
        f"every weighting counts alike; it depends on how sources are listed as lines ({how})", indent=2
    )


def _flips(findings: Findings) -> Iterator[Line]:
    if not findings.measured:
        return
    if findings.disputes:
        yield Row("Nearest weighting that flips it", ())
        yield Note(flip_text(findings), indent=2)
    if not findings.tipping:
        return
    crossings = nearest_inputs(findings)
    yield Row("Value of one input at which it flips, the others as stated", ())
    for point in crossings:
        title = variable_title(findings.study, point.path)
        stated = stated_of(findings.study, point.path)
        yield Row(f"{title}, stated as {stated}", (crossed_at(point, EVEN),), indent=2)
    none = len(findings.tipping) - len(crossings)
    if none or not crossings:
        no_input = "no other input" if crossings else "no input"
        yield Note(f"{no_input} was found to flip it ({none} looked at)", indent=2)


def _lines(findings: Findings) -> Iterator[Line]:
    if findings.effective_lines:
        yield Row("Independent lines of evidence", ())
    for dispute, lines in findings.effective_lines.items():
        yield Row(plain(findings.study.disputes[dispute].title), (line_count(lines),), indent=2)


def _compared(findings: Findings) -> Iterator[Line]:
    """Unlike things that the claim sets side by side; a difference only noted keeps it from no grade."""
    stated = [f"{m.path}: {m.because}" for m in findings.mismatches if m.because]
    if stated:
        yield Heading("Unlike things side by side")
        yield from (Note(plain(text), indent=2, bullet="-") for text in stated)
    noted = len(findings.mismatches) - len(stated)
    if noted:
        many = "s" if noted > 1 else ""
        yield Note(
            f"{noted} difference{many} between its figures and cited facts noted; `contested run` lists them."
        )
