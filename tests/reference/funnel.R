# Write funnel.csv (each service of four made-up sets, with its scores and limits), heterogeneity.csv (one
# line for each set) and funnel_limits.csv (exact limits), with base R 4.2.2 and metafor.
#
#   cd tests/reference && Rscript funnel.R
#
# Funnel: Spiegelhalter (2005), doi 10.1002/sim.1970, in the arcsine form of FunnelPlotR, written out here
# from the formulas. Q, I squared and its interval: metafor's rma, measure PAS (arcsine), method PM, and
# confint (Q profile). Exact limits: qbinom and pbinom, interpolated as Spiegelhalter's appendix does.

suppressMessages(library(metafor))
set.seed(20251101, kind = "Mersenne-Twister")

made_up <- function(name, services, sizes, centre, spread) {
  totals <- sample(sizes, services, replace = TRUE)
  rate <- sin(pmin(pmax(asin(sqrt(centre)) + rnorm(services, 0, spread), 0), pi / 2))^2
  data.frame(set = name, successes = rbinom(services, totals, rate), totals = totals)
}

sets <- list(
  made_up("wide", 60, 500:9000, 0.47, 0.04), made_up("chance only", 40, 50:400, 0.3, 0),
  made_up("rare", 25, 20:300, 0.02, 0.03), made_up("few", 3, 500:900, 0.9, 0.1)
)

fit <- function(set) {
  n <- set$totals
  y <- asin(sqrt(set$successes / n))
  s <- 1 / (2 * sqrt(n))
  theta <- asin(sqrt(sum(set$successes) / sum(n)))
  z <- (y - theta) / s
  ends <- quantile(z, c(0.1, 0.9))
  drawn <- pmin(pmax(z, ends[1]), ends[2])
  phi <- mean(drawn^2)
  w <- 1 / s^2
  i <- length(n)
  tau2 <- if (i * phi < i - 1) 0 else (i * phi - (i - 1)) / (sum(w) - sum(w^2) / sum(w))
  reach <- function(times, v) times * sqrt(s^2 + v)
  edge <- function(x) sin(pmin(pmax(x, 0), pi / 2))^2
  services <- cbind(set, score = z, adjusted = (y - theta) / sqrt(s^2 + tau2),
    naive_lower = edge(theta - reach(3.09, 0)), naive_upper = edge(theta + reach(3.09, 0)),
    lower = edge(theta - reach(1.96, tau2)), upper = edge(theta + reach(1.96, tau2)))
  model <- rma(measure = "PAS", xi = set$successes, ni = n, method = "PM", add = 0, to = "none",
    control = list(tau2.max = 10, tol = 1e-14, maxiter = 10000))
  i2 <- confint(model, control = list(tau2.max = 10, tol = 1e-14, maxiter = 10000))$random["I^2(%)", ]
  whole <- data.frame(set = set$set[1], centre = sin(theta)^2, raw_dispersion = mean(z^2), dispersion = phi,
    between = tau2, q = model$QE, freedom = model$k - 1, chance = model$QEp,
    beyond_chance = model$I2 / 100, low = i2["ci.lb"] / 100, high = i2["ci.ub"] / 100)
  list(services = services, whole = whole)
}

limit <- function(n, target, tail) {
  r <- qbinom(tail, n, target)
  here <- pbinom(r, n, target)
  before <- pbinom(r - 1, n, target)
  pmin(pmax(r - (here - tail) / (here - before), 0), n) / n
}

write <- function(table, file) {
  is_number <- sapply(table, is.numeric)
  table[is_number] <- lapply(table[is_number], function(column) sprintf("%.15g", column))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}

fits <- lapply(sets, fit)
write(do.call(rbind, lapply(fits, `[[`, "services")), "funnel.csv")
write(do.call(rbind, lapply(fits, `[[`, "whole")), "heterogeneity.csv")

grid <- expand.grid(n = c(1, 2, 7, 50, 500, 12345), target = c(0.02, 0.3, 0.5, 0.916), coverage = c(0.95, 0.998))
tail <- (1 - grid$coverage) / 2
grid$lower <- limit(grid$n, grid$target, tail)
grid$upper <- limit(grid$n, grid$target, 1 - tail)
write(grid, "funnel_limits.csv")
