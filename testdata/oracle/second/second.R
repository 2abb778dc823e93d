# A second set of reference values, on data made up here: Rscript second.R, in this folder.
# Writes *.csv, SCHEMA.json and cases.json. R 4.2.2 with survey 4.1-1; where that and 4.5 differ
# (adjusted totals, strict trimming, quantiles below the first weight) nothing is asked.
suppressMessages(library(survey))
options(digits = 17, warn = -1, survey.replicates.mse = FALSE)
folder <- c(commandArgs(TRUE), ".")[1]

# JSON: a list with names is an object, ar() a list of any length, a matrix a list of rows
ar <- function(x) structure(list(x = x), class = "ar")
number <- function(x) if (is.na(x)) "null" else if (is.infinite(x)) sprintf('"%s"', if (x > 0) "Inf" else "-Inf") else sprintf("%.17g", x)
text <- function(x) if (is.na(x)) "null" else paste0('"', gsub('"', '\\"', gsub("\\", "\\\\", x, fixed = TRUE), fixed = TRUE), '"')
json <- function(x) {
  list_of <- function(v) paste0("[", paste(v, collapse = ","), "]")
  if (inherits(x, "ar")) return(list_of(vapply(as.list(x$x), json, "")))
  if (is.matrix(x)) return(list_of(apply(x, 1, function(r) list_of(vapply(r, number, "")))))
  if (is.list(x) && is.null(names(x))) return(list_of(vapply(x, json, "")))
  if (is.list(x)) return(paste0("{", paste(mapply(function(n, v) paste0(text(n), ":", json(v)), names(x), x), collapse = ","), "}"))
  if (is.logical(x) && !is.na(x)) tolower(as.character(x)) else if (is.character(x)) text(x) else number(as.numeric(x))
}

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "data.R"), encoding = "UTF-8"); source(file.path(here, "answer.R"))

# ---- requests: what is written is what drives R
D <- function(ids = NULL, strata = NULL, weights = NULL, fpc = NULL, nest = FALSE) {
  d <- list(kind = "taylor", ids = ar(ids), strata = ar(strata))
  d$weights <- weights
  c(d, list(fpc = ar(fpc), nest = nest))
}
given <- function(file, type, mse, ...)
  c(list(kind = "replicate", repweights_data = file, repweights_pattern = "^rw", weights = "w", type = type, combined_weights = TRUE, mse = mse), list(...))
S <- function(fn, ...) list(fn = fn, ...)
mean_of <- function(v, na = FALSE) S("mean", vars = ar(v), na_rm = na, deff = TRUE)
total_of <- function(v, na = FALSE) S("total", vars = ar(v), na_rm = na, deff = TRUE)
ratio_of <- function(a, b, na = FALSE) S("ratio", num = a, den = b, na_rm = na)
variance_of <- function(v) S("variance", vars = ar(v), na_rm = FALSE)
contrast_of <- function(v, coef, na = FALSE) S("contrast", vars = ar(v), coef = ar(coef), na_rm = na)
share_of <- function(v, na = FALSE, levels = .95) S("ciprop", var = v, na_rm = na, levels = ar(levels))
diff_of <- function(v, g, a, b) S("domain_diff", var = v, group = g, a = a, b = b)
t1_of <- function(v, na = FALSE) S("ttest1", var = v, na_rm = na)
t2_of <- function(v, g) S("ttest2", var = v, group = g)
table_of <- function(r, c, s = c("F", "Chisq", "Wald", "adjWald")) S("chisq", row = r, col = c, statistics = ar(s))
alpha_of <- function(v, na = FALSE) S("cronbach", vars = ar(v), na_rm = na)
all_rules <- c("math", "school", paste0("hf", 3:9), "shahvaish")
quantile_of <- function(v, na = FALSE, q = all_rules, type = "mean", p = c(.3, .5, .8)) S("quantile", var = v, probs = ar(p), qrules = ar(q), interval_types = ar(type), na_rm = na)
df_of <- S("degf"); weights_of <- S("weights")

