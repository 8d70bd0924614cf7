# Write spc_limits.csv: process limits of every series in spc_series.csv, in base R (run with 4.2.2).
#
#   cd tests/reference && Rscript spc_limits.R
#
# Formulas: the source of NHSRplotthedots (ptd_spc_standard.R): mean, mean moving range, 2.66 and
# two thirds of it, and, screened, the mean of the moving ranges below 3.267 times their mean.

limits <- function(series, values, screened) {
  moving <- abs(diff(values))
  if (screened && any(moving > 0)) moving <- moving[moving < 3.267 * mean(moving)]
  centre <- mean(values)
  spread <- mean(moving)
  data.frame(
    series = series, screened = as.integer(screened), mean = centre, average_moving_range = spread,
    lower = centre - 2.66 * spread, upper = centre + 2.66 * spread,
    near_lower = centre - 2.66 * 2 / 3 * spread, near_upper = centre + 2.66 * 2 / 3 * spread
  )
}

input <- read.csv("spc_series.csv")
names <- unique(input$series)
rows <- lapply(names, function(name) {
  values <- input$value[input$series == name]
  rbind(limits(name, values, FALSE), limits(name, values, TRUE))
})
table <- do.call(rbind, rows)
table[-(1:2)] <- lapply(table[-(1:2)], function(column) format(column, digits = 15, trim = TRUE))
write.csv(table, "spc_limits.csv", row.names = FALSE, quote = FALSE)
