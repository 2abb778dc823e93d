# What R's survey package answers to a request: design, steps, statistic.

f <- function(v) if (length(v)) reformulate(v) else ~1

design <- function(d, x) {
  if (d$kind == "replicate") {
    a <- list(data = x, repweights = as.matrix(data[[d$repweights_data]]), weights = x[[d$weights]],
              type = d$type, combined.weights = d$combined_weights, mse = d$mse)
    for (k in c("scale", "rho")) a[[k]] <- d[[k]]
    if (!is.null(d$rscales)) a$rscales <- d$rscales$x
    return(do.call(svrepdesign, a))
  }
  a <- list(f(d$ids$x), data = x, nest = d$nest)
  if (length(d$strata$x)) a$strata <- f(d$strata$x)
  if (length(d$fpc$x)) a$fpc <- f(d$fpc$x)
  if (!is.null(d$weights)) a$weights <- f(d$weights)
  do.call(svydesign, a)
}

replicated <- function(d) inherits(d, "svyrep.design")
sampling <- function(d) as.vector(weights(d, "sampling"))
cells <- function(p) do.call(rbind, lapply(p$x, as.data.frame, stringsAsFactors = FALSE))

apply_step <- function(s, d) switch(s$op,
  subset = d[which(d$variables[[s$col]] == 1), ],
  poststratify = postStratify(d, f(s$vars$x), cells(s$population), partial = isTRUE(s$partial)),
  rake = rake(d, lapply(s$margins$x, function(m) f(m$vars$x)), lapply(s$margins$x, function(m) cells(m$population)),
              control = list(maxit = s$maxit, epsilon = s$epsilon)),
  trim = trimWeights(d, upper = if (is.null(s$upper)) Inf else s$upper, lower = if (is.null(s$lower)) -Inf else s$lower),
  replicate = as.svrepdesign(d, type = s$type, mse = s$mse),
  calibrate = calibrated(s, d))

calibrated <- function(s, d) {
  name <- function(t) if (t$kind == "intercept") "(Intercept)" else paste0(t$var, t$level)
  totals <- setNames(vapply(s$terms$x, function(t) t$total, 0), vapply(s$terms$x, name, ""))
  a <- list(d, f(unique(unlist(lapply(s$terms$x, function(t) t$var)))), population = totals,
            calfun = s$calfun, maxit = 200, epsilon = 1e-12)
  if (!is.null(s$bounds)) a$bounds <- s$bounds$x
  if (!is.null(s$aggregate_stage)) a$aggregate.stage <- s$aggregate_stage
  if (replicated(d)) a$compress <- FALSE
  do.call(calibrate, a)
}

# numbers as they are, a column of 0 and 1 for each category of a factor
columns <- function(vars, d) do.call(cbind, lapply(vars, function(v) {
  x <- d$variables[[v]]
  if (is.factor(x)) sapply(levels(x), function(l) as.numeric(x == l)) else as.numeric(x)
}))
labels <- function(vars, d) do.call(c, lapply(vars, function(v) {
  x <- d$variables[[v]]
  if (is.factor(x)) lapply(levels(x), function(l) list(variable = v, level = l)) else list(list(variable = v))
}))
limits <- function(e, se, df) ar(if (df > 0) e + c(-1, 1) * qt(.975, df) * se else c(NA, NA))
two_sided <- function(t, df) 2 * pt(-abs(t), df)

linear <- function(stat, d) {
  fun <- if (stat$fn == "mean") svymean else svytotal
  X <- columns(stat$vars$x, d)
  ok <- if (stat$na_rm) complete.cases(X) else rep(TRUE, nrow(X))
  w <- sampling(d); df <- degf(d)
  r <- fun(X, d, na.rm = stat$na_rm)
  e <- as.vector(coef(r)); V <- unname(as.matrix(vcov(r)))
  size <- pmax(abs(e), if (stat$fn == "total") 1e-3 * sum(w[ok]) else 1e-3)
  zero <- !is.na(diag(V)) & sqrt(pmax(diag(V), 0)) < 1e-9 * size   # rounding
  V[zero, ] <- 0; V[, zero] <- 0
  se <- sqrt(diag(V))
  effect <- function(how) {
    x <- tryCatch(diag(as.matrix(attr(fun(X, d, na.rm = stat$na_rm, deff = how), "deff"))), error = function(e) rep(NA, length(e)))
    x[zero | !is.finite(x) | abs(x) > 1e12] <- NA
    x
  }
  plain <- effect(TRUE); replace <- effect("replace"); L <- labels(stat$vars$x, d)
  rows <- lapply(seq_along(e), function(i) {
    row <- c(L[[i]], list(estimate = e[i], se = se[i], variance = V[i, i], ci95_t = limits(e[i], se[i], df),
                          ci95_z = limits(e[i], se[i], Inf), deff = plain[i], deff_replace = replace[i]))
    if (zero[i]) row$zero_variance <- TRUE
    row
  })
  list(df = df, df_nonmissing = degf(d[which(ok), ]), n_obs = sum(ok & w != 0), sum_weights = sum(w[ok]), vcov = V, rows = rows)
}

