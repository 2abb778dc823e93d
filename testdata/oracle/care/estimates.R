# Estimates: of a wave, of a category and the rest, of waves and surveys.

level <- 0.95
quantileOf <- c(median = 0.5, lower_quartile = 0.25, upper_quartile = 0.75)

# Rounding errors are no variance: what a constant or a calibrated total leaves
# over counts as 0.
zero <- function(v, theta) ifelse(v <= (1e-9 * pmax(abs(theta), 1e-3))^2, 0, v)

# R 4.5's svyciprop(method = "wilson"), which 4.1-1 has not: the score interval
# (Wilson 1927) with t and the effective size p(1-p)/V; with n where p is 0 or 1.
# Where V is 0 otherwise (all PSUs have the same share) it is nothing but p.
wilson <- function(p, v, n, t) {
  size <- ifelse(v > 0, p * (1 - p) / v, ifelse(p > 0 & p < 1, 1e300, n))
  centre <- p + t^2 / (2 * size)
  half <- t / (2 * size) * sqrt(4 * size * p * (1 - p) + t^2)
  list(lower = pmax(0, (centre - half) / (1 + t^2 / size)), upper = pmin(1, (centre + half) / (1 + t^2 / size)))
}

# qrule "math" of survey 4.5: 4.1-1 takes the second value for p below the first
# weight's share. Shares that differ from p by rounding are equal to it.
mathRule <- function(x, w, p) {
  x <- x[w > 0]
  w <- w[w > 0]
  order <- order(x)
  share <- cumsum(w[order]) / sum(w)
  at <- which(share >= p - 1e-12)
  x[order][if (length(at)) at[1] else length(x)]
}

# R keeps the rows that a calibrated design is subset to leave out, with a weight of
# 0, as their residuals count. Values are then needed of them too, whatever they are.
calibrated <- function(design) !is.null(design$postStrata)
inside <- function(design, y, rows) {
  if (!calibrated(design)) return(y[rows, , drop = FALSE])
  y[!rows, ] <- 0
  y
}

# Means of several columns y by side, and their covariance: svyby's, or for a calibrated
# design those of ratios, sum(w y) over sum(w) of a side, as svyby does not know
# how to subset values and such a design at once. Columns first, sides within.
means <- function(y, side, design) {
  if (!calibrated(design)) {
    by <- svyby(y, list(side = side), design, svymean, covmat = TRUE)
    stopifnot(abs(unlist(SE(by))^2 - diag(as.matrix(vcov(by)))) < 1e-12 * pmax(1, coef(by)^2)) # the order is the same
    return(list(theta = as.vector(coef(by)), v = as.matrix(vcov(by))))
  }
  side <- factor(side)
  of <- sapply(levels(side), function(s) as.numeric(side %in% s & weights(design) > 0))
  top <- do.call(cbind, lapply(seq_len(ncol(y)), function(j) of * y[, j]))
  below <- rep(seq_len(ncol(of)), ncol(y))
  colnames(top) <- paste0("top", seq_len(ncol(top)))
  z <- svyratio(as.data.frame(top), as.data.frame(of), design, covmat = TRUE)
  at <- (below - 1) * ncol(top) + seq_len(ncol(top)) # each of top over its own side
  list(theta = as.vector(coef(z))[at], v = as.matrix(vcov(z))[at, at, drop = FALSE])
}

# Categories of all breakdowns as a list of breakdown, category, rows.
domains <- function(d, single = FALSE) {
  out <- list()
  asked <- Filter(function(b) !all(is.na(d[[b]])), names(breakdowns))
  for (b in asked) for (c in breakdowns[[b]])
    out[[length(out) + 1]] <- list(breakdown = b, category = c, rows = d[[b]] %in% c, single = TRUE)
  if (!single) for (x in Filter(function(x) all(x %in% asked), crossed))
    for (a in breakdowns[[x[1]]]) for (b in breakdowns[[x[2]]])
      out[[length(out) + 1]] <- list(breakdown = paste(x, collapse = ":"), category = paste(a, b, sep = ":"),
                                     rows = d[[x[1]]] %in% a & d[[x[2]]] %in% b, single = FALSE)
  c(list(list(breakdown = "", category = "", rows = rep(TRUE, nrow(d)), single = FALSE)), out)
}

