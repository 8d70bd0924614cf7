# Write intervals.csv: intervals of proportions, of their differences, and of correlations, in base R
# (run with 4.2.2).
#
#   cd tests/reference && Rscript intervals.R
#
# wilson: prop.test without continuity correction. clopper_pearson: binom.test. newcombe: method 10 of
# Newcombe (1998) from the Wilson limits of prop.test. fisher: the formula that cor.test prints for
# Pearson's correlation, held against cor.test on made-up pairs below.

proportions <- list(
  c(0, 1), c(1, 1), c(0, 20), c(20, 20), c(1, 29), c(15, 148), c(81, 263), c(1, 3), c(250, 500),
  c(499, 500), c(321061, 635185), c(301815, 635185)
)
differences <- list(
  c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20), c(0, 10, 0, 10),
  c(10, 10, 0, 20), c(10, 10, 0, 10), c(34575, 65989, 28000, 69165)
)
correlations <- list(c(-0.24, 121), c(0.5, 28), c(0, 10), c(0.93, 5), c(-0.999, 400))

quietly <- function(x, n, level) suppressWarnings(prop.test(x, n, correct = FALSE, conf.level = level)$conf.int)

newcombe <- function(d, level) {
  p <- d[1] / d[2]; q <- d[3] / d[4]
  one <- quietly(d[1], d[2], level); other <- quietly(d[3], d[4], level)
  c(p - q - sqrt((p - one[1])^2 + (other[2] - q)^2), p - q + sqrt((one[2] - p)^2 + (q - other[1])^2))
}

fisher <- function(r, n, level) tanh(atanh(r) + c(-1, 1) * qnorm((1 + level) / 2) / sqrt(n - 3))

x <- c(2.1, 3.4, 1.9, 5.6, 4.4, 6.1, 3.3, 2.8)
y <- c(1.2, 2.9, 2.2, 4.1, 4.9, 5.0, 3.9, 1.7)
stopifnot(all.equal(fisher(cor(x, y), 8, 0.9), as.numeric(cor.test(x, y, conf.level = 0.9)$conf.int)))

row <- function(kind, given, level, ends) {
  given <- c(given, rep(NA, 4 - length(given)))
  data.frame(
    kind = kind, a = given[1], b = given[2], c = given[3], d = given[4], coverage = level,
    lower = ends[1], upper = ends[2]
  )
}

rows <- list()
for (level in c(0.8, 0.95, 0.998)) {
  for (p in proportions) {
    rows <- c(rows, list(row("wilson", p, level, quietly(p[1], p[2], level))))
    exact <- binom.test(p[1], p[2], conf.level = level)$conf.int
    rows <- c(rows, list(row("clopper_pearson", p, level, exact)))
  }
  for (d in differences) rows <- c(rows, list(row("newcombe", d, level, newcombe(d, level))))
  for (r in correlations) rows <- c(rows, list(row("fisher", r, level, fisher(r[1], r[2], level))))
}
table <- do.call(rbind, rows)
numbers <- c("a", "b", "c", "d", "lower", "upper")
table[numbers] <- lapply(table[numbers], function(column) {
  text <- sprintf("%.15g", column)
  ifelse(is.na(column), "", text)
})
write.csv(table, "intervals.csv", row.names = FALSE, quote = FALSE)
