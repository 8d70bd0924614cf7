# Write missing.csv: bounds of a share with unknown outcomes, in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript missing.R
#
# No formula: every unknown outcome is filled in each of the ways there are (0, 1, ... of them having
# the outcome), and the lowest and the highest share are kept.

cases <- data.frame(
  having = c(1, 5, 40, 0, 10, 7, 321061, 452284, 0, 3),
  lacking = c(2, 5, 40, 10, 0, 0, 305603, 209614, 0, 9),
  unknown = c(1, 0, 20, 5, 5, 3, 8521, 8521, 4, 100)
)
rows <- lapply(seq_len(nrow(cases)), function(i) {
  one <- cases[i, ]
  everyone <- one$having + one$lacking + one$unknown
  shares <- (one$having + 0:one$unknown) / everyone
  known <- one$having + one$lacking
  data.frame(
    one, everyone = everyone, missing = one$unknown / everyone,
    rate = if (known > 0) one$having / known else 0, low = min(shares), high = max(shares)
  )
})
table <- do.call(rbind, rows)
table[c("missing", "rate", "low", "high")] <- lapply(
  table[c("missing", "rate", "low", "high")], function(column) format(column, digits = 15, trim = TRUE)
)
write.csv(table, "missing.csv", row.names = FALSE, quote = FALSE)