sub <- function(col) list(op = "subset", col = col)
poststratify <- function(v, population, ...) c(list(op = "poststratify", vars = ar(v), population = ar(population)), list(...))
rake_to <- function(...) list(op = "rake", margins = ar(lapply(list(...), function(m) list(vars = m$vars, population = m$population))), maxit = 500, epsilon = 1e-13)
term <- function(var = NULL, total, level = NULL) {
  t <- list(kind = if (is.null(var)) "intercept" else if (is.null(level)) "numeric" else "level")
  t$var <- var; t$level <- level; t$total <- total
  t
}
calibrate_to <- function(terms, fun = "linear", bounds = NULL, stage = NULL) {
  s <- list(op = "calibrate", terms = ar(terms), calfun = fun)
  if (!is.null(bounds)) s$bounds <- ar(bounds)
  s$aggregate_stage <- stage
  s
}
trim_to <- function(lower = NULL, upper = NULL) { s <- list(op = "trim"); s$lower <- lower; s$upper <- upper; c(s, strict = FALSE) }
replicate_by <- function(type, mse) list(op = "replicate", type = type, mse = mse)

cases <- list()
ask <- function(id, name, d, stat, steps = list(), by = NULL, lonely = NULL, domain = NULL) {
  case <- list(id = id, data = name, design = d, steps = ar(steps), by = ar(by), stat = stat)
  case$lonely_psu <- lonely; case$adjust_domain_lonely <- domain
  case$expected <- answer(case)
  cases[[length(cases) + 1]] <<- case
}

# ---- staff
designs <- list(nested = D("psu", "region", "w", nest = TRUE), counts = D("psu", "region", "w", "n_psu", TRUE), fractions = D("psu", "region", "w", "share", TRUE), rows = D(weights = "w"))
for (k in names(designs)) {
  a <- function(id, ...) ask(paste("staff", k, id, sep = "."), "staff", designs[[k]], ...)
  a("mean", mean_of(c("y", "x", "const", "zero"))); a("joint", mean_of(c("y", "miss"), TRUE)); a("role", mean_of("role", TRUE))
  a("total", total_of(c("y", "one"))); a("total.role", total_of("role", TRUE)); a("ratio", ratio_of("miss", "x", TRUE))
  a("variance", variance_of(c("y", "x"))); a("contrast", contrast_of(c("y", "x", "miss"), c(.5, -2, 1.5), TRUE)); a("df", df_of)
  a("by.role", mean_of("miss", TRUE), by = "role"); a("by.half.time", mean_of("y"), by = c("half", "time")); a("by.region", total_of("one"), by = "region")
  a("by.share", share_of("yes"), by = "time"); a("by.df", df_of, by = "role"); a("by.ratio", ratio_of("y", "x"), by = "half")
  a("dom", mean_of(c("y", "x")), list(sub("dom"))); a("dom.total", total_of(c("y", "one")), list(sub("dom"))); a("dom.variance", variance_of("y"), list(sub("dom")))
  a("tiny", mean_of("y"), list(sub("tiny"))); a("tiny.total", total_of("y"), list(sub("tiny"))); a("twice", mean_of("y"), list(sub("dom"), sub("tiny"))); a("spot.df", df_of, list(sub("spot")))
  a("share", share_of("yes", levels = c(.8, .95, .99))); a("share.miss", share_of("yes_miss", TRUE))
  a("diff", diff_of("miss", "role", "O'Brien", "\u00c4rzte")); a("diff.time", diff_of("y", "time", "sp\u00e4t", "fr\u00fch")); a("diff.half", diff_of("y", "half", "-1.5", "10"))
  a("t1", t1_of("miss", TRUE)); a("t2", t2_of("miss", "time"))
  a("table", table_of("i1", "time")); a("table.items", table_of("i1", "i2", c("F", "Chisq"))); a("table.half", table_of("half", "time"))
  a("alpha", alpha_of(c("i1", "i2", "i3"), TRUE)); a("alpha.dom", alpha_of(c("i1", "i2")), list(sub("dom")))
  a("quantile", quantile_of("x")); a("quantile.miss", quantile_of("miss", TRUE, c("math", "hf8"))); a("quantile.tied", quantile_of("i2", q = c("math", "school", "hf3", "hf6", "shahvaish")))
}
refused <- list(nest = D("psu", "region", "w"), fpc = D("psu", "region", "w", "one", TRUE), psu = D("role", weights = "w"), weight = D(weights = "miss"), one = D("one", weights = "w"))
for (k in names(refused)) ask(paste0("staff.refused.", k), "staff", refused[[k]], mean_of("y"))

