"""Small scenarios that several tests run, as the texts of their files."""

from __future__ import annotations

from pathlib import Path

REGISTER = """\
gs-total:
  value: 160600
  unit: person
  measures: killed and wounded
  period: 2025-01-01/2025-04-30
  place: Ukraine and Kursk oblast
  publisher: General Staff
  title: Daily reports
  date: 2025-05-01
isw-area:
  value: 1627
  unit: km²
  measures: net change of controlled area
  period: 2025-01-01/2025-04-30
  place: Ukraine and Kursk oblast
  publisher: ISW
  title: Assessment of 3 May
  date: 2025-05-03
  relays: gs-total
"""

# Every claim is exact, so every printed number can be worked out by hand.
EXACT = """\
title: What did a square kilometre cost?
as_of: 2026-08-22
seed: 7
register: register.yaml
disputes:
  toll:
    title: Whose count
    sources:
      kyiv: Kyiv
      skeptic: {title: Skeptics, because: half of it is thought invented}
default: lines
weightings:
  lines: {toll: {kyiv: 3, skeptic: 1}}
figures:
  casualties:
    title: Russian casualties
    dispute: toll
    unit: person
    measures: killed and wounded
    period: 2025-01-01/2025-04-30
    place: Ukraine and Kursk oblast
    claims:
      kyiv: {fact: gs-total}
      skeptic: {formula: kyiv * 0.5}
  area:
    title: Area gained
    unit: km²
    measures: net change of controlled area
    period: 2025-01-01/2025-04-30
    place: Ukraine and Kursk oblast
    agreed: {value: 600, unit: mi², because: a round number, cites: [isw-area]}
estimates:
  per_km2: {title: Casualties per km² gained, formula: casualties / area, unit: person/km²}
questions:
  over: {title: At least 99, formula: per_km2 >= 99}
"""

# One source's denominator is negative in 4.8 % of its worlds: Φ(-10/6).
VANISHING = """\
title: A ratio whose denominator may vanish
as_of: 2026-01-01
disputes:
  map: {title: Whose map, sources: {wide: Wide map, narrow: Narrow map}}
figures:
  toll: {title: Toll, unit: person, agreed: {low: 900, high: 1100, because: a count}}
  ground:
    title: Net ground
    dispute: map
    unit: km²
    claims:
      wide: {mean: 10, sd: 6, because: judged}
      narrow: {mean: 10, sd: 0.5, because: judged}
estimates:
  per_km2: {title: Casualties per km², formula: toll / ground, unit: person/km²}
questions:
  over: {title: At least 100, formula: per_km2 >= 100}
sampling: {tolerance: 0.01}
"""

# Two sources far apart, so that the shortest interval has two pieces.
HUMPS = """\
title: Two sources that exclude each other
as_of: 2026-01-01
disputes:
  map: {title: Whose map, sources: {near: Near map, far: Far map}}
default: mostly_near
weightings: {mostly_near: {map: {near: 3, far: 2}}}
figures:
  ground:
    title: Ground
    dispute: map
    unit: km²
    claims:
      near: {mean: 10, sd: 1, because: judged}
      far: {mean: 30, sd: 2, because: judged}
estimates:
  ground_gained: {title: Ground gained, formula: ground, unit: km²}
report: {kind: hdi, levels: [0.9]}
sampling: {tolerance: 0.02}
"""

# Three sources apart, and beneath them one so wide that its density is almost flat where intervals end.
APART = """\
title: Three sources far apart, and none of them
as_of: 2026-01-01
disputes:
  toll:
    title: Whose toll
    none_of_these: 0.1
    sources: {near: Near, low: Low, high: High}
default: mine
weightings: {mine: {toll: {near: 2, others: 1}}}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    claims:
      near: {low: 8000, high: 12000, because: judged}
      low: {low: 1000, best: 1500, high: 2500, because: judged}
      high: {min: 40000, max: 50000, because: judged}
      none_of_these: {low: 500, high: 100000, because: judged}
  area: {title: Area, unit: km², agreed: {low: 100, high: 300, because: judged}}
estimates:
  per_km2: {title: Casualties per km², formula: casualties / area, unit: person/km²}
report: {kind: hdi}
"""

