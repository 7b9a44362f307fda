"use strict";

/* Numbers as people read them: no finer than their Monte Carlo error earns (report/wording.py). */
const Wording = (() => {
  const SMALLEST_PLAIN = 1e-4;
  const LARGEST_PLAIN = 1e15;
  const NONE = "–";

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

  /** A number to some significant digits, fewer where half the width of its error earns no more. */
  function number(value, reach, digits = 2) {
    if (!Number.isFinite(value) || !Number.isFinite(reach)) return NONE;
    let place = significantPlace(value, digits);
    if (reach > 0) place = Math.max(place ?? -Infinity, Math.ceil(Math.log10(2 * reach)));
    const rounded = roundTo(value, place ?? 0);
    const text = written(Math.abs(rounded), place ?? 0);
    return rounded < 0 ? `−${text}` : text;
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

  /** The two ends of an interval; where two digits do not tell them apart, as many as do. */
  function ends(low, high, lowReach, highReach) {
    if (low === high) return [number(low, lowReach)];
    for (let digits = 2; digits < 7; digits += 1) {
      const both = [number(low, lowReach, digits), number(high, highReach, digits)];
      if (both[0] !== both[1]) return both;
    }
    return [number(low, lowReach), number(high, highReach)];
  }

  /** A probability in whole per cent, in tens where its error earns no more, never 0 or 100. */
  function probability(value, reach) {
    const [perCent, within] = [100 * value, 100 * reach];
    const step = within > 0.5 ? 10 : 1;
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

  return { number, ends, probability, share, enumerated, NONE };
})();
