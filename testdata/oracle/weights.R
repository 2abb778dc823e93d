# Calibrations that the other sets leave out: weights far below the population's
# size, bounds that hold rows, raking within bounds, one g per cluster, columns that
# follow from others. Writes weights.json. Run here: Rscript weights.R

suppressMessages(library(survey))
options(survey.lonely.psu = "fail")
read <- function(name) read.csv(file.path("reference", paste0(name, ".csv")), na.strings = "")
srs <- read("apisrs")
srs$one <- 1
clus <- read("apiclus1")
element <- svydesign(ids = ~1, weights = ~pw, data = srs)
unscaled <- svydesign(ids = ~1, weights = ~one, data = srs)
clustered <- svydesign(ids = ~dnum, weights = ~pw, data = clus)

schools <- c(`(Intercept)` = 6194, api99 = 3914069)
types <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, sch_wideYes = 5122)
both <- c(`(Intercept)` = 6194, sch_yes = 5122, sch_no = 1072)
fit <- function(design, formula, totals, ...) {
  w <- unname(weights(calibrate(design, formula, totals, maxit = 200, epsilon = 1e-12, ...)))
  y <- svymean(~api00, calibrate(design, formula, totals, maxit = 200, epsilon = 1e-12, ...))
  list(weights = w, mean = unname(coef(y)), se = unname(as.vector(SE(y))))
}
element <- update(element, sch_no = 1 - sch_yes)
answers <- suppressWarnings(list(
  rescaled_linear = fit(unscaled, ~api99, schools, bounds = c(0.9, 1.05)),
  rescaled_raking = fit(unscaled, ~stype + sch_wide, types, calfun = "raking", bounds = c(0.9, 1.1)),
  rescaled_logit = fit(unscaled, ~api99, schools, calfun = "logit", bounds = c(0.5, 2)),
  bounded_linear = fit(element, ~api99, c(`(Intercept)` = 6194, api99 = 4100000), bounds = c(0.6, 1.5)),
  bounded_raking = fit(element, ~api99, c(`(Intercept)` = 6194, api99 = 4100000), calfun = "raking", bounds = c(0.6, 1.5)),
  clustered_raking = fit(clustered, ~api99, schools, calfun = "raking", aggregate.stage = 1),
  clustered_bounded = fit(clustered, ~api99, schools, bounds = c(0.5, 1.4), aggregate.stage = 1),
  collinear_raking = fit(element, ~sch_yes + sch_no, both, calfun = "raking")
))
number <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
lines <- vapply(names(answers), function(n) {
  a <- answers[[n]]
  sprintf('"%s": {"weights": %s,\n "mean": %.17g, "se": %.17g}', n, number(a$weights), a$mean, a$se)
}, "")
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), "weights.json")
for (n in names(answers)) cat(n, answers[[n]]$mean, answers[[n]]$se, range(answers[[n]]$weights), "\n")