# what svyciprop's logit rests on with replicates, for which 4.1-1 stops in svyglm
logit_error <- function(var, p, d) {
  y <- d$variables[[var]]
  each <- apply(weights(d, "analysis"), 2, function(w) qlogis(sum(w * y)/sum(w)))
  sqrt(as.vector(svrVar(each, d$scale, d$rscales, mse = d$mse, coef = qlogis(p))))
}

share <- function(stat, d) {
  m <- svymean(as.matrix(d$variables[[stat$var]]), d, na.rm = stat$na_rm)
  p <- as.vector(coef(m)); V <- as.vector(vcov(m))
  one <- function(method, level) {
    if (method == "logit" && replicated(d)) return(list(method = method, level = level, ci = ar(plogis(qlogis(p) + c(-1, 1) * qt((1 + level)/2, degf(d)) * logit_error(stat$var, p, d)))))
    a <- list(f(stat$var), d, method = method, level = level)
    if (!(method %in% c("logit", "likelihood"))) a$na.rm <- stat$na_rm
    list(method = method, level = level, ci = ar(as.vector(confint(do.call(svyciprop, a)))))
  }
  # of survey 4.5 and of the NCHS standards, which 4.1-1 does not have
  wilson <- function(level) {
    n <- p * (1 - p)/V; t <- qt((1 + level)/2, degf(d)); half <- t/(2 * n) * sqrt(4 * n * p * (1 - p) + t^2)
    list(method = "wilson", level = level, ci = ar((p + t^2/(2 * n) + c(-half, half))/(1 + t^2/n)))
  }
  truncated <- function(level) {
    x <- d$variables[[stat$var]]; answers <- sum(!is.na(x) & sampling(d) != 0); a <- (1 - level)/2
    n <- min(p * (1 - p)/V * (qt(a, answers - 1)/qt(a, degf(d)))^2, answers)
    list(method = "korn_graubard_truncated", level = level, ci = ar(c(qbeta(a, n * p, n * (1 - p) + 1), qbeta(1 - a, n * p + 1, n * (1 - p)))))
  }
  methods <- c("mean", "logit", "xlogit", "asin", "beta", if (!replicated(d)) "likelihood")
  intervals <- c(unlist(lapply(stat$levels$x, function(l) lapply(methods, one, l)), FALSE),
                 unlist(lapply(stat$levels$x, function(l) list(wilson(l), truncated(l))), FALSE))
  list(estimate = p, se = sqrt(V), df = degf(d), n_rows_design = nrow(d), n_eff = p * (1 - p)/V, intervals = intervals)
}

quantiles <- function(stat, d) {
  d <- d[which(!is.na(d$variables[[stat$var]])), ]
  x <- d$variables[[stat$var]]; w <- sampling(d); x1 <- x[w > 0]; w1 <- w[w > 0]
  first <- w1[which.min(x1)]/sum(w1)
  value <- function(rule, p)
    if (is.nan(p) || p < 0 || p > 1) NA else as.vector(get(paste0("qrule_", rule), asNamespace("survey"))(x1, w1, p))
  # on the edge the answer jumps with the rounding of p; below the first weight 4.1-1 has a fault that 4.5 has not
  edge <- function(rule, p) {
    v <- vapply(p + c(-1e-9, 0, 1e-9), function(p) value(rule, p), 0)
    anyNA(v) || p <= first + 1e-9 || diff(range(v)) > 1e-5 * diff(range(x1))
  }
  one <- function(rule, type, p) {
    M <- svyquantile(f(stat$var), d, p, qrule = rule, interval.type = type)[[1]]
    r <- list(qrule = rule, interval_type = type, p = p, estimate = M[1, 1], ci95 = ar(M[1, 2:3]), se = M[1, 4])
    if (edge(rule, p)) r$knife_edge_estimate <- TRUE
    if (type == "mean") {
      m <- svymean(as.matrix(as.numeric(x <= M[1, 1])), d)
      e <- as.vector(coef(m)) + c(-1, 1) * qt(.975, degf(d)) * sqrt(as.vector(vcov(m)))
      if (edge(rule, e[1]) || edge(rule, e[2])) r$knife_edge_ci <- TRUE
    }
    r
  }
  all <- expand.grid(p = stat$probs$x, type = stat$interval_types$x, rule = stat$qrules$x, stringsAsFactors = FALSE)
  list(quantiles = lapply(seq_len(nrow(all)), function(i) one(all$rule[i], all$type[i], all$p[i])))
}

# A smooth function of totals: the total of its linearised values.
difference <- function(stat, d) {
  y <- d$variables[[stat$var]]; g <- as.character(d$variables[[stat$group]]); w <- sampling(d)
  ok <- !is.na(y) & !is.na(g); a <- ok & g == stat$a; b <- ok & g == stat$b
  mean_in <- function(i, w) sum(w[i] * y[i])/sum(w[i])
  theta <- function(w) mean_in(b, w) - mean_in(a, w)
  e <- theta(w)
  if (replicated(d)) {
    V <- as.vector(svrVar(apply(weights(d, "analysis"), 2, theta), d$scale, d$rscales, mse = d$mse, coef = e)); df <- degf(d)
  } else {
    z <- function(i) ifelse(i, (ifelse(ok, y, 0) - mean_in(i, w))/sum(w[i]), 0)
    V <- as.vector(vcov(svytotal(as.matrix(z(b) - z(a)), d))); df <- degf(d[which(!is.na(g) & g %in% c(stat$a, stat$b)), ])
  }
  t <- e/sqrt(V)
  list(estimate = e, se = sqrt(V), df = df, t = t, p = two_sided(t, df), ci95_t = limits(e, sqrt(V), df))
}