# ---- stages
designs <- list(three = D(c("psu", "ssu", "k"), c("h", "s", "one"), "w", c("n1", "n2", "n3"), TRUE), two = D(c("psu", "ssu"), c("h", "s"), "w", c("n1", "n2"), TRUE),
                fractions = D(c("psu", "ssu"), c("h", "s"), "w", c("f1", "f2"), TRUE), weightless = D(c("psu", "ssu"), c("h", "s"), fpc = c("n1", "n2"), nest = TRUE),
                first = D("gpsu", "h", "w", "n1"), without = D(c("gpsu", "ssu"), weights = "w"))
for (k in names(designs)) {
  a <- function(id, ...) ask(paste("stages", k, id, sep = "."), "stages", designs[[k]], ...)
  a("mean", mean_of(c("y", "x"))); a("miss", mean_of("miss", TRUE)); a("total", total_of(c("y", "one"))); a("ratio", ratio_of("y", "x")); a("by", mean_of("y"), by = c("h", "g"))
  a("dom", mean_of("y"), list(sub("dom"))); a("dom.total", total_of("y"), list(sub("dom"))); a("diff", diff_of("y", "g", "p", "q")); a("share", share_of("yes")); a("weights", weights_of)
  a("table", table_of("h", "g")); a("t2", t2_of("y", "g")); a("quantile", quantile_of("y", q = c("math", "hf7")))
}

# ---- pairs: adjusted weights, replicates
of <- function(v, freq) mapply(function(l, n) setNames(list(l, n), c(v, "Freq")), levels(data$pairs[[v]]), freq, SIMPLIFY = FALSE, USE.NAMES = FALSE)
g <- of("g", c(520, 700, 380)); b <- of("b", c(1000, 600)); absent <- c(g, list(list(g = "D", Freq = 9)))
ps <- poststratify("g", g); rk <- rake_to(list(vars = ar("g"), population = ar(g)), list(vars = ar("b"), population = ar(b)))
groups <- list(term(total = 1600), term("g", 700, "B"), term("g", 380, "C")); tx <- list(term(total = 1600), term("x", 6500))
adjustments <- list(none = list(), ps = list(ps), rake = list(rk), linear = list(calibrate_to(c(groups, tx[2]))), exp = list(calibrate_to(c(groups, tx[2]), "raking")), logit = list(calibrate_to(tx, "logit", c(.4, 2.5))),
                    bounded = list(calibrate_to(tx, "linear", c(.5, 2))), trim = list(trim_to(8, 25)), ps.linear = list(ps, calibrate_to(tx)), ps.trim = list(ps, trim_to(upper = 30)), whole = list(calibrate_to(tx, stage = 1)),
                    partial = list(poststratify("g", absent, partial = TRUE)), refused.absent = list(poststratify("g", absent)), refused.lacking = list(poststratify("g", g[1:2])))
