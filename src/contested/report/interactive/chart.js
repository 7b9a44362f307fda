"use strict";

/* The picture: what each source says, what all say together, and the interval, through Vega's views. */
const Chart = (() => {
  const POINTS = 160; // of an average's density
  const SCORE = 7; // of the logit, how far into the tails an average is drawn
  const THICKEST = 7; // CSS pixels
  const POOL = "#33353a"; // as the theme has it, which a page may turn dark by this name

  /** A picture in an element, for some specifications by kind of axis; nothing is drawn yet. */
  function inside(element, specifications, embed) {
    const canvas = document.createElement("div"); // Vega names what it draws in; the element says what is drawn
    canvas.setAttribute("aria-hidden", "true");
    element.replaceChildren(canvas);
    return { element, canvas, specifications, embed, view: null, kind: null, tables: null };
  }

  /** Draws one law under some weights: its pool, and each source of one dispute alone; a promise of its end. */
  function draw(chart, content, part, alone, description) {
    chart.element.hidden = part === undefined;
    if (part === undefined) return Promise.resolve();
    chart.element.setAttribute("aria-label", description);
    const pool = density(part.law, part.pool, content.rule);
    const sources = alone.flatMap(({ key, colour, pool: own }) =>
      density(part.law, own, content.rule).map((row) => ({ ...row, key, colour })),
    );
    const top = Math.max(...pool.map(({ y }) => y), ...sources.map(({ y }) => y)) || 1;
    const [low, high] = part.law.ends.map((end) => (part.law.logarithmic ? Math.exp(end) : end));
    chart.tables = {
      pool,
      sources,
      interval: part.intervals.flatMap(bars),
      median: [{ x: part.median.value }],
      atoms: [
        ...alone.flatMap(({ colour, pool: own }) => atoms(part.law, own, colour)),
        ...atoms(part.law, part.pool, POOL),
      ],
      ends: [{ x: low, y: 0, ticks: part.law.ticks }, { x: high, y: top }],
    };
    const kind = part.law.logarithmic ? "logarithmic" : "natural";
    if (chart.kind !== kind) return renew(chart, kind);
    return chart.view ? fill(chart) : Promise.resolve();
  }

  /** The pieces of an interval, the first level's thick, the others' thinner and thinner. */
  function bars({ pieces }, index) {
    return pieces.map(({ low, high }) => ({ low, high, width: THICKEST / (index + 1) ** 1.5 }));
  }

  /** Another kind of axis is another view, which is ready a moment later. */
  function renew(chart, kind) {
    if (chart.view) chart.view.finalize();
    Object.assign(chart, { kind, view: null });
    const options = { renderer: "svg", actions: false, defaultStyle: false, tooltip: false };
    const specification = { ...chart.specifications[kind], datasets: chart.tables };
    return chart.embed(chart.canvas, specification, options).then(({ view }) => {
      if (chart.kind !== kind) return view.finalize(); // another was asked for meanwhile
      chart.view = view;
      return fill(chart);
    });
  }

  function fill({ view, tables }) {
    for (const [name, rows] of Object.entries(tables)) view.data(name, rows);
    return view.runAsync();
  }

  /** A pool's density at the places of its law, per unit of the axis. */
  function density(law, pool, rule) {
    if (rule !== "linear" && pool.used.length > 1) return averaged(law, pool, rule);
    return Array.from(law.places, (place, j) => {
      const y = pool.used.reduce(
        (sum, k, i) => sum + pool.share[i] * law.height[k] * law.heights[k * law.places.length + j], 0,
      );
      return { x: law.logarithmic ? Math.exp(place) : place, y };
    });
  }

  /** The same of an average of quantiles: the inverse of how its quantiles rise, which is that of the strata's. */
  function averaged(law, pool, rule) {
    return Array.from({ length: POINTS }, (_, j) => {
      const p = 1 / (1 + Math.exp(SCORE * (1 - (2 * j) / (POINTS - 1))));
      const x = pool.quantile(p);
      const rise = pool.used.reduce((sum, k, i) => {
        const own = Arithmetic.quantileAlone(law.strata[k], p);
        return sum + (pool.share[i] * slope(law, k, own)) / (rule === "log-quantile" ? own / x : 1);
      }, 0);
      return { x, y: rise > 0 ? (law.logarithmic ? x : 1) / rise : 0 };
    });
  }

  /** How one stratum's quantiles rise at a value: not at all where it is a single one. */
  function slope(law, stratum, x) {
    if (law.atoms[stratum].some(([value]) => value === x)) return 0;
    const { places } = law;
    const at = law.logarithmic ? Math.log(x) : x;
    const j = Math.min(Math.max(Arithmetic.upTo(places, at) - 1, 0), places.length - 2);
    const [a, b] = [0, 1].map((step) => law.heights[stratum * places.length + j + step]);
    const share = (at - places[j]) / (places[j + 1] - places[j]);
    return (law.logarithmic ? x : 1) / (law.height[stratum] * (a + (b - a) * share));
  }

  /** Single values that hold a part of a pool, and how much. */
  function atoms(law, pool, colour) {
    return pool.used.flatMap((k, i) =>
      law.atoms[k].map(([x, mass]) => ({ x, mass: mass * pool.share[i], colour })),
    );
  }

  return { inside, draw };
})();
