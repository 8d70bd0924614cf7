# Write decomposition.csv: terms of a difference, averaged over every order of change, in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript decomposition.R
#
# Every permutation of the factors is gone through, one change at a time. No subset weights are used.

permutations <- function(items) {
  if (length(items) <= 1) return(list(items))
  do.call(c, lapply(seq_along(items), function(i) lapply(permutations(items[-i]), function(rest) c(items[i], rest))))
}

decompose <- function(value, start, end) {
  terms <- numeric(length(start))
  orders <- permutations(seq_along(start))
  for (order in orders) {
    point <- start
    for (factor in order) {
      before <- value(point)
      point[factor] <- end[factor]
      terms[factor] <- terms[factor] + value(point) - before
    }
  }
  terms / length(orders)
}

functions <- list(product = prod, sum = sum, ratio = function(x) x[1] / sum(x), mixed = function(x) x[1] * x[2] - exp(-x[3]))
cases <- list(
  list("product", c(100, 0.5), c(80, 0.4)),
  list("product", c(2, 3, 5), c(3, 1, 4)),
  list("product", c(1170043, 2 / 3, 1, 0.5), c(1170043, 667143 / 1170043, 632244 / 667143, 319080 / 632244)),
  list("product", c(1, 2, 3, 4, 5, 6), c(2, 2, 2, 2, 7, 1)),
  list("sum", c(1, 2, 3), c(4, 4, 4)),
  list("ratio", c(1, 2, 3), c(2, 2, 5)),
  list("mixed", c(1, 2, 0), c(2, 1, 1))
)
rows <- lapply(seq_along(cases), function(i) {
  one <- cases[[i]]
  terms <- decompose(functions[[one[[1]]]], one[[2]], one[[3]])
  data.frame(case = i, value = one[[1]], factor = seq_along(terms), start = one[[2]], end = one[[3]], term = terms)
})
table <- do.call(rbind, rows)
for (name in c("start", "end", "term")) table[[name]] <- vapply(table[[name]], function(x) sprintf("%.17g", x), "")
write.csv(table, "decomposition.csv", row.names = FALSE, quote = FALSE)