ratio <- function(stat, d) {
  r <- svyratio(f(stat$num), f(stat$den), d, na.rm = stat$na_rm)
  e <- as.vector(coef(r)); se <- as.vector(SE(r))
  list(df = degf(d), estimate = e, se = se, variance = se^2, ci95_t = limits(e, se, degf(d)))
}

variance <- function(stat, d) {
  X <- columns(stat$vars$x, d); k <- ncol(X); colnames(X) <- paste0("v", seq_len(k))
  v <- svyvar(X, d)
  list(variance_matrix = matrix(as.vector(v), k), se_matrix = matrix(sqrt(diag(as.matrix(attr(v, "var")))), k))
}

contrast <- function(stat, d) {
  m <- svymean(columns(stat$vars$x, d), d, na.rm = stat$na_rm)
  k <- stat$coef$x; V <- unname(as.matrix(vcov(m))); e <- sum(k * coef(m)); se <- sqrt(as.vector(t(k) %*% V %*% k))
  list(df = degf(d), estimate = e, se = se, t = e/se, p_df_design = two_sided(e/se, degf(d)), joint_vcov = V)
}

t_test <- function(stat, d) {
  right <- if (stat$fn == "ttest1") "0" else stat$group
  a <- list(reformulate(right, stat$var), d); if (stat$fn == "ttest1") a$na.rm <- stat$na_rm
  r <- do.call(svyttest, a); t <- unname(r$statistic); e <- unname(r$estimate)
  out <- list(estimate = e, se = e/t, t = t)
  if (stat$fn == "ttest2") return(c(out, list(p_df_plus1 = two_sided(t, unname(r$parameter) + 1))))
  c(out, list(df_design = degf(d), p_df_design = two_sided(t, degf(d))))
}

table_tests <- function(stat, d) list(tests = lapply(stat$statistics$x, function(s) {
  r <- tryCatch(svychisq(reformulate(c(stat$row, stat$col)), d, statistic = s), error = function(e) NULL)
  if (is.null(r)) return(list(statistic = s, error = "refused"))
  list(statistic = s, value = as.vector(r$statistic), ndf = unname(r$parameter[1]), ddf = unname(r$parameter[2]), p = as.vector(r$p.value))
}))

weight_sums <- function(d) {
  w <- sampling(d)
  list(n = length(w), sum = sum(w), sum_sq = sum(w^2), min = min(w), max = max(w),
       kish_deff = sum(w != 0) * sum(w^2)/sum(w)^2, kish_neff = sum(w)^2/sum(w^2), weights = ar(w))
}

statistic <- function(stat, d) switch(stat$fn,
  mean = , total = linear(stat, d), ratio = ratio(stat, d), variance = variance(stat, d), contrast = contrast(stat, d),
  ciprop = share(stat, d), quantile = quantiles(stat, d), domain_diff = difference(stat, d), ttest1 = , ttest2 = t_test(stat, d),
  chisq = table_tests(stat, d), weights = weight_sums(d), degf = list(df = degf(d)),
  cronbach = list(alpha = as.vector(svycralpha(f(stat$vars$x), d, na.rm = stat$na_rm)), k = length(stat$vars$x)))

by_groups <- function(case, d) {
  v <- d$variables[case$by$x]; name <- lapply(v, as.character)
  code <- lapply(v, function(x) if (is.factor(x)) as.integer(x) else match(x, sort(unique(x))))
  rows <- which(Reduce(`&`, lapply(v, function(x) !is.na(x)))); weighted <- rows[sampling(d)[rows] != 0]
  first <- weighted[!duplicated(data.frame(code)[weighted, , drop = FALSE])]
  first <- first[do.call(order, unname(lapply(code, `[`, first)))]
  list(groups = lapply(first, function(i) {
    same <- Reduce(`&`, lapply(code, function(x) x[rows] == x[i]))
    list(group = lapply(name, `[`, i), result = statistic(case$stat, d[rows[same], ]))
  }))
}

answer <- function(case) {
  old <- options(survey.lonely.psu = if (is.null(case$lonely_psu)) "fail" else case$lonely_psu,
                 survey.adjust.domain.lonely = isTRUE(case$adjust_domain_lonely))
  on.exit(options(old))
  tryCatch({
    d <- design(case$design, data[[case$data]])
    for (s in case$steps$x) d <- apply_step(s, d)
    if (length(case$by$x)) by_groups(case, d) else statistic(case$stat, d)
  }, error = function(e) list(error = TRUE, message = gsub("\n", " ", conditionMessage(e))))
}
