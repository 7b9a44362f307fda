"""The classical model: its parts against closed forms, and what must not change it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaincc

from contested.language.performance import chi_square_survival, classical_model

THREE = (0.05, 0.5, 0.95)
OUTCOMES = (3.0, 40.0, 7.0, 0.5)
ASSESSMENTS = {
    "wide": ((1.0, 4.0, 20.0), (10.0, 30.0, 90.0), (2.0, 6.0, 30.0), (0.1, 0.4, 3.0)),
    "sure": ((2.0, 2.2, 2.5), (35.0, 38.0, 45.0), (6.5, 6.8, 7.5), (0.6, 0.7, 0.8)),
}


@pytest.mark.parametrize("x", [1e-9, 0.3, 2.0, 11.0705, 80.0])
def test_chi_square_in_closed_form(x):
    half = x / 2
    root, tail = math.sqrt(half), math.exp(-half)
    known = [
        math.erfc(root),
        tail,
        math.erfc(root) + 2 * root / math.sqrt(math.pi) * tail,
        tail * (1 + half),
        math.erfc(root) + 2 * root / math.sqrt(math.pi) * tail * (1 + 2 * half / 3),
    ]
    for degrees, value in enumerate(known, start=1):
        assert chi_square_survival(x, degrees) == pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 6, 7, 10, 25, 60, 101])
def test_chi_square_against_the_incomplete_gamma_function(degrees):
    for x in (1e-6, 0.01, 0.5, 1.0, 3.84, 10.0, 50.0, 200.0, 900.0):
        known = float(gammaincc(degrees / 2, x / 2))
        assert chi_square_survival(x, degrees) == pytest.approx(known, rel=1e-12, abs=1e-300)


def test_chi_square_at_its_ends():
    for degrees in (1, 2, 5, 8):
        assert chi_square_survival(0.0, degrees) == 1
        assert chi_square_survival(1e5, degrees) == 0
    assert chi_square_survival(2000.0, 2000) == pytest.approx(float(gammaincc(1000, 1000)), rel=1e-11)


def test_an_outcome_that_equals_a_quantile_counts_below_it():
    stated = [(1.0, 2.0, 3.0)] * 7
    found = classical_model({"one": stated}, (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5), THREE)
    assert found["one"].counts == (2, 2, 2, 1)


def test_calibration_by_hand():
    """Of four outcomes, 0, 3, 1 and 0 in the bins: 2N I = 2 (3 ln(3 / 1.8) + ln(1 / 1.8))."""
    found = classical_model(ASSESSMENTS, (3.0, 40.0, 5.0, 0.3), THREE)["wide"]
    assert found.counts == (0, 3, 1, 0)
    statistic = 2 * (3 * math.log(3 / 1.8) + math.log(1 / 1.8))
    assert found.calibration == pytest.approx(float(gammaincc(1.5, statistic / 2)), rel=1e-12)


def test_a_source_that_is_right_as_often_as_it_says_is_calibrated():
    quantiles = (1.0, 2.0, 3.0)
    outcomes = [0.5] + [1.5] * 9 + [2.5] * 9 + [3.5]
    found = classical_model({"one": [quantiles] * 20}, outcomes, THREE)
    assert found["one"].calibration == pytest.approx(1, abs=1e-6)


def test_information_by_hand():
    """Quantiles 2, 4 and 5 in the range -0.5 to 11.5: 0.5 to 10.5, and a tenth of its length more."""
    outcomes, assessments = (0.5,), {"one": [(2.0, 4.0, 5.0)], "other": [(1.0, 3.0, 10.5)]}
    widths = (2.5, 2, 1, 6.5)
    known = math.log(12) + math.fsum(
        p * math.log(p / width) for p, width in zip((0.05, 0.45, 0.45, 0.05), widths, strict=True)
    )
    found = classical_model(assessments, outcomes, THREE)
    assert found["one"].information == pytest.approx(known, rel=1e-12)
    longer = math.log(20) + math.fsum(
        p * math.log(p / width) for p, width in zip((0.05, 0.45, 0.45, 0.05), (6.5, 2, 1, 10.5), strict=True)
    )
    found = classical_model(assessments, outcomes, THREE, overshoot=0.5)
    assert found["one"].information == pytest.approx(longer, rel=1e-12)


def test_the_range_holds_the_outcome():
    far = classical_model({"one": [(1.0, 2.0, 3.0)]}, (1000.0,), THREE)
    near = classical_model({"one": [(1.0, 2.0, 3.0)]}, (2.5,), THREE)
    assert far["one"].information > near["one"].information + 1


def test_a_logarithmic_seed_is_measured_in_logarithms():
    logs = {
        source: [[math.log(quantile) for quantile in quantiles] for quantiles in stated]
        for source, stated in ASSESSMENTS.items()
    }
    direct = classical_model(logs, [math.log(outcome) for outcome in OUTCOMES], THREE)
    natural = classical_model(ASSESSMENTS, OUTCOMES, THREE)
    found = classical_model(ASSESSMENTS, OUTCOMES, THREE, logarithmic=[True] * 4)
    mixed = classical_model(ASSESSMENTS, OUTCOMES, THREE, logarithmic=[True, False, True, False])
    for source in ASSESSMENTS:
        assert found[source].information == pytest.approx(direct[source].information, rel=1e-12)
        assert found[source].calibration == natural[source].calibration
        between = sorted((natural[source].information, found[source].information))
        assert between[0] < mixed[source].information < between[1]


@given(st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_units_and_origin_do_not_count(factor, origin):
    found = classical_model(
        {
            source: [[factor * quantile + origin * factor for quantile in quantiles] for quantiles in stated]
            for source, stated in ASSESSMENTS.items()
        },
        [factor * outcome + origin * factor for outcome in OUTCOMES],
        THREE,
    )
    for source, known in classical_model(ASSESSMENTS, OUTCOMES, THREE).items():
        assert found[source].information == pytest.approx(known.information, rel=1e-9)


def test_weight_is_calibration_times_information_from_the_cutoff_on():
    found = classical_model(ASSESSMENTS, OUTCOMES, THREE)
    assert 0 < found["sure"].calibration < found["wide"].calibration
    for performance in found.values():
        assert performance.weight == performance.calibration * performance.information
    at = found["wide"].calibration
    kept = classical_model(ASSESSMENTS, OUTCOMES, THREE, cutoff=at)
    assert kept["wide"] == found["wide"]
    assert kept["sure"].weight == 0
    assert kept["sure"].calibration == found["sure"].calibration
    none = classical_model(ASSESSMENTS, OUTCOMES, THREE, cutoff=math.nextafter(at, 1))
    assert none["wide"].weight == 0


@pytest.mark.parametrize(
    ("quantiles", "in_logs"),
    [
        ((-1.7e308, 0.0, 1.7e308), False),
        ((1.0, math.nextafter(1, 2), 1e300), False),
        ((1e16, 1e16 + 2, 1e300), True),
        ((5e-324, 1.0, 1.7e308), False),
        ((5e-324, 1.0, 1.7e308), True),
    ],
)
def test_extreme_numbers_have_an_information(quantiles, in_logs):
    found = classical_model({"one": [quantiles]}, (1.0,), THREE, logarithmic=[in_logs])
    assert math.isfinite(found["one"].information)
    assert found["one"].information > 0


def test_extreme_probabilities_have_a_calibration():
    found = classical_model({"one": [(1.0, 2.0)] * 3}, (0.5, 0.5, 1.5), (5e-324, 0.5))
    assert found["one"].calibration == 0
