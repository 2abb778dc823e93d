# Reliability of scores and gaps, for everyone in each wave, by the final weights:
# svycralpha of the items that the wave asks, on complete rows; of two items the
# Spearman-Brown coefficient of their weighted correlation; of a gap that of the
# difference of two scores, from svyvar of both and their own reliabilities.

weighted <- function(x, w) svydesign(ids = ~1, weights = w, data = as.data.frame(x))

ofItems <- function(d, construct) {
  asked <- Filter(function(i) asks(d, i), constructs[[construct]])
  if (length(asked) < 2) return(NULL)
  x <- sapply(asked, function(i) points(d, i) / 9)
  whole <- complete.cases(x)
  design <- weighted(x[whole, ], d$weight[whole])
  names <- reformulate(asked)
  if (length(asked) == 2) {
    r <- cov2cor(as.matrix(svyvar(names, design)))[1, 2]
    value <- 2 * r / (1 + r)
  } else {
    value <- unname(svycralpha(as.formula(paste("~", paste(asked, collapse = "+"))), design))
  }
  data.frame(measure = construct, survey = d$survey[1], wave = d$wave[1], items = length(asked), base = sum(whole), value = value)
}

ofGap <- function(d, gap, sides) {
  own <- lapply(gaps[[gap]], function(c) sides[[c]])
  if (any(vapply(own, is.null, NA))) return(NULL)
  x <- sapply(gaps[[gap]], function(c) score(d, c)$value)
  both <- complete.cases(x)
  v <- as.matrix(svyvar(reformulate(gaps[[gap]]), weighted(x[both, ], d$weight[both])))
  true <- own[[1]]$value * v[1, 1] + own[[2]]$value * v[2, 2] - 2 * v[1, 2]
  data.frame(measure = gap, survey = d$survey[1], wave = d$wave[1], items = own[[1]]$items + own[[2]]$items, base = sum(both),
             value = true / (v[1, 1] + v[2, 2] - 2 * v[1, 2]))
}

reliabilities <- function(waves) {
  do.call(rbind, lapply(waves, function(w) {
    sides <- lapply(setNames(nm = names(constructs)), function(c) ofItems(w$d, c))
    do.call(rbind, c(sides, lapply(names(gaps), function(g) ofGap(w$d, g, sides))))
  }))
}

writeReliabilities <- function(waves, path) {
  rows <- reliabilities(waves)
  rows$value <- sprintf("%.17g", rows$value)
  write.csv(rows, path, row.names = FALSE, quote = FALSE)
}
