"use strict";

/* Joins the parts: a choice changes the state, the state everything that is shown. */
const Interactive = (() => {
  const PAUSE = 700; // milliseconds without a move, after which the numbers are spoken
  const id = (name) => document.getElementById(`interactive-${name}`);

  function start() {
    const content = JSON.parse(id("values").textContent);
    const estimates = content.estimates.map((estimate) => ({ ...estimate, open: null }));
    const page = {
      content,
      estimates,
      chart: Chart.inside(id("chart"), content.specifications, window.vegaEmbed),
      state: State.initial(content),
      given: {},
      spoken: null,
    };
    Controls.buttons(id("weightings"), content, (name) => choose(page, State.named(content, page.state, name)));
    const titles = estimates.map(({ name, title }) => [name, title]);
    Controls.select(id("estimate"), titles, (name) => choose(page, { ...page.state, estimate: name, dispute: null }));
    Controls.select(id("sources"), [], (dispute) => choose(page, { ...page.state, dispute }));
    Controls.sliders(id("sliders"), content, (dispute, weights) => move(page, dispute, weights));
    window.addEventListener("hashchange", () => restore(page));
    document.getElementById("interactive").hidden = false;
    restore(page);
  }

  /** Takes what the address says; where that is nothing usable, says so and leaves what is chosen. */
  function restore(page) {
    const text = window.location.hash.slice(1);
    if (!text.includes("=")) return show(page); // a place in the page, or nothing
    const { state, given, fault } = State.read(page.content, text);
    say(fault ? `The address is not used: ${fault}.` : "");
    if (!fault) Object.assign(page, { state, given });
    return show(page);
  }

  function choose(page, state) {
    say("");
    Object.assign(page, { state, given: state.weighting ? {} : page.given });
    keep(page);
    show(page);
  }

  function move(page, dispute, weights) {
    const began = performance.now();
    const given = { ...(page.state.weighting ? State.stated(page.content, page.state) : page.given), [dispute]: weights };
    const state = State.weighted(page.content, page.state, given);
    if (state === null) {
      say("All weights of this dispute are zero: the numbers are those of the last weights. Give one of them more.");
      return;
    }
    say("");
    Object.assign(page, { state, given });
    keep(page);
    show(page, dispute).then(() => performance.measure("contested slider", { start: began }));
  }

  function keep({ content, state, given }) {
    window.history.replaceState(null, "", `#${State.written(content, state, given)}`);
  }

  function show(page, moving = null) {
    const { content, state, estimates } = page;
    const estimate = estimates.find(({ name }) => name === state.estimate);
    estimate.open ??= Answers.opened(estimate);
    const answer = Answers.ofEstimate(content, estimate.open, state.weights);
    Controls.place(id("sliders"), content, state.weights, moving);
    Controls.mark(id("sliders"), id("weightings"), estimate, state.weighting);
    Controls.inWords(id("weighting"), content, estimate, state);
    id("estimate").value = state.estimate;
    const dispute = drawnDispute(estimate, state.dispute);
    disputes(content, estimate, dispute);
    Numbers.estimate(id("numbers"), content, answer, (stratum) => sourcesOf(content, estimate, stratum));
    id("notes").textContent = answer.notes.join(" ");
    const asked = content.questions.map((question) => ({
      question,
      answer: Answers.ofQuestion(content, opened(page), question, state.weights),
    }));
    Numbers.questions(id("questions"), asked);
    Numbers.sticky(id("sticky"), content, answer, asked[0]);
    const drawn = draw(page, estimate, answer, dispute);
    const spoken = sentence(content, estimate, answer, asked);
    window.clearTimeout(page.spoken);
    page.spoken = window.setTimeout(() => { id("live").textContent = spoken; }, PAUSE);
    return drawn;
  }

  /** The estimates with those opened that a question may read. */
  function opened({ content, estimates }) {
    if (content.rule === "linear") return [];
    return estimates.map((estimate) => (estimate.open ??= Answers.opened(estimate)));
  }

  const drawnDispute = (estimate, chosen) => (estimate.disputes.includes(chosen) ? chosen : estimate.shown);

  function disputes(content, estimate, dispute) {
    const options = estimate.disputes.map((name) =>
      Controls.made("option", { value: name, textContent: content.disputes[name].title }),
    );
    id("sources").replaceChildren(...options);
    id("sources").value = dispute;
    id("sources").parentElement.hidden = options.length < 2;
  }

  function draw(page, estimate, answer, dispute) {
    const { content, state } = page;
    const part = answer.parts[0];
    const alone = part && dispute ? single(content, estimate, part, dispute, state.weights) : [];
    const unit = part && part.unit ? ` (${part.unit})` : "";
    id("caption").textContent = part && answer.estimable ? `${estimate.title}${unit}` : `${estimate.title}: ${part ? part.label : "no law"}${unit}`;
    const names = alone.map(({ title }) => title).join(", ");
    const description = `Densities: all sources as weighted${names ? `, and each alone: ${names}` : ""}. ` +
      sentence(content, estimate, answer, []);
    return Chart.draw(page.chart, content, part, alone, description);
  }

  /** Each source of one dispute alone, the others at the weights. */
  function single(content, estimate, part, dispute, weights) {
    const sources = estimate.sources[estimate.disputes.indexOf(dispute)];
    return sources.flatMap((source) => {
      const only = Object.fromEntries(sources.map((name) => [name, Number(name === source)]));
      const own = Arithmetic.stratumWeights(estimate, { ...weights, [dispute]: only });
      if (!(Arithmetic.dot(own, part.law.mass) > 0)) return [];
      if (content.rule !== "linear" && Arithmetic.refusal(part.law, own)) return [];
      const { title, colour } = content.disputes[dispute].sources[source];
      return [{ key: source, title, colour, pool: Arithmetic.pooled(part.law, content.rule, own) }];
    });
  }

  /** The sources that a stratum takes to be right. */
  function sourcesOf(content, estimate, stratum) {
    let rest = stratum;
    const names = [...estimate.disputes].map((dispute, i) => {
      const after = estimate.sources.slice(i + 1).reduce((count, own) => count * own.length, 1);
      const source = estimate.sources[i][Math.floor(rest / after)];
      rest %= after;
      return `“${content.disputes[dispute].sources[source].title}”`;
    });
    return names.join(" with ");
  }

  /** What is spoken: the estimate's numbers, then the questions'. */
  function sentence(content, { title }, { parts, notes }, asked) {
    const numbers = parts.map(({ label, unit, median, intervals }) => {
      const widest = intervals[intervals.length - 1];
      const ends = widest.pieces.map((own) => own.ends.join(" to ")).join(" or ");
      const name = content.levelNames[intervals.length - 1];
      const stands = notes.length ? `${label}: ` : "";
      return `${stands}median ${median.text}, ${name} of the model’s weight on ${ends}${unit ? ` ${unit}` : ""}.`;
    });
    const chances = asked.map(({ question, answer }) => `${question.title}: ${answer.text}.`);
    return [`${title}: ${[...numbers, ...notes].join(" ")}`, ...chances].join(" ");
  }

  const say = (text) => { id("message").textContent = text; };

  return { start };
})();

Interactive.start();
