"""Laws of grades: the contrary claim has the contrary grade, and Monte Carlo error never strengthens one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contested.answers.grade import Grounds, Kind, kind_of
from contested.engine.precision import Measured

MIRROR: dict[Kind, Kind] = {
    "holds": "fails", "more_likely": "less_likely", "likely": "unlikely", "depends": "depends",
    "fails": "holds", "less_likely": "more_likely", "unlikely": "likely", "not_graded": "not_graded",
}  # fmt: skip
STRENGTH: dict[Kind, int] = {
    "holds": 4, "fails": 4, "more_likely": 3, "less_likely": 3, "likely": 2, "unlikely": 2, "depends": 1,
    "not_graded": 0,
}  # fmt: skip

# dyadic, so that 1 - p is exact; near the thresholds as often as elsewhere
chances = st.one_of(
    st.integers(0, 1024).map(lambda n: n / 1024),
    st.builds(lambda at, by: at + by / 1024, st.sampled_from([0.5, 0.875, 0.125]), st.integers(-40, 40)),
)
errors = st.integers(0, 64).map(lambda n: n / 4096)
measured = st.builds(Measured, chances, errors)
some = st.lists(measured, min_size=1, max_size=6)
everything = st.builds(Grounds, default=measured, combinations=some, models=some, flip=st.none() | measured)


def contrary(grounds: Grounds) -> Grounds:
    def of(chance: Measured) -> Measured:
        return Measured(1 - chance.value, chance.mcse)

    return replace(
        grounds,
        default=of(grounds.default),
        combinations=list(map(of, grounds.combinations)),
        models=list(map(of, grounds.models)),
    )


def noisier(grounds: Grounds, factor: float, more: float) -> Grounds:
    def of(chance: Measured) -> Measured:
        return Measured(chance.value, factor * chance.mcse + more)

    return Grounds(
        default=of(grounds.default),
        combinations=list(map(of, grounds.combinations)),
        models=list(map(of, grounds.models)),
        flip=grounds.flip and of(grounds.flip),
    )


@given(everything)
def test_the_contrary_claim_has_the_contrary_grade(grounds: Grounds) -> None:
    assert kind_of(contrary(grounds)) == MIRROR[kind_of(grounds)]


@given(everything, st.floats(1, 5), st.floats(0, 0.1))
def test_more_error_never_strengthens_a_grade(grounds: Grounds, factor: float, more: float) -> None:
    assert STRENGTH[kind_of(noisier(grounds, factor, more))] <= STRENGTH[kind_of(grounds)]


@given(everything, measured, st.sampled_from(["combinations", "models"]))
def test_one_more_assumption_never_makes_a_claim_hold_whoever_is_right(
    grounds: Grounds, chance: Measured, field: str
) -> None:
    more = (
        replace(grounds, combinations=[*grounds.combinations, chance])
        if field == "combinations"
        else replace(grounds, models=[*grounds.models, chance])
    )
    if STRENGTH[kind_of(more)] >= STRENGTH["more_likely"]:
        assert STRENGTH[kind_of(grounds)] >= STRENGTH[kind_of(more)]


@given(measured, st.integers(1, 4), st.integers(1, 4))
def test_sources_that_say_one_thing_leave_nobody_to_believe(
    chance: Measured, sources: int, models: int
) -> None:
    found = kind_of(
        Grounds(default=chance, combinations=[chance] * sources, models=[chance] * models, flip=None)
    )
    assert found not in {"depends", "likely", "unlikely"}


def test_what_is_certain_under_every_source_holds() -> None:
    certain = Measured(1.0)
    grounds = Grounds(default=certain, combinations=[certain] * 3, models=[certain] * 5, flip=None)
    assert kind_of(grounds) == "holds"
    assert kind_of(contrary(grounds)) == "fails"