# Columns with the same base are estimated by one call.
blocks <- function(y, columns) {
  if (!length(columns)) return(list())
  pattern <- apply(is.na(y[, columns, drop = FALSE]), 2, function(x) paste(which(x), collapse = " "))
  unname(split(columns, factor(pattern, unique(pattern))))
}

row <- function(what, survey, wave, g, statistic = what$statistic, contrast = "", versus = "", estimate, se = NA, lower = NA,
                upper = NA, base = NA, effective = NA, deff = NA, df = NA, p = NA, stat = "")
  data.frame(measure = what$measure, statistic = statistic, level = what$level, survey = survey, wave = wave, breakdown = g$breakdown,
             category = g$category, contrast = contrast, versus = versus, estimate = estimate, se = se, lower = lower, upper = upper,
             base = base, effective_base = effective, deff = deff, df = df, p_value = p, stringsAsFactors = FALSE)

# All numbers of one wave.
waveRows <- function(w) {
  out <- list()
  plain <- which(!w$what$statistic %in% names(quantileOf))
  for (g in domains(w$d)) {
    columns <- plain[(!w$what$everyone[plain] | g$breakdown == "") & (!w$what$option[plain] | g$breakdown == "" | g$single)]
    for (b in blocks(w$y[g$rows, , drop = FALSE], columns)) out <- c(out, list(own(w, g, b)))
    for (j in setdiff(which(w$what$statistic %in% names(quantileOf)), columns)) out <- c(out, list(ownQuantile(w, g, j)))
    if (!g$single) next
    for (b in blocks(w$y[!is.na(w$d[[g$breakdown]]), , drop = FALSE], columns[w$what$contrast[columns]]))
      out <- c(out, list(againstRest(w, g, b)))
  }
  do.call(rbind, out)
}

# Means and shares of one base in one domain.
own <- function(w, g, b) {
  rows <- g$rows & !is.na(w$y[, b[1]])
  what <- w$what[b, ]
  n <- sum(rows)
  if (n < distributionBase && g$breakdown != "") {
    keep <- !what$option
    b <- b[keep]
    what <- what[keep, ]
  }
  if (n == 0 || !length(b)) return(NULL)
  design <- w$design[rows, ]
  y <- inside(w$design, w$y[, b, drop = FALSE], rows)
  m <- svymean(y, design)
  scale <- ifelse(what$share, 100, 1)
  theta <- as.vector(coef(m))
  df <- degf(design)
  if (df <= 0) return(row(what, w$survey, w$wave, g, estimate = scale * theta, base = n, effective = n))
  v <- zero(as.vector(diag(as.matrix(vcov(m)))), theta)
  t <- qt((1 + level) / 2, df)
  half <- t * sqrt(v)
  wilson <- wilson(ifelse(what$share, theta, 0), v, n, t)
  deff <- ifelse(v > 0, designEffect(y, n, design, theta, v, check = g$breakdown == ""), NA)
  row(what, w$survey, w$wave, g, estimate = scale * theta, se = scale * sqrt(v),
      lower = scale * ifelse(what$share, wilson$lower, theta - half), upper = scale * ifelse(what$share, wilson$upper, theta + half),
      base = n, effective = ifelse(is.na(deff), n, n / deff), deff = deff, df = df,
      p = ifelse(what$gap & v > 0, 2 * pt(-abs(theta / sqrt(v)), df), NA))
}

# svymean's deff = "replace" of several columns without their cross products; for
# everyone it is held against svymean's own.
designEffect <- function(y, n, design, theta, v, check) {
  deff <- v / (as.vector(coef(svymean(sweep(y, 2, theta)^2 * n / (n - 1), design))) / n)
  if (check) for (j in which(v > 0))
    stopifnot(abs(deff(svymean(y[, j], design, deff = "replace")) / deff[j] - 1) < 1e-10)
  deff
}

