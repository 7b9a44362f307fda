"use strict";

/* Which weights and which estimate are chosen, and how the page's address says so. */
const State = (() => {
  const OTHERS = "others";

  /** Those that the page opens with. */
  function initial(content) {
    const { name, weights } = content.default;
    return { estimate: content.estimates[0].name, dispute: null, weighting: name, weights };
  }

  /** A named weighting, as it is. */
  function named(content, state, name) {
    return { ...state, weighting: name, weights: content.weightings[name] };
  }

  /** Weights of the reader's own for some disputes, each source's by name; null where one has none above 0. */
  function weighted(content, state, given) {
    const weights = { ...state.weights };
    for (const [dispute, own] of Object.entries(given)) {
      const { sources, unlisted } = content.disputes[dispute];
      const listed = Object.keys(sources).filter((source) => sources[source].listed);
      const shares = Arithmetic.shares(listed.map((source) => own[source] ?? own[OTHERS] ?? 0));
      if (shares === null) return null;
      weights[dispute] = Object.fromEntries(listed.map((source, i) => [source, (1 - unlisted) * shares[i]]));
      for (const source of Object.keys(sources)) {
        if (!sources[source].listed) weights[dispute][source] = unlisted;
      }
    }
    return { ...state, weighting: null, weights };
  }

  /** All weights as sliders hold them, in per cent of what is listed, to two decimals. */
  function stated(content, { weights }) {
    const own = Object.entries(content.disputes).map(([dispute, { sources, unlisted }]) => {
      const listed = Object.keys(sources).filter((source) => sources[source].listed);
      return [dispute, Object.fromEntries(listed.map((source) => [source, perCent(weights[dispute][source], unlisted)]))];
    });
    return Object.fromEntries(own);
  }

  /** A source's share of what is listed, in per cent: a third is 33.33, and three of them are even again. */
  function perCent(weight, unlisted) {
    return Number(((100 * weight) / (1 - unlisted || 1)).toFixed(2));
  }

  /** The part of the address that says it: `estimate=rise&toll.osint=3`; `given` as the reader stated it. */
  function written(content, state, given) {
    const parts = [["estimate", state.estimate]];
    if (state.dispute) parts.push(["sources", state.dispute]);
    if (state.weighting) parts.push(["weighting", state.weighting]);
    for (const [dispute, own] of state.weighting ? [] : Object.entries(given)) {
      const nonzero = Object.entries(own).filter(([, weight]) => weight > 0);
      parts.push(...nonzero.map(([source, weight]) => [`${dispute}.${source}`, String(weight)]));
    }
    return parts.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  }

  /** What an address says: a state and the weights given, or why it says nothing usable.
   *
   * As on the command line, disputes that it does not name are even. */
  function read(content, text) {
    const chosen = { ...initial(content), stated: false };
    const given = {};
    for (const part of text.split("&").filter(Boolean)) {
      const found = pair(part);
      const fault = found ? taken(content, chosen, given, ...found) : `“${part}” is no choice`;
      if (fault) return { fault };
    }
    if (Object.keys(given).length === 0) return { state: chosen, given };
    if (chosen.stated) return { fault: "it names a weighting and weights beside it" };
    const state = weighted(content, { ...chosen, weights: content.weightings.even }, given);
    return state ? { state, given } : { fault: "all weights of a dispute are zero" };
  }

  function pair(part) {
    try {
      const [key, value, ...more] = part.split("=").map(decodeURIComponent);
      return value === undefined || more.length ? null : [key, value];
    } catch {
      return null; // a stray %
    }
  }

  /** Takes one choice of an address in; what is wrong with it, if anything. */
  function taken(content, chosen, given, key, value) {
    const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
    if (key === "estimate") {
      if (!content.estimates.some(({ name }) => name === value)) return `no estimate is named “${value}”`;
      chosen.estimate = value;
    } else if (key === "sources") {
      if (!has(content.disputes, value)) return `no dispute is named “${value}”`;
      chosen.dispute = value;
    } else if (key === "weighting") {
      if (!has(content.weightings, value)) return `no weighting is named “${value}”`;
      Object.assign(chosen, { weighting: value, weights: content.weightings[value], stated: true });
    } else {
      const [dispute, source, ...more] = key.split(".");
      const known = has(content.disputes, dispute) && content.disputes[dispute].sources;
      const listed = known && (source === OTHERS || (has(known, source) && known[source].listed));
      if (!listed || more.length) return `no source is named “${key}”`;
      const weight = value.trim() === "" ? NaN : Number(value);
      if (!(weight >= 0 && weight < Infinity)) return `the weight of “${key}” must be a number, zero or above`;
      (given[dispute] ??= {})[source] = weight;
    }
    return null;
  }

  return { initial, named, weighted, stated, perCent, written, read };
})();
