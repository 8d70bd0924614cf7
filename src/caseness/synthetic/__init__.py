"""Made-up, lawful, seeded records that are calibrated to published aggregates. Everything made here says synthetic."""