# One source and none of them: beneath the one piece is another so small that some replicates have it not.
HOPPING = APART.replace("{near: 2, others: 1}", "{near: 1, others: 0}").replace("\ndisp", "\nseed: 1\ndisp")

# At least 200,000 for at most 6,035.5 km².
BOUNDS = """\
title: A lower bound over an upper bound
as_of: 2026-01-01
figures:
  toll:
    title: Toll
    unit: person
    measures: killed and wounded
    agreed: {value: 200000, bound: lower, because: said}
  ground: {title: Ground, unit: km², agreed: {value: 6035.5, bound: upper, because: said}}
estimates:
  per_km2: {title: Casualties per km², formula: toll / ground, unit: person/km²}
questions:
  settled: {title: Over 30, formula: per_km2 > 30}
  open: {title: Over 40, formula: per_km2 > 40}
"""

# All weight on a source that is exact, or on one that is so besides one that states a bound.
EXACT_OR_BOUND = """\
title: An exact number and a bound
as_of: 2026-01-01
disputes:
  toll: {title: Whose count, sources: {names: Named dead, kyiv: Kyiv, moscow: Moscow}}
default: kyiv_only
weightings:
  kyiv_only: {toll: {kyiv: 1, others: 0}}
  exact: {toll: {names: 0, kyiv: 3, moscow: 1}}
figures:
  toll:
    title: Toll
    dispute: toll
    unit: person
    claims:
      names: {value: 100, bound: lower, because: said}
      kyiv: {value: 900, because: said}
      moscow: {value: 50, because: said}
estimates:
  people: {title: People, formula: toll, unit: person}
questions:
  many: {title: Over 60, formula: people > 60}
"""

# Draws from the first to the last, with a range, to be run at a coarse tolerance.
RANGES = """\
title: Ranges of two sources
as_of: 2026-01-01
disputes:
  toll: {title: Whose count, sources: {kyiv: Kyiv, osint: OSINT}}
  map: {title: Whose map, sources: {isw: ISW, deepstate: DeepState}}
weightings:
  trust_osint: {toll: {osint: 3, others: 1}}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    measures: killed and wounded
    claims:
      kyiv: {low: 150000, high: 170000, because: judged}
      osint: {low: 90000, best: 130000, high: 200000, because: judged}
  area:
    title: Area
    dispute: map
    unit: km²
    claims:
      isw: {best: 1627, within: 8%, because: judged}
      deepstate: {low: 1190, high: 1430, because: judged}
estimates:
  per_km2: {title: Casualties per km², formula: casualties / area, unit: person/km²}
questions:
  over: {title: At least 99, formula: per_km2 >= 99}
sampling: {tolerance: 0.02}
"""

# A tenth of the weight stays with the truth that nobody listed.
BESIDE_NONE = """\
title: Two sources, or neither
as_of: 2026-01-01
disputes:
  toll: {title: Whose count, sources: {kyiv: Kyiv, osint: OSINT}, none_of_these: 0.1}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    claims:
      kyiv: {low: 150000, high: 170000, because: judged}
      osint: {low: 90000, best: 130000, high: 200000, because: judged}
      none_of_these: {low: 50000, high: 400000, because: judged}
estimates:
  people: {title: People, formula: casualties, unit: person}
sampling: {tolerance: 0.02}
"""


def written(folder: Path, text: str, name: str = "sample.yaml") -> Path:
    """A scenario in a folder of its own, with the register beside it."""
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


# A states less than what the second question asks, so that its bound leaves that open.
TWO_BOUNDS = """\
title: A toll of which only a bound is known
as_of: 2026-08-22
disputes: {toll: {title: Whose toll, sources: {a: A, b: B}}}
figures:
  toll:
    title: Toll
    dispute: toll
    unit: person
    measures: killed and wounded
    claims:
      a: {value: 4312, bound: lower, because: names}
      b: {value: 5000, bound: lower, because: names}
estimates: {people: {title: People, formula: toll, unit: person}}
questions:
  alike: {title: Over four thousand, formula: people > 4000}
  parted: {title: Over 4500, formula: people > 4500}
"""
