"use strict";
(() => {
  // Each model takes what the sliders say (s), what stays (f) and curves (c), and gives the outcomes by name.
  // A share is in per cent, as on the page. Where there is no number there are words, or null.
  const at = (points, x) => {
    let i = points.findIndex((p) => p[0] >= x);
    if (i < 0) return points[points.length - 1][1];
    if (i === 0) return points[0][1];
    const [x0, y0] = points[i - 1], [x1, y1] = points[i];
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
  };
  const NOTHING_ADDITIONAL = "no additional recovery", NOT_PAID_BACK = "cannot be paid back";

  const MODELS = {
    natural: (s, f, c) => {
      const natural = c.curve ? at(c.curve, s.days) : s.natural;
      const specific = f.observed - natural;
      const additional = specific > 0 ? specific / 100 * f.judged : NOTHING_ADDITIONAL;
      return { natural, specific, additional };
    },
    cost: (s, f) => {
      const times = s.unit_cost / f.session;
      const additional = f.recovered - s.natural / 100 * f.judged;
      return {
        total: f.total * times,
        course: f.course * times,
        recovery: f.recovery * times,
        reliable_recovery: f.reliable_recovery * times,
        additional_recovery: additional > 0 ? f.total * times * 1e6 / additional : NOTHING_ADDITIONAL,
      };
    },
    "promise completed": (s, f) => promise(s, f, true),
    "promise treated": (s, f) => promise(s, f, false),
  };

  // A step that a reading does not have loses nobody.
  const share = (s, name) => (name in s ? s[name] / 100 : 1);
  const promise = (s, f, isForCompleted) => {
    const entered = f.cohort * share(s, "entering");
    const completed = entered * share(s, "completing");
    const recovered = completed * share(s, "at_caseness") * share(s, "recovering");
    const spent = (isForCompleted ? completed : entered) * s.course_cost / 1e6;
    const off = recovered * s.coming_off / 100;
    const saved = off * s.benefit * s.months / 1e6;
    // Nobody saves beyond the months off benefits. The room is that of the arithmetic.
    const payback = spent > 0 ? (saved >= spent * (1 - 1e-9) ? spent * 1e6 / (off * s.benefit) : NOT_PAID_BACK) : "n/a";
    return { recovered, shortfall: recovered - f.happened, spent, off_benefits: off, saved, net: saved - spent, payback };
  };

  const UNITS = {
    "count": ["", "", 0], "percentage": ["", "\u00a0%", 1], "points": ["", "\u00a0points", 1],
    "percentage points": ["", "\u00a0points", 1], "days": ["", "\u00a0days", 1], "months": ["", "\u00a0months", 1],
    "minutes": ["", "\u00a0minutes", 0], "number": ["", "", 2], "ratio": ["", "", 2], "pounds": ["\u00a3", "", 0],
    "pounds and pence": ["\u00a3", "", 2], "million pounds": ["\u00a3", "\u00a0million", 1],
  };
  const spell = (number, unit) => {
    if (typeof number === "string") return number;
    if (number === null || !Number.isFinite(number)) return "none";
    const [before, after, places] = UNITS[unit] || ["", "", 1];
    const whole = new Intl.NumberFormat("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
    const text = whole.format(Math.abs(number));
    return (number < 0 && /[1-9]/.test(text) ? "\u2212" : "") + before + text + after;
  };

  for (const form of document.querySelectorAll("form.controls")) {
    const { model, fixed, curves } = JSON.parse(form.querySelector("script[type='application/json']").textContent);
    const sliders = [...form.querySelectorAll("input[type=range]")];
    // A browser moves a value to the nearest step. Until it is touched, a slider stands where the audit has it.
    const first = new Map(sliders.map((one) => [one, one.value]));
    const read = (one) => Number(one.value === first.get(one) ? one.dataset.start : one.value);
    const show = () => {
      const settings = Object.fromEntries(sliders.map((one) => [one.name, read(one)]));
      const results = MODELS[model](settings, fixed, curves);
      for (const one of sliders) {
        const text = spell(read(one), one.dataset.unit);
        one.setAttribute("aria-valuetext", text);
        form.querySelector(`output[for="${one.id}"]`).textContent = text;
      }
      for (const cell of form.querySelectorAll("[data-outcome]"))
        cell.textContent = spell(results[cell.dataset.outcome], cell.dataset.unit);
    };
    form.addEventListener("input", show);
    form.addEventListener("reset", () => requestAnimationFrame(show));
    form.hidden = false;
    show();
  }
})();
