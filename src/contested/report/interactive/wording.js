"use strict";

/* Numbers as people read them, digit for digit as engine/precision.py and report/wording.py write them. */
const Wording = (() => {
  const SMALLEST_PLAIN = 1e-4;
  const LARGEST_PLAIN = 1e15;
  const NONE = "–";
  const DIGITS = 2; // significant ones that people get
  const MOST_DIGITS = 6; // that they get where fewer do not tell two numbers of a row apart
  const ALIKE = 1e-5; // of their size, by which numbers may differ though so many digits are the same
  const SPARED = [1, 0.1, 0]; // of the errors, in turn, where the whole of them would make a row misread

  /** Exponent of the last of a number's significant digits, a carry counted; null of zero. */
  function significantPlace(value, digits) {
    if (value === 0) return null;
    return Number(value.toExponential(digits - 1).split("e")[1]) - digits + 1;
  }

  /** The nearest multiple of 10^place; a tie goes to the even one. */
  function roundTo(value, place) {
    const step = 10 ** Math.abs(place);
    const scaled = place < 0 ? value * step : value / step;
    const tied = scaled - Math.floor(scaled) === 0.5;
    if (place < 0) return tied ? even(scaled) / step : Number(value.toFixed(Math.min(-place, 100)));
    return (tied ? even(scaled) : Math.round(scaled)) * step;
  }

  const even = (halfway) => 2 * Math.round(halfway / 2);

  /** The last place that an error leaves whole, or the next where that would add more than the error. */
  function earnedPlace(value, reach) {
    const whole = Math.ceil(Math.log10(2 * reach));
    return Math.abs(roundTo(value, whole) - value) <= reach ? whole : whole - 1;
  }

  /** A number to some significant digits, or to fewer where half the width of its error is large. */
  function rounded({ value, reach }, digits, nonzero) {
    if (!Number.isFinite(value) || !Number.isFinite(reach)) return { value: NaN, text: NONE };
    let place = significantPlace(value, digits);
    if (reach > 0) {
      const earned = Math.min(earnedPlace(value, reach), nonzero ? significantPlace(value, 1) : Infinity);
      place = Math.max(place ?? -Infinity, earned);
    }
    const kept = roundTo(value, place ?? 0);
    const text = written(Math.abs(kept), place ?? 0);
    return { value: kept, text: kept < 0 ? `−${text}` : text };
  }

  /** Numbers that are read side by side, each rounded, to digits that let them be compared; `set` of each is
   * the interval whose end it is, counted from 1, and 0 of a centre. */
  function row(numbers) {
    const nonzero = numbers.every(({ value }) => value > 0) || numbers.every(({ value }) => value < 0);
    let found = [];
    for (const spared of SPARED) {
      for (let digits = DIGITS; digits <= MOST_DIGITS; digits += 1) {
        found = numbers.map(({ value, reach }) => rounded({ value, reach: spared * reach }, digits, nonzero));
        if (comparable(numbers, found)) return found.map(({ text }) => text);
      }
    }
    return found.map(({ text }) => text);
  }

  /** Whether no two numbers of a row are shown out of order, or alike though they are not. */
  function comparable(numbers, found) {
    const known = numbers.map((number, i) => ({ ...number, shown: found[i].value }));
    const sorted = known.filter(({ shown }) => Number.isFinite(shown)).sort((a, b) => a.value - b.value);
    return sorted.every((less, i) =>
      sorted.slice(i + 1).every((more) => {
        if (less.shown !== more.shown) return less.shown < more.shown;
        if (less.set !== more.set && less.set !== 0 && more.set !== 0) return true;
        const size = Math.max(Math.abs(less.value), Math.abs(more.value));
        return more.value - less.value <= Math.max(less.reach, more.reach, ALIKE * size);
      }),
    );
  }

  function written(size, place) {
    if (size && !(SMALLEST_PLAIN <= size && size < LARGEST_PLAIN)) {
      const leading = Number(size.toExponential().split("e")[1]);
      const [digits, power] = size.toExponential(Math.max(leading - place, 0)).split("e");
      return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
    }
    const [whole, fraction] = size.toFixed(Math.max(-place, 0)).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction === undefined ? grouped : `${grouped}.${fraction}`;
  }

  /** A probability in whole per cent, in tens where its error earns no more, never 0 or 100. */
  function probability(value, reach) {
    const [perCent, within] = [100 * value, 100 * reach];
    const step = within > 0 && earnedPlace(perCent, within) >= 1 ? 10 : 1;
    const nearest = roundTo(perCent, step === 10 ? 1 : 0);
    if (nearest === 0 || perCent + within < step) return `<${step} %`;
    if (nearest === 100 || perCent - within > 100 - step) return `>${100 - step} %`;
    return `${nearest} %`;
  }

  /** A weight, which is given and not drawn: three digits at most. */
  function share(value) {
    return `${Number((100 * value).toPrecision(3))} %`;
  }

  /** `A, B and C`. */
  function enumerated(words) {
    if (words.length < 2) return words.join("");
    return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
  }

  return { row, probability, share, enumerated, NONE };
})();
