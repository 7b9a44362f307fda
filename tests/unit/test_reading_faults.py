"""What scenarios and registers are refused for, as a user reads it."""
# ruff: noqa: E501

from __future__ import annotations

from typing import NamedTuple

import pytest

from scenario_text import REGISTER, changed, faults_of


class Case(NamedTuple):
    """Parts of the small scenario that are replaced, what is added at its end, the register, and the faults."""

    replaced: list[tuple[str, str]]
    added: str
    register: str
    faults: list[str]


CASES = [
    Case(
        [("title: Cost", "titel: Cost")],
        "",
        REGISTER,
        ["s.yaml:1:1: 'title' is missing", "s.yaml:1:1: unknown key 'titel'; did you mean 'title'?"],
    ),
    Case(
        [("as_of: 2026-08-22", "as_of: 2025-05-01")],
        "",
        REGISTER,
        [
            "s.yaml:19:23: figures.casualties.claims.kyiv.formula: fact 'gs' is dated 2025-05-03, after as_of (2025-05-01); no later fact may be used",
            "s.yaml:27:20: figures.area.agreed.fact: fact 'isw-area' is dated 2025-05-03, after as_of (2025-05-01); no later fact may be used",
        ],
    ),
    Case(
        [("as_of: 2026-08-22", "as_of: 2025")],
        "",
        REGISTER,
        ["s.yaml:2:8: as_of: must be a day, as in 2025-01-31 (got 2025)"],
    ),
    Case(
        [("as_of: 2026-08-22", "as_of: yesterday")],
        "",
        REGISTER,
        ["s.yaml:2:8: as_of: is no date (got 'yesterday'); write it as 2025-01-31"],
    ),
    Case(
        [("    dispute: toll", "    dispute: tol")],
        "",
        REGISTER,
        ["s.yaml:13:14: figures.casualties.dispute: unknown dispute 'tol'; did you mean 'toll'?"],
    ),
    Case(
        [("      kyiv: {formula: gs * error}\n", "")],
        "",
        REGISTER,
        ["s.yaml:18:5: figures.casualties.claims: has no claim by kyiv; every source of 'toll' makes one"],
    ),
    Case(
        [("      kyiv: {formula", "      kyivv: {formula")],
        "",
        REGISTER,
        [
            "s.yaml:18:5: figures.casualties.claims: has no claim by kyiv; every source of 'toll' makes one",
            "s.yaml:19:7: figures.casualties.claims: unknown source 'kyivv'; did you mean 'kyiv'?",
        ],
    ),
    Case(
        [("    dispute: toll\n", "")],
        "",
        REGISTER,
        [
            "s.yaml:11:3: figures.casualties: 'dispute' is missing beside claims; what nobody disputes has agreed in place of claims"
        ],
    ),
    Case(
        [("    agreed: {fact: isw-area, within: 8%}\n", "")],
        "",
        REGISTER,
        ["s.yaml:21:3: figures.area: states nothing; give dispute and claims, or agreed"],
    ),
    Case(
        [("    agreed:", "    dispute: toll\n    agreed:")],
        "",
        REGISTER,
        ["s.yaml:28:5: figures.area: 'agreed' has no place beside dispute; keep either"],
    ),
    Case(
        [
            (
                "period: 2025-01-01/2025-04-30\n    place: Ukraine\n    agreed",
                "period: 2025-05/2025-04-30\n    place: Ukraine\n    agreed",
            )
        ],
        "",
        REGISTER,
        ["s.yaml:25:13: figures.area.period: must end after it begins (got 2025-05/2025-04-30)"],
    ),
    Case(
        [
            (
                "period: 2025-01-01/2025-04-30\n    place: Ukraine\n    agreed",
                "period: 2025-05/2025-08\n    place: Ukraine\n    agreed",
            )
        ],
        "",
        REGISTER,
        [
            "s.yaml:27:20: figures.area.agreed.fact: fact 'isw-area' differs from the figure in period (2025-01-01/2025-04-30, not 2025-05/2025-08); say with mismatch why it serves all the same",
            "s.yaml:29:57: estimates.cost.formula: divides what differs in period ('2025-01-01/2025-04-30' and '2025-05/2025-08'); take both from the same, or say with mismatch why it serves all the same",
        ],
    ),
    Case(
        [
            ("agreed: {fact: isw-area, within: 8%}", "agreed: {value: 5, cites: [isw-area]}"),
            (
                "period: 2025-01-01/2025-04-30\n    place: Ukraine\n    agreed",
                "period: 2025-05/2025-08\n    place: Ukraine\n    agreed",
            ),
        ],
        "",
        REGISTER,
        [
            "s.yaml:29:57: estimates.cost.formula: divides what differs in period ('2025-01-01/2025-04-30' and '2025-05/2025-08'); take both from the same, or say with mismatch why it serves all the same"
        ],
    ),
    Case(
        [(", unit: person/km²}", "}")],
        "",
        REGISTER,
        [
            "s.yaml:29:46: estimates.cost.formula: must come out as a plain number where no unit is given (got person/km²); add unit: person/km²"
        ],
    ),
    Case(
        [(", unit: person/km²}", ", unit: km²}")],
        "",
        REGISTER,
        ["s.yaml:29:46: estimates.cost.formula: must be commensurable with its unit, km² (got person/km²)"],
    ),
    Case(
        [("formula: casualties / area", "formula: casualties.kyv / area")],
        "",
        REGISTER,
        ["s.yaml:29:46: estimates.cost.formula: unknown source of casualties 'kyv'; did you mean 'kyiv'?"],
    ),
    Case(
        [("formula: casualties / area", "formula: area.kyiv / error2")],
        "",
        REGISTER,
        [
            "s.yaml:29:46: estimates.cost.formula: nobody disputes figure 'area'; write area in place of area.kyiv",
            "s.yaml:29:58: estimates.cost.formula: unknown name 'error2'; did you mean 'error'?",
        ],
    ),
    Case(
        [("formula: casualties / area", "formula: error * cost")],
        "",
        REGISTER,
        ["s.yaml:29:46: estimates.cost.formula: goes in a circle: cost → cost; state one of them by itself"],
    ),
    Case(
        [("formula: casualties / area", "formula: casualties / area > 3")],
        "",
        REGISTER,
        ["s.yaml:29:64: estimates.cost.formula: '>' belongs in a question: this formula is a number"],
    ),
    Case(
        [("error: {low", "gs: {low")],
        "",
        REGISTER,
        [
            "s.yaml:19:23: figures.casualties.claims.kyiv.formula: 'gs' could mean an input and a fact; rename one of them",
            "s.yaml:19:28: figures.casualties.claims.kyiv.formula: unknown name 'error'; known here: at_least, deaths, gs, isw_area, kyiv and osint",
        ],
    ),
    Case(
        [("error: {low", "min: {low")],
        "",
        REGISTER,
        [
            "s.yaml:9:3: inputs: 'min' is a word of the formula language; choose another name",
            "s.yaml:19:28: figures.casualties.claims.kyiv.formula: unknown name 'error'; known here: at_least, deaths, gs, isw_area, kyiv, min and osint",
        ],
    ),
    Case(
        [("error: {low", "Error: {low")],
        "",
        REGISTER,
        [
            "s.yaml:9:3: inputs: a name begins with a small letter and has only a-z, 0-9 and _ (got 'Error'); write error",
            "s.yaml:19:28: figures.casualties.claims.kyiv.formula: unknown name 'error'; did you mean 'Error'?",
        ],
    ),
    Case(
        [
            ("because: spread of totals}", "because: j, drawn: per_figure}"),
            ("formula: casualties / area", "formula: error * casualties / area"),
        ],
        "",
        REGISTER,
        [
            "s.yaml:29:46: estimates.cost.formula: 'error' is drawn per_figure and has no value outside a figure; name a figure"
        ],
    ),
    Case(
        [
            (
                "inputs:\n",
                "inputs:\n  drift: {best: 1, within: 5%, drawn: per_figure, because: j}\n  e2: {formula: drift * error}\n",
            )
        ],
        "",
        REGISTER,
        [
            "s.yaml:10:3: inputs.e2: is computed from 'drift', which is drawn per_figure; add drawn: per_figure"
        ],
    ),
    Case(
        [("inputs:\n", "inputs:\n  a: {formula: b * 1}\n  b: {formula: a * 1}\n")],
        "",
        REGISTER,
        ["s.yaml:9:16: inputs.a.formula: goes in a circle: a → b → a; state one of them by itself"],
    ),
    Case(
        [],
        "weightings:\n  w: {toll: {kyiv: 1}, terr: {a: 1}}\n  x: {toll: {kyiv: 0, others: 0}}\n  y: {toll: {kyv: 1, others: 2}}\n  even: {toll: {others: 1}}\n  z: {toll: {kyiv: -1, osint: 1}}\n  v: {toll: {kyiv: .inf, osint: 1}}\n  u: {toll: {}}\n",
        REGISTER,
        [
            "s.yaml:31:13: weightings.w.toll: gives no weight to osint; add it, or others",
            "s.yaml:31:24: weightings.w: unknown dispute 'terr'; known here: toll",
            "s.yaml:32:13: weightings.x.toll: all weights are zero; give one of them more",
            "s.yaml:33:14: weightings.y.toll: unknown source 'kyv'; did you mean 'kyiv'?",
            "s.yaml:34:3: weightings: 'even' is reserved; choose another name",
            "s.yaml:35:20: weightings.z.toll.kyiv: must be at least 0 (got -1)",
            "s.yaml:36:20: weightings.v.toll.kyiv: must be finite (got .inf)",
            "s.yaml:37:13: weightings.u.toll: gives no weight to kyiv and osint; add it, or others",
        ],
    ),
    Case(
        [],
        "default: lines\n",
        REGISTER,
        ["s.yaml:30:10: default: unknown weighting 'lines'; known here: even"],
    ),
    Case(
        [],
        "pooling: {rule: logarithmic}\nreport: {levels: [0.9, 0.5, 0.9], kind: hdr}\nsampling: {tolerance: 0, max_draws: 1.5}\ndenominator: {negligible: 0.1}\nseed: -1\n",
        REGISTER,
        [
            "s.yaml:31:41: report.kind: must be equal-tailed or hdi (got 'hdr')",
            "s.yaml:32:23: sampling.tolerance: must be above 0 (got 0)",
            "s.yaml:32:37: sampling.max_draws: must be a whole number (got 1.5)",
            "s.yaml:33:14: denominator: negligible must not be above estimable (got 0.1 and 0.005)",
            "s.yaml:34:7: seed: must be at least 0 (got -1)",
        ],
    ),
    Case(
        [],
        "report: {levels: [0.9, 0.5, 0.9]}\nunits: [tank, tank, person]\n",
        REGISTER,
        [
            "s.yaml:30:29: report.levels[2]: 0.9 stands twice; keep one",
            "s.yaml:31:15: units[1]: 'tank' stands twice; keep one",
            "s.yaml:31:21: units[2]: 'person' is a unit already; leave it out",
        ],
    ),
    Case(
        [],
        "correlations:\n  - {between: [error, deaths], rank: 0.5, because: x}\n  - {between: [error, gs], rank: 2, because: x}\n  - {between: [error, gs], rank: 0.2, because: x}\n  - {between: [error, casualties.osint], rank: 0.2, copula: t, because: x}\n  - {between: [error, casualties.kyiv], kendall: 0.2, copula: t, df: 4, because: x}\n  - {between: [error, casualties], kendall: 0.2, df: 4, because: x}\n  - {between: [error, area], kendall: 0.2}\n  - {between: [error, area], because: x}\n  - {between: [error, error], rank: 0.1, kendall: 0.1, because: x}\n  - {between: [error, nope], rank: 0.1, because: x}\n",
        REGISTER,
        [
            "s.yaml:32:34: correlations[1].rank: must be at most 1 (got 2)",
            "s.yaml:33:23: correlations[2].between[1]: 'gs' is exact and has no error",
            "s.yaml:34:5: correlations[3]: 'df' is missing beside copula: t; for example df: 4",
            "s.yaml:34:42: correlations[3]: copula: t needs kendall in place of rank (Spearman's does not fix its correlation)",
            "s.yaml:35:23: correlations[4].between[1]: 'casualties.kyiv' is computed; correlate what it is computed from",
            "s.yaml:36:23: correlations[5].between[1]: 'casualties' is disputed; name one claim, as in casualties.kyiv",
            "s.yaml:36:50: correlations[5]: 'df' belongs to copula: t",
            "s.yaml:37:5: correlations[6]: 'because' is missing",
            "s.yaml:38:5: correlations[7]: 'rank' or 'kendall' is missing",
            "s.yaml:39:5: correlations[8]: gives both rank and kendall; keep one",
            "s.yaml:39:23: correlations[8].between[1]: 'error' stands twice; keep one",
            "s.yaml:40:23: correlations[9].between[1]: unknown name 'nope'; known here: area, at-least, casualties.kyiv, casualties.osint, deaths, error, gs and isw-area",
        ],
    ),
    Case(
        [],
        "correlations:\n  - {between: [error, deaths], rank: 0.5, because: x}\n  - {between: [error, deaths], kendall: 0.5, because: x}\n  - {between: [error, casualties.osint], kendall: 0.2, copula: t, df: 4, because: x}\n",
        REGISTER,
        [
            "s.yaml:32:5: correlations[1]: inputs.error and register.deaths are correlated on line 31 already; keep one",
            "s.yaml:33:5: correlations[2]: is t with df 4, but the connected one on line 31 is gaussian; a connected group has one copula",
        ],
    ),
    Case(
        [],
        "questions:\n  q: {title: t, formula: cost + 1}\n  r: {title: t, formula: cost > 1 and area}\n  s: {title: t, formula: cost > q}\n",
        REGISTER,
        [
            "s.yaml:31:31: questions.q.formula: must be true or false: compare it, as in x > 0",
            "s.yaml:32:39: questions.r.formula: must be true or false: compare it, as in x > 0",
            "s.yaml:33:33: questions.s.formula: 'q' is a question: a question's formula sees figures, estimates, inputs, facts and figure.source",
        ],
    ),
    Case(
        [("register: register.yaml\n", "")],
        "",
        REGISTER,
        [
            "s.yaml:18:23: figures.casualties.claims.kyiv.formula: unknown name 'gs'; known here: error, kyiv and osint",
            "s.yaml:26:20: figures.area.agreed.fact: names register entry 'isw-area', but the scenario names no register; add register: FILE",
        ],
    ),
    Case(
        [("register: register.yaml", "register: ../register.yaml")],
        "",
        REGISTER,
        ["s.yaml:3:11: register: '../register.yaml' leaves the scenario's folder; keep the file below it"],
    ),
    Case(
        [("register: register.yaml", "register: nothing.yaml")],
        "",
        REGISTER,
        ["s.yaml:3:11: register: no such file 'nothing.yaml' in the scenario's folder"],
    ),
    Case(
        [],
        "",
        "gs: {value: 3",
        ["register.yaml:2:1: not valid YAML: expected ',' or '}'; the '{' of line 1, column 5 is not closed"],
    ),
    Case([], "", "", ["register.yaml:1:1: is empty"]),
    Case(
        [],
        "",
        "gs:\n  {value: 160600, unit: person, measures: killed and wounded, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: General Staff, title: Daily reports, date: May 2025}\nisw-area:\n  {value: 1627, unit: km², measures: net change, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: ISW, title: Assessment, date: May 2025}\ndeaths:\n  {low: 54000, high: 65500, unit: person, measures: killed, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: Meduza, title: Registry, date: 2026-02}\nat-least:\n  {value: 200000, bound: lower, unit: person, measures: killed and wounded, period: 2025, place: Ukraine,\n   publisher: Post, title: Article, date: 2025-11-24}\n",
        [
            "register.yaml:3:58: gs.date: is no date (got 'May 2025'); write it as 2025, 2025-05 or 2025-05-03",
            "register.yaml:6:45: isw-area.date: is no date (got 'May 2025'); write it as 2025, 2025-05 or 2025-05-03",
        ],
    ),
    Case(
        [],
        "",
        "gs:\n  {value: 160600, unit: person, measures: killed and wounded, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: General Staff, title: Daily reports, date: 2025-05-03}\nisw-area:\n  {value: 1627, unit: km², measures: net change, period: 2025-01-01/2025-04-30, place: Ukraine,\n   title: Assessment, date: 2025-05-03}\ndeaths:\n  {low: 54000, high: 65500, unit: person, measures: killed, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: Meduza, title: Registry, date: 2026-02}\nat-least:\n  {value: 200000, bound: lower, unit: person, measures: killed and wounded, period: 2025, place: Ukraine,\n   publisher: Post, title: Article, date: 2025-11-24}\n",
        ["register.yaml:4:1: isw-area: 'publisher' is missing"],
    ),
    Case(
        [],
        "",
        "G_s:\n  {value: 160600, unit: person, measures: killed and wounded, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: General Staff, title: Daily reports, date: 2025-05-03}\nisw-area:\n  {value: 1627, unit: kmm, measures: net change, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: ISW, title: Assessment, date: 2025-05-03}\ndeaths:\n  {low: 54000, high: 65500, unit: person, measures: killed, period: 2025-01-01/2025-04-30, place: Ukraine,\n   publisher: Meduza, title: Registry, date: 2026-02}\nat-least:\n  {value: 200000, bound: lower, unit: person, measures: killed and wounded, period: 2025, place: Ukraine,\n   publisher: Post, title: Article, date: 2025-11-24}\n",
        [
            "register.yaml:1:1: a register id has only a-z, 0-9 and - (got 'G_s'); write g-s",
            "register.yaml:5:23: isw-area.unit: unknown unit 'kmm'; did you mean 'km'?",
            "s.yaml:19:23: figures.casualties.claims.kyiv.formula: unknown name 'gs'; known here: at_least, deaths, error, isw_area, kyiv and osint",
        ],
    ),
    Case(
        [("osint: Open sources", "osint: {titel: Open}")],
        "weightings:\n  w: {toll: {kyiv: 1, osint: 1}}\n",
        REGISTER,
        [
            "s.yaml:7:27: disputes.toll.sources.osint: 'title' is missing",
            "s.yaml:7:35: disputes.toll.sources.osint: unknown key 'titel'; did you mean 'title'?",
        ],
    ),
    Case(
        [], "title: again\n", REGISTER, ["s.yaml:30:1: key 'title' stands twice (first on line 1); keep one"]
    ),
    Case(
        [],
        "x: !!python/object:os.system 1\n",
        REGISTER,
        [
            "s.yaml:30:1: unknown key 'x'; known here: title, as_of, seed, register, units, each, window, comparisons, disputes, default, weightings, bounds, at_least, seeds, inputs, figures, estimates, questions, correlations, report, sampling, denominator, pooling",
            "s.yaml:30:4: x: YAML tag '!!python/object:os.system' is not allowed; remove it",
        ],
    ),
    Case([], "x: &a [*a]\n", REGISTER, ["s.yaml:30:8: alias '*a' stands inside what it names"]),
    Case([], "y: *nope\n", REGISTER, ["s.yaml:30:4: alias '*nope' names no anchor before it"]),
    Case([], "\tx: 1\n", REGISTER, ["s.yaml:30:1: tab character; use spaces"]),
    Case([], 'x: "a\n', REGISTER, ["s.yaml:30:4: not valid YAML: quotes that are not closed"]),
    Case(
        [],
        "x: [1\n",
        REGISTER,
        ["s.yaml:31:1: not valid YAML: expected ',' or ']'; the '[' of line 30, column 4 is not closed"],
    ),
    Case(
        [],
        "x: a: b\n",
        REGISTER,
        ["s.yaml:30:5: not valid YAML: a second ':' on the line; put text that holds ': ' in quotes"],
    ),
    Case(
        [],
        "x: @a\n",
        REGISTER,
        ["s.yaml:30:4: not valid YAML: text must not begin with '@'; put it in quotes"],
    ),
    Case([], " x: 1\n", REGISTER, ["s.yaml:30:2: not valid YAML: wrong indentation, or a stray character"]),
    Case([], "--- \na: 1\n", REGISTER, ["s.yaml:30:1: a second document begins; a file holds one"]),
    Case([], 'x: "\\e[31m"\n', REGISTER, ["s.yaml:30:4: control character U+001B is not allowed; remove it"]),
    Case(
        [],
        "x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n",
        REGISTER,
        ["s.yaml:30:35: is nested deeper than 32"],
    ),
    Case([], "? [a]\n: 1\n", REGISTER, ["s.yaml:30:3: a key must be plain text, not a list or mapping"]),
    Case([], "<<: {a: 1}\n", REGISTER, ["s.yaml:30:1: YAML 1.2 has no merge key '<<'; write the keys out"]),
]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_refused(tmp_path, case):
    assert faults_of(tmp_path, changed(*case.replaced) + case.added, case.register) == case.faults
