# Write multiplicity.csv: chances that two proportions are one, and Holm's adjustment, in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript multiplicity.R
#
# chance: prop.test without continuity correction. holm: p.adjust over all rows of a family.

pairs <- rbind(
  c(1, 56, 70, 48, 80), c(1, 9, 10, 3, 10), c(1, 5, 56, 0, 29), c(1, 26342, 50264, 28197, 69560),
  c(1, 500, 1000, 510, 1000), c(2, 10, 20, 12, 20), c(2, 1, 3, 2, 3), c(2, 40, 90, 70, 110), c(2, 3, 300, 14, 310)
)
table <- data.frame(pairs)
names(table) <- c("family", "successes", "totals", "other_successes", "other_totals")
table$chance <- apply(pairs, 1, function(p) suppressWarnings(prop.test(p[c(2, 4)], p[c(3, 5)], correct = FALSE)$p.value))
table$holm <- ave(table$chance, table$family, FUN = function(p) p.adjust(p, "holm"))
table[] <- lapply(table, function(column) sprintf("%.15g", column))
write.csv(table, "multiplicity.csv", row.names = FALSE, quote = FALSE)