# A quantile with Woodruff's interval.
ownQuantile <- function(w, g, j) {
  y <- w$y[, j]
  rows <- g$rows & !is.na(y)
  if (!any(rows)) return(NULL)
  design <- w$design[rows, ]
  df <- degf(design)
  data <- data.frame(y = inside(w$design, cbind(y), rows)[, 1])
  probability <- quantileOf[[w$what$statistic[j]]]
  if (df <= 0) {
    estimate <- unname(coef(svyquantile(data, design, probability, qrule = mathRule, ci = FALSE)))
    return(row(w$what[j, ], w$survey, w$wave, g, estimate = estimate, base = sum(rows), effective = sum(rows)))
  }
  q <- svyquantile(data, design, probability, alpha = 1 - level, interval.type = "mean", qrule = mathRule, ci = TRUE, df = df)$y[1, ]
  row(w$what[j, ], w$survey, w$wave, g, estimate = q[[1]], lower = q[[2]], upper = q[[3]], se = q[[4]],
      base = sum(rows), effective = sum(rows), df = df)
}

# Differences of two sides of one design: side 2 minus side 1. R gives a side
# within one PSU an error of 0; here the difference has none then.
difference <- function(design, y, side, rows, what, ...) {
  design <- design[rows, ]
  side <- inside(design, cbind(side), rows)[, 1]
  if (length(setdiff(unique(side), 0)) < 2) return(NULL)
  m <- ncol(y)
  by <- means(inside(design, y, rows), ifelse(side == 0, NA, side), design)
  contrast <- t(sapply(seq_len(m), function(j) replace(numeric(2 * m), 2 * j - 1:0, c(-1, 1))))
  d <- as.vector(contrast %*% by$theta)
  var <- zero(diag(contrast %*% by$v %*% t(contrast)), d)
  df <- degf(design)
  estimable <- min(degf(design[side == 1, ]), degf(design[side == 2, ])) > 0
  scale <- ifelse(what$share, 100, 1)
  args <- list(what = what, statistic = "difference", estimate = scale * d, base = sum(rows), effective = sum(rows), ...)
  if (estimable) {
    half <- qt((1 + level) / 2, df) * sqrt(var)
    args <- c(args, list(se = scale * sqrt(var), lower = scale * (d - half), upper = scale * (d + half), df = df,
                         p = ifelse(var > 0, 2 * pt(-abs(d / sqrt(var)), df), NA)))
  }
  do.call(row, args)
}

# A category and everyone else who named one.
againstRest <- function(w, g, b) {
  rows <- !is.na(w$d[[g$breakdown]]) & !is.na(w$y[, b[1]])
  if (!any(rows)) return(NULL)
  difference(w$design, w$y[, b, drop = FALSE], ifelse(g$rows, 2, 1), rows, w$what[b, ],
             survey = w$survey, wave = w$wave, g = g, contrast = "category", versus = "rest")
}

# Numbers of two waves or surveys that rest on the same definition, in one design.
between <- function(first, second, contrast, versus) {
  key <- function(w) paste(w$what$measure, w$what$statistic, w$what$level, w$what$definition)
  columns <- which(second$what$contrast & key(second) %in% key(first))
  other <- match(key(second)[columns], key(first))
  y <- rbind(first$y[, other], second$y[, columns])
  what <- second$what[columns, ]
  design <- stack(list(first, second))
  piece <- design$variables$piece
  shared <- Filter(function(b) all(vapply(list(first, second), function(w) !all(is.na(w$d[[b]])), NA)), names(breakdowns))
  out <- list()
  for (g in domains(design$variables, single = TRUE)) {
    if (g$breakdown != "" && !g$breakdown %in% shared) next
    for (b in blocks(y[g$rows, , drop = FALSE], seq_len(ncol(y)))) {
      rows <- g$rows & !is.na(y[, b[1]])
      if (!any(rows)) next
      out <- c(out, list(difference(design, y[, b, drop = FALSE], piece, rows, what[b, ], survey = second$survey,
                                    wave = second$wave, g = g, contrast = contrast, versus = versus)))
    }
  }
  do.call(rbind, out)
}

