"""The reference cases that no command's function can be held to yet, each with the reason."""

REASONS = {
    "DIST-10": "skew-normal is not among the language's shapes",
    "DEP-04": "no command prints a tail-dependence coefficient; the t copula that draws follow is tested"
    " against the exact bivariate t law in tests/unit/test_dependence.py",
    "PROP-11": "linear propagation of a sample covariance: a scenario states shapes and rank correlations,"
    " and draws; no command linearises",
    "RNG-01": "known answers of Philox: replicates are scrambled by PCG64DXSM, and no command draws plain"
    " Monte Carlo",
    "SAMP-01": "proportional and Neyman allocation: every stratum gets the same worlds, because weights"
    " change after drawing",
    "ERR-01": "no command uses order-statistic intervals: on randomised nets they are invalid (method,"
    " section e), and the error comes from replicates",
    "ERR-03": "no command uses Wilks' sample sizes: every run is drawn until a tolerance holds",
    "ERR-07": "no command uses the JCGM stopping rule: draws double until mcse / max(|value|, half-width)"
    " meets the scenario's tolerance",
    "INT-05": "no command re-weights within a source by importance: weights are between sources, and what"
    " a source states is drawn anew",
    "RATIO-07": "Fieller's set is a confidence set for a ratio of means, not a credible interval of X / Y;"
    " no command prints one",
}
