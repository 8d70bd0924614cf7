# Write pooling.csv and pooling_arms.csv with metafor (run with R 4.2.2, metafor 3.8-1).
#
#   cd tests/reference && Rscript pooling.R
#
# pooling_bcg.csv holds the thirteen trials of Colditz et al. 1994 (doi 10.1001/jama.1994.03510330076038)
# as they stand in `dat.bcg` of the R package metadat 1.2.0. The arms of trials are those of the package:
# Metapsy, data-total-response 23.0.1, doi 10.5281/zenodo.8408317.

suppressMessages(library(metafor))

pooled <- function(name, effects) {
  settings <- expand.grid(method = c("DL", "REML", "PM"), test = c("z", "knha"), stringsAsFactors = FALSE)
  do.call(rbind, lapply(seq_len(nrow(settings)), function(i) {
    fit <- rma(yi, vi, data = effects, method = settings$method[i], test = settings$test[i],
               control = list(maxiter = 10000, stepadj = 0.5, threshold = 1e-12, tau2.max = 100, tol = 1e-12))
    ahead <- predict(fit)
    data.frame(
      set = name, method = settings$method[i], hartung_knapp = as.integer(settings$test[i] == "knha"), studies = fit$k,
      effect = as.numeric(fit$b), standard_error = fit$se, low = fit$ci.lb, high = fit$ci.ub, prediction_low = ahead$pi.lb,
      prediction_high = ahead$pi.ub, tau_squared = fit$tau2, i_squared = fit$I2, q = fit$QE
    )
  }))
}

bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = read.csv("pooling_bcg.csv"))
arms <- read.csv("../../src/caseness/audit/natural/trial_arms.csv", comment.char = "#")
control <- function(disorder) {
  escalc("PLO", xi = responded_control, ni = control, data = arms[arms$disorder == disorder, ], add = 1 / 2, to = "only0")
}
agreeing <- data.frame(yi = c(0.30, 0.31, 0.29, 0.30), vi = c(0.04, 0.05, 0.03, 0.09))
sets <- list(bcg = bcg, depression = control("Depression"), panic = control("Panic Disorder"), agreeing = agreeing)
table <- do.call(rbind, lapply(names(sets), function(name) pooled(name, sets[[name]])))
table[-(1:4)] <- lapply(table[-(1:4)], function(column) format(column, digits = 12, trim = TRUE))
write.csv(table, "pooling.csv", row.names = FALSE, quote = FALSE)
write.csv(format(data.frame(effect = bcg$yi, variance = bcg$vi), digits = 15, trim = TRUE), "pooling_bcg_effects.csv", row.names = FALSE, quote = FALSE)

few <- data.frame(events = c(0, 3, 10, 25, 20), total = c(10, 32, 60, 25, 41))
rows <- lapply(list(list(0.5, "only0"), list(0.5, "all"), list(0.25, "only0")), function(one) {
  made <- escalc("PLO", xi = events, ni = total, data = few, add = one[[1]], to = one[[2]])
  data.frame(few, correction = one[[1]], everywhere = as.integer(one[[2]] == "all"), logit = made$yi, variance = made$vi)
})
listed <- do.call(rbind, rows)
listed[-(1:4)] <- lapply(listed[-(1:4)], function(column) format(as.numeric(column), digits = 15, trim = TRUE))
write.csv(listed, "pooling_arms.csv", row.names = FALSE, quote = FALSE)