waveDifferences <- function(ws) between(ws[[1]], ws[[2]], "wave", ws[[1]]$wave)

surveyDifferences <- function(ws) do.call(rbind, lapply(list(c(1, 2), c(1, 3), c(2, 3)), function(k)
  between(ws[[k[1]]], ws[[k[2]]], "survey", ws[[k[1]]]$survey)))

# The plain mean over the surveys that have a number under one definition; of
# several definitions the one that most surveys share.
averages <- function(ws) {
  what <- unique(do.call(rbind, lapply(ws, function(w) w$what[!w$what$statistic %in% names(quantileOf) & !w$what$everyone, names(w$what) != "definition"])))
  all <- stack(ws)$variables
  piece <- all$piece
  designs <- list() # by the surveys in an average: others have no part in its errors
  out <- list()
  for (j in seq_len(nrow(what))) {
    at <- lapply(ws, function(w) which(w$what$measure == what$measure[j] & w$what$statistic == what$statistic[j] & w$what$level == what$level[j]))
    y <- unlist(lapply(seq_along(ws), function(i) if (length(at[[i]])) ws[[i]]$y[, at[[i]]] else rep(NA, nrow(ws[[i]]$d))))
    definition <- vapply(seq_along(ws), function(i) if (length(at[[i]])) ws[[i]]$what$definition[at[[i]]] else NA_character_, "")
    for (g in domains(all, single = TRUE)) {
      if (what$option[j] && g$breakdown != "") next
      have <- which(vapply(seq_along(ws), function(i) any(g$rows & piece == i & !is.na(y)), NA))
      parts <- have[definition[have] %in% commonest(definition[have])]
      if (length(parts) < 2) next
      key <- paste(parts, collapse = " ")
      if (is.null(designs[[key]])) designs[[key]] <- stack(ws[parts])
      own <- piece %in% parts
      out <- c(out, list(average(ws[parts], designs[[key]], (g$rows & !is.na(y))[own], y[own], what[j, ], g)))
    }
  }
  do.call(rbind, out)
}

commonest <- function(x) {
  n <- table(factor(x, unique(x)))
  names(n)[which.max(n)]
}

average <- function(ws, design, rows, y, what, g) {
  k <- length(ws)
  of <- design$variables$piece
  piece <- unique(of[rows])
  dfs <- vapply(piece, function(i) degf(ws[[i]]$design[rows[of == i], ]), 0) # each survey's own
  design <- design[rows, ]
  by <- means(inside(design, cbind(y = y), rows), ifelse(weights(design) > 0, design$variables$piece, NA), design)
  theta <- mean(by$theta)
  scale <- if (what$share) 100 else 1
  make <- function(...) row(what, "average", paste(vapply(ws, `[[`, "", "wave"), collapse = "+"), g, estimate = scale * theta, ...)
  if (any(dfs <= 0)) return(make())
  df <- sum(dfs) # whoever answered two of them
  stopifnot(df == degf(design) || any(duplicated(joined(ws))))
  v <- if (all(zero(diag(by$v), by$theta) == 0)) 0 else sum(by$v) / k^2
  t <- qt((1 + level) / 2, df)
  if (!what$share) return(make(se = sqrt(v), lower = theta - t * sqrt(v), upper = theta + t * sqrt(v), df = df,
                               p = if (what$gap && v > 0) 2 * pt(-abs(theta / sqrt(v)), df) else NA))
  if (v == 0) return(make(se = 0, df = df))
  limits <- wilson(theta, v, NA, t)
  make(se = scale * sqrt(v), lower = scale * limits$lower, upper = scale * limits$upper, df = df)
}

writeRows <- function(rows, path) {
  out <- gzfile(path, "w", compression = 9)
  figures <- vapply(rows, is.numeric, NA)
  rows[figures] <- lapply(rows[figures], function(x) ifelse(is.finite(x), sprintf("%.17g", x), ""))
  writeLines(paste(names(rows), collapse = ","), out)
  writeLines(do.call(paste, c(rows, sep = ",")), out)
  close(out)
}