clusters <- D("cl", "st", "w", "n_cl")
for (k in names(adjustments)) {
  a <- function(id, stat, more = list(), ...) ask(paste("pairs", k, id, sep = "."), "pairs", clusters, stat, c(adjustments[[k]], more), ...)
  a("mean", mean_of(c("y", "x", "g")))
  if (grepl("refused", k)) next
  a("weights", weights_of); a("total", total_of(c("y", "one"))); a("by", mean_of("miss", TRUE), by = "b"); a("dom", mean_of("y"), list(sub("dom"))); a("dom.total", total_of("y"), list(sub("dom")))
  a("diff", diff_of("y", "b", "hi", "lo")); a("ratio", ratio_of("y", "x"))
  if (!(k %in% c("ps", "rake", "linear"))) next
  a("share", share_of("yes")); a("quantile", quantile_of("y", q = c("math", "hf7"))); a("table", table_of("g", "b")); a("t2", t2_of("y", "b")); a("df", df_of, list(sub("dom")))
}
base <- svydesign(~cl, strata = ~st, weights = ~w, data = data$pairs)
keep_replicates <- function(name, r) { W <- as.data.frame(unclass(as.matrix(weights(r, "analysis")))); names(W) <- paste0("rw", seq_along(W)); keep(name, W) }
keep_replicates("pairs_brr", as.svrepdesign(base, type = "BRR", compress = FALSE)); keep_replicates("pairs_fay", as.svrepdesign(base, type = "Fay", fay.rho = .4, compress = FALSE))
for (mse in c(FALSE, TRUE)) {
  designs <- list(jkn = list(clusters, list(replicate_by("JKn", mse))), jk1 = list(D("cl", weights = "w"), list(replicate_by("JK1", mse))), brr = list(given("pairs_brr", "BRR", mse), list()),
                  fay = list(given("pairs_fay", "Fay", mse, rho = .4), list()), other = list(given("pairs_fay", "other", mse, scale = .05, rscales = ar(seq(.5, 1.5, length.out = ncol(data$pairs_fay)))), list()))
  for (k in names(designs)) {
    a <- function(id, stat, more = list(), ...) ask(paste0("pairs.", k, if (mse) ".mse", ".", id), "pairs", designs[[k]][[1]], stat, c(designs[[k]][[2]], more), ...)
    a("mean", mean_of(c("y", "x", "g"))); a("miss", mean_of("miss", TRUE)); a("total", total_of(c("y", "one"))); a("ratio", ratio_of("y", "x")); a("by", mean_of("y"), by = "g"); a("dom", mean_of("y"), list(sub("dom")))
    a("diff", diff_of("miss", "b", "hi", "lo")); a("df", df_of); a("share", share_of("yes")); a("quantile", quantile_of("y", q = c("math", "hf7"), type = "quantile"))
    a("ps", mean_of(c("y", "x")), list(ps)); a("rake", mean_of("y"), list(rk)); a("linear", total_of(c("y", "one")), list(calibrate_to(tx))); a("table", table_of("g", "b", c("F", "Chisq")))
  }
}

# ---- lone
designs <- list(one = D("p", "s", "w"), fpc = D("p", "s", "w", "n1"), two = D(c("p", "q"), "s", "w", c("n1", "n2")))
for (o in c("fail", "remove", "certainty", "adjust", "average")) for (k in names(designs)) for (domain in c(FALSE, TRUE)) {
  a <- function(id, stat, steps = list()) ask(paste0("lone.", o, ".", k, if (domain) ".domain", ".", id), "lone", designs[[k]], stat, steps, lonely = o, domain = domain)
  if (o == "adjust" && k == "two") next   # the versions differ below the first stage
  a("dom", mean_of("y"), list(sub("dom"))); a("part", mean_of("y"), list(sub("part")))
  if (o != "adjust") a("part.total", total_of("y"), list(sub("part")))
  if (domain) next
  a("mean", mean_of(c("y", "x"))); a("ratio", ratio_of("y", "x")); a("df", df_of, list(sub("dom")))
  if (o != "adjust") { a("total", total_of("y")); a("linear", mean_of("y"), list(calibrate_to(list(term(total = 80), term("x", 180))))) }
  if (k != "two") a("jkn", mean_of("y"), list(replicate_by("JKn", FALSE)))
  if (k == "one") a("jkn.total", total_of("y"), list(replicate_by("JKn", TRUE)))   # with FPC R's svytotal loses the certainty PSU
}

# ---- even
for (v in c("y", "z")) ask(paste0("even.", v), "even", D(weights = "w"), quantile_of(v, p = c(.1, .2, .25, .5, .6, .75, .9)))

write <- function(x, file) writeLines(x, file.path(folder, file), useBytes = TRUE)
write(paste0("{\"cases\":[\n", paste(vapply(cases, json, ""), collapse = ",\n"), "\n]}"), "cases.json")
write(json(schema), "SCHEMA.json")
refused <- Filter(function(c) isTRUE(c$expected$error), cases)
cat(length(cases), "cases, of which R refuses", length(refused), "\n")
for (c in refused) cat(" ", c$id, "-", substr(c$expected$message, 1, 90), "\n")
