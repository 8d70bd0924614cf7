# Write cost.csv in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript cost.R
#
# The ends of Fieller's interval are found by bisection on the pivot (a - b r) / sd(a - b r) itself, not by
# the formula for its roots. Shares that cross a threshold are integrals of the normal density.

rows <- list()
note <- function(what, arguments, value) rows[[length(rows) + 1]] <<-
  data.frame(what = what, arguments = paste(arguments, collapse = ";"), value = value)

pivot <- function(r, a, b, va, vb, cab, z) (a - b * r)^2 - z^2 * (va - 2 * r * cab + r^2 * vb)
cases <- list(c(1587, 0.27, 1600, 0.0004, 0, 0.95), c(100, 50, 25, 4, 3, 0.95), c(877, 0.5, 2500, 0.01, 0, 0.9),
              c(10, 4, 9, 1, -1, 0.95), c(877, 0.5, 0, 0.0025, 0, 0.99), c(12, 1, 1, 0.5, 0, 0.95), c(12, 1, 1, 0.5, 0.2, 0.95))
for (p in cases) {
  a <- p[1]; b <- p[2]; z <- qnorm((1 + p[6]) / 2); r <- a / b
  f <- function(x) pivot(x, a, b, p[3], p[4], p[5], z)
  find <- function(from, to) uniroot(f, c(from, to), tol = 1e-13 * r)$root
  note("fieller_lower", p, find(0, r))
  upper <- if (b^2 > z^2 * p[4]) find(r, r * 1000) else Inf
  note("fieller_upper", p, upper)
}

for (without in c(0.05, 0.23, 0.32, 0.5, 0.8)) for (shift in c(-0.3, 0, 0.05, 0.1, 0.15, 0.8)) {
  start <- uniroot(function(x) integrate(dnorm, -12, x, rel.tol = 1e-12)$value - without, c(-6, 6), tol = 1e-13)$root
  note("recoveries_of_shift", c(without, shift), integrate(dnorm, start, start + shift, rel.tol = 1e-12)$value)
}
write.csv(do.call(rbind, rows), "cost.csv", row.names = FALSE, quote = FALSE)
