"""Write trajectory_scores.csv, and what MixedLM of statsmodels fits to it, as trajectory.csv and trajectory_slopes.csv.

    cd tests/reference && python trajectory_values.py

Run with statsmodels 0.15.0, which is no dependency: maximum likelihood, a random level and slope for each person.
"""

import csv

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf

PEOPLE = 90


def draw():
    generator = np.random.default_rng(20261126)
    rows = []
    for person in range(PEOPLE):
        intake = generator.normal(0, 5)
        level, slope = generator.multivariate_normal([15 + 0.7 * intake, -2.5 - 0.15 * intake], [[9, 1], [1, 1.5]])
        for session in range(2, generator.integers(3, 15)):
            if generator.random() > 0.12:
                score = level + slope * np.log(session) + generator.normal(0, 2.6)
                rows.append((person, session, round(intake, 4), round(score, 4)))
    seen = {person: place for place, person in enumerate(dict.fromkeys(row[0] for row in rows))}
    return [(seen[person], *rest) for person, *rest in rows]


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])


def fitted(scores, formula):
    model = smf.mixedlm(formula, scores, groups="person", re_formula="~ t")
    return model.fit(reml=False, method=["bfgs", "nm", "lbfgs"], maxiter=5000, gtol=1e-9)


def values(name, fit):
    fixed = [(name, one, float(value)) for one, value in fit.fe_params.items()]
    own = fit.cov_re.to_numpy()
    rest = {
        "level": own[0, 0],
        "both": own[0, 1],
        "change": own[1, 1],
        "residual": fit.scale,
        "log_likelihood": fit.llf,
    }
    return fixed + [(name, one, float(value)) for one, value in rest.items()]


if __name__ == "__main__":
    rows = draw()
    write("trajectory_scores.csv", ("person", "session", "intake", "score"), rows)
    scores = pd.DataFrame(rows, columns=["person", "session", "intake", "score"]).assign(t=lambda d: np.log(d.session))
    alone, beside = fitted(scores, "score ~ t"), fitted(scores, "score ~ t * intake")
    write("trajectory.csv", ("model", "what", "value"), values("alone", alone) + values("intake", beside))
    intake = scores.groupby("person").intake.first()
    covariances = beside.random_effects_cov
    slopes = [
        (
            person,
            own["t"] + beside.fe_params["t"] + beside.fe_params["t:intake"] * intake[person],
            covariances[person].loc["t", "t"] ** 0.5,
        )
        for person, own in beside.random_effects.items()
    ]
    write("trajectory_slopes.csv", ("person", "slope", "error"), slopes)
