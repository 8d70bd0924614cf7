# Write recovery.csv and recovery_fits.csv in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript recovery.R
#
# Means over gamma times and chances under the bivariate normal, each by adaptive quadrature.

quad <- function(f, from, to) integrate(f, from, to, rel.tol = 1e-10, abs.tol = 1e-13, subdivisions = 2000L)$value
rows <- list()
note <- function(what, ..., value) rows[[length(rows) + 1]] <<- data.frame(what = what, arguments = paste(..., sep = ";"), value = value)

weibull <- function(t) 1 - exp(-(t / 18.4)^0.765)
exponential <- function(t) 1 - exp(-0.0643 * t)
for (mean in c(3, 5.9, 12)) for (variation in c(0.3, 0.6, 1, 1.4)) {
  form <- variation^-2
  over <- function(f) quad(function(t) f(t) * dgamma(t, form, form / mean), 0, mean) +
    quad(function(t) f(t) * dgamma(t, form, form / mean), mean, Inf)
  note("average_weibull", mean, variation, value = over(weibull))
  note("average_exponential", mean, variation, value = over(exponential))
}

cases <- list(c(14, 6, 0.84, 9.5), c(13, 5, 0.83, 7.5), c(0, 1, 0.5, 0), c(14, 6, 0.3, 20), c(14, 6, 0.97, 9.5))
for (case in cases) {
  m <- case[1]; s <- case[2]; r <- case[3]; z <- (case[4] - m) / s
  note("expected_fall", m, s, r, case[4], value = -(1 - r) * s * dnorm(z) / (1 - pnorm(z)))
  joint <- quad(function(x) pnorm((z - r * x) / sqrt(1 - r^2)) * dnorm(x), z, Inf)
  note("chance_below", m, s, r, case[4], value = joint / (1 - pnorm(z)))
}

# Two scales: true scores by one integral within another, each scale below its cut-off by pnorm.
pairs <- list(c(14, 6, 0.84, 9.5, 13, 5, 0.83, 7.5, 0.7), c(14, 6, 0.84, 9.5, 13, 5, 0.83, 7.5, 0.2),
              c(13.9, 6, 0.7, 9.5, 12.7, 5.2, 0.6, 7.5, 0.5))
for (p in pairs) {
  z1 <- (p[4] - p[1]) / p[2]; z2 <- (p[8] - p[5]) / p[6]; r1 <- p[3]; r2 <- p[7]; between <- p[9] / sqrt(r1 * r2)
  below <- function(z, r, t) pnorm((z - sqrt(r) * t) / sqrt(1 - r))
  over <- function(g) quad(function(t) sapply(t, function(one) dnorm(one) * quad(function(u)
    g(below(z1, r1, one) * below(z2, r2, between * one + sqrt(1 - between^2) * u)) * dnorm(u), -9, 9)), -9, 9)
  first <- over(function(b) b)
  note("chance_below_both", paste(p, collapse = ";"), value = over(function(b) (1 - b) * b) / (1 - first))
  note("below_both_at_first", paste(p, collapse = ";"), value = first)
}
table <- do.call(rbind, rows)
table$value <- format(table$value, digits = 14, trim = TRUE)
write.csv(table, "recovery.csv", row.names = FALSE, quote = FALSE)

curves <- list(c(3, 6, 12, 0.23, 0.32, 0.53), c(1, 2, 5, 0.1, 0.3, 0.35))
fits <- do.call(rbind, lapply(curves, function(one) {
  t <- one[1:3]; p <- one[4:6]
  w <- coef(lm(log(-log(1 - p)) ~ log(t))); e <- coef(lm(-log(1 - p) ~ 0 + t)); l <- coef(lm(qlogis(p) ~ t))
  data.frame(times = paste(t, collapse = ";"), shares = paste(p, collapse = ";"), shape = c("Weibull", "exponential", "logit"),
             first = c(w[2], e[1], l[1]), second = c(exp(-w[1] / w[2]), NA, l[2]))
}))
fits[-(1:3)] <- lapply(fits[-(1:3)], function(column) format(column, digits = 13, trim = TRUE))
write.csv(fits, "recovery_fits.csv", row.names = FALSE, quote = FALSE)
