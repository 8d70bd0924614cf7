"""The practice application: people, caseloads, scores at every session, signals, and what was done about them."""
