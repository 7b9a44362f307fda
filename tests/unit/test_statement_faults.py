"""What statements are refused for, as a user reads it."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from scenario_text import claim_faults

REFUSED = """\
{low: 950, high: 760, because: j}
    osint.low: must be below high (got 950 and 760)
{low: about 150k, high: 5, because: j}
    osint.low: must be a number (got text 'about 150k'); what is known roughly is a range: low and high, or best and within
{low: 5,000, high: 9,000, because: j}
    osint: a comma ends what stands before it, and '000' is no key; write numbers without separators, and put text that holds a comma in quotes
    osint: a comma ends what stands before it, and '000' is no key; write numbers without separators, and put text that holds a comma in quotes
{low: "5,000", high: 9000, because: j}
    osint.low: must be a number (got text '5,000'); write 5000, without separators
{low: 8%, high: 150k, because: j}
    osint.low: must be a number (got text '8%'); write 0.08
    osint.high: must be a number (got text '150k'); write 150000
{low: 1, high: 2}
    osint: rests on nothing; add cites, fact, or because (a sentence of judgement)
{low: 1, because: j}
    osint: 'high' is missing beside low; for a bound and nothing more write value and bound: lower
{low: 1, best: 1, high: 2, because: j}
    osint.low: must be below best (got 1 and 1)
{low: -1, best: 1, high: 2, because: j}
    osint.low: must be above min, which is 0 where none is given (got -1); give min
{low: -1, high: 2, shape: lognormal, because: j}
    osint.low: must be above 0 for lognormal (got -1); use shape: normal
{low: 1, high: 2, shape: beta, because: j}
    osint.shape: must be lognormal, normal or gamma with these keys (got 'beta')
{low: 1, high: 2, shape: lognorml, because: j}
    osint.shape: must be point, lognormal, normal, truncated-normal, split-lognormal, beta, logit-normal, gamma, uniform, triangular, pert, jqpd-s, jqpd-b, metalog or empirical (got 'lognorml'); did you mean 'lognormal'?
{low: 1, high: 2, confidence: 90, because: j}
    osint.confidence: must lie between 0 and 1 (got 90); write 0.9
{low: 1, high: 2, confidence: 1, because: j}
    osint.confidence: must lie between 0 and 1 (got 1)
{low: 1, high: 2, min: 0, because: j}
    osint.min: needs max beside it, or shape: truncated-normal
{low: 1, high: 2, min: 1, max: 5, because: j}
    osint.min: must be below low (got 1 and 1)
{low: 1, best: 1.5, high: 2, max: 5, because: j}
    osint.max: needs min beside it
{low: 1, best: 1.5, high: 2, shape: split-lognormal, because: j}
    osint.shape: split-lognormal needs splice: median or splice: mode, for what best is
{low: 1, best: 1.5, high: 2, splice: mode, because: j}
    osint.splice: belongs to shape: split-lognormal (got shape jqpd-s)
{best: 1627, within: 0.05, because: j}
    osint.within: looks like a percentage (got 0.05 around 1627); write 5%, or low and high
{best: -5, within: 5%, because: j}
    osint.within: a percentage needs a number above 0 (got -5); write an amount
{best: 1627, within: -3, because: j}
    osint.within: must be above 0 (got -3)
{best: 1627, because: j}
    osint: 'within' is missing beside best, or low and high around it
{value: 3, within: 5%, because: j}
    osint: 'within' has no place beside value; write best in place of value
{value: 3, low: 1, high: 5, because: j}
    osint: 'value' has no place beside low and high; write best in place of value
{fact: gz}
    osint.fact: unknown register entry 'gz'; known here: at-least, deaths, gs and isw-area
{fact: gs, low: 1, high: 5}
    osint: 'fact' has no place beside low and high; cite it: cites: […]
{fact: deaths, within: 8%}
    osint.within: fact 'deaths' is a range in the register already; leave 'within' out
{fact: deaths}
    osint.fact: fact 'deaths' differs from the figure in what it measures ('killed', not 'killed and wounded'); say with mismatch why it serves all the same
{fact: isw-area}
    osint.fact: fact 'isw-area' is in km², not in person; compute the number from it by formula
{fact: isw-area, mismatch: they are alike}
    osint.fact: fact 'isw-area' is in km², not in person; compute the number from it by formula
{fact: isw-area, within: 5%, mismatch: they are alike}
    osint.fact: fact 'isw-area' is in km², not in person; compute the number from it by formula
{fact: gs, unit: km²}
    osint.unit: the unit is the register entry's; leave it out
{fact: gs, bound: lower}
    estimates.cost.formula: combines a bound (osint) with a distribution (inputs.error); state low and high for the bound, and why
{fact: at-least, bound: upper, mismatch: x}
    osint.bound: fact 'at-least' is a bound in the register already; leave 'bound' out
{fact: at-least, within: 5%, mismatch: x}
    osint.within: fact 'at-least' is a bound in the register already; leave 'within' out
{fact: at-least, mismatch: x}
    estimates.cost.formula: combines a bound (register.at-least) with a distribution (inputs.error); state low and high for the bound, and why
{min: 5, max: 1, because: j}
    osint.min: must be below max (got 5 and 1)
{min: 5, mode: 8, max: 7, because: j}
    osint.mode: must lie between min and max (got 8, outside 5 to 7)
{min: 5, because: j}
    osint: 'max' is missing beside min; for a bound and nothing more write value and bound: lower
{mean: 5, sd: 0, because: j}
    osint.sd: must be above 0 (got 0)
{mean: 5, sd: 1, shape: beta, min: 0, because: j}
    osint.shape: beta needs both min and max
{mean: 5, sd: 5, shape: beta, min: 0, max: 10, because: j}
    osint.sd: must be below 5 for a beta within these bounds (got 5)
{mean: -5, sd: 5, shape: gamma, because: j}
    osint.mean: must be above 0 for gamma (got -5); use shape: normal
{mean: 5, because: j}
    osint: 'sd' is missing beside mean
{quantiles: {0.05: 1}, because: j}
    osint.quantiles: must hold at least 2 entries (got 1)
{quantiles: {0.05: 3, 0.5: 2}, because: j}
    osint.quantiles: must rise with probability (got 3 at 0.05 and 2 at 0.5)
{quantiles: {5%: 3, 0.5: 2, 1.5: 3}, because: j}
    osint.quantiles: a probability must lie between 0 and 1 (got text '5%'); write 0.05
    osint.quantiles: a probability must lie between 0 and 1 (got 1.5)
{quantiles: {0.05: 3, 0.5: 4}, max: 3, because: j}
    osint.max: must be above every quantile (got 3 and 4)
    osint.max: needs min beside it, or shape: truncated-normal
{quantiles: {0.05: -3, 0.5: 4}, shape: lognormal, because: j}
    osint.quantiles: lognormal needs quantiles above 0 (got -3); use shape: normal
{draws: no.csv, column: a, because: j}
    osint.draws: no such file 'no.csv' in the scenario's folder
{draws: ../x.csv, column: a, because: j}
    osint.draws: '../x.csv' leaves the scenario's folder; keep the file below it
{draws: x.txt, column: a, because: j}
    osint.draws: must be a .csv or .parquet file (got 'x.txt')
{draws: x.csv, because: j}
    osint: 'column' is missing beside draws
{formula: 3}
    osint.formula: must be text (got 3); put it in quotes
{formula: "3"}
    osint.formula: must come out as person (got a plain number)
{formula: gs * eror}
    osint.formula: unknown name 'eror'; did you mean 'error'?
{formula: gs / isw_area}
    osint.formula: must come out as person (got person/km²)
{formula: gs * cost}
    osint.formula: 'cost' is an estimate: a claim's formula sees inputs, facts and the claims of its own figure by source
{formula: gs * casualties}
    osint.formula: 'casualties' is a figure: a claim's formula sees inputs, facts and the claims of its own figure by source
{formula: osint * 2}
    osint.formula: goes in a circle: osint → osint; state one of them by itself
{formula: gs + }
    osint.formula: a number or a name is missing after '+' (the formula ends)
{formula: gs, shape: normal}
    osint: 'shape' has no place beside formula; a computed number has the shape that comes out
{mixture: {pick: k, of: [{low: 1, high: 2, weight: 1}, {value: 3, weight: 1, because: j}]}}
    osint.mixture.of[0]: rests on nothing; add cites, fact, or because (a sentence of judgement)
{mixture: {pick: k, of: [{low: 1, high: 2, weight: 0}, {value: 3, weight: 0}]}, because: j}
    osint.mixture.of: all weights are zero; give one of them more
{mixture: {pick: k, of: [{value: 3, bound: lower, weight: 1}, {value: 3, weight: 1}]}, because: j}
    osint.mixture.of[0]: a bound has no distribution to mix; state low and high, and why
{mixture: {pick: k, of: [{value: 3, weight: 1}]}, because: j}
    osint.mixture.of: must hold at least 2 entries (got 1)
{mixture: {pick: k, of: [{value: 3}, {value: 5, weight: -1}]}, because: j}
    osint.mixture.of[0]: 'weight' is missing
    osint.mixture.of[1].weight: must be at least 0 (got -1)
{value: 3, bound: lower, because: j}
    estimates.cost.formula: combines a bound (osint) with a distribution (inputs.error); state low and high for the bound, and why
{because: j}
    osint: states no number; give value, or low and high, or best and within, or another form
{}
    osint: states no number; give value, or low and high, or best and within, or another form
{low: .inf, high: 1e999, because: j}
    osint.low: must be finite (got .inf)
    osint.high: must be finite (got 1e999)
{low: .nan, high: true, because: }
    osint.low: must be finite (got .nan)
    osint.high: must be a number (got true)
    osint.because: must be text (got nothing)
{low: , high: [1], because: j}
    osint.low: must be a number (got nothing)
    osint.high: must be a number (got a list)
{value: 3, unit: km², because: j}
    osint.unit: must be commensurable with person (got km²)
{value: 3, unit: peple, because: j}
    osint.unit: unknown unit 'peple'; known are person, km, m, mi, ha, day, month, year, %; counting units are declared, as in units: [tank]
{value: 3, cites: [gs, nope]}
    osint.cites[1]: unknown register entry 'nope'; known here: at-least, deaths, gs and isw-area
{value: 3, cites: gs}
    osint.cites: must be a list, as in [a, b] (got text 'gs')
{value: 3, becuase: x}
    osint: unknown key 'becuase'; did you mean 'because'?
7
    osint: must be a mapping of keys to values (got 7); write {value: 7, because: …}
text
    osint: must be a mapping of keys to values (got text 'text'); a statement says its form, as in {formula: …} or {low: …, high: …}
[1]
    osint: must be a mapping of keys to values (got a list)
"""


def cases(text):
    """Pairs of a statement and its faults, which stand indented below it."""
    found = []
    for line in text.splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


@pytest.mark.parametrize(("statement", "faults"), cases(REFUSED))
def test_refused(tmp_path, statement, faults):
    assert claim_faults(tmp_path, statement) == faults
