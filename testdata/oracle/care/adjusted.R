# p-values after correction for looking at many, over the rows that are shown.

adjust <- function(rows, waves, hiddenKeys) {
  rows$p_adjusted <- NA_real_
  key <- do.call(paste, c(rows[keyNames], sep = ","))
  shown <- !key %in% hiddenKeys & !sub(":.*", "", rows$breakdown) %in% apart
  tested <- shown & !is.na(rows$p_value)
  family <- paste(rows$measure, rows$statistic, rows$level, rows$contrast, rows$breakdown,
                  ifelse(rows$contrast == "survey", "", rows$survey), ifelse(rows$contrast %in% c("wave", "survey"), "", rows$wave), sep = ",")
  rows$p_adjusted[tested] <- ave(rows$p_value[tested], family[tested], FUN = function(p) p.adjust(p, "holm"))
  floors <- do.call(rbind, mclapply(waves, function(w) omnibus(w, rows[shown, ])))
  at <- match(paste(rows$measure, rows$level, rows$survey, rows$wave, rows$breakdown),
              paste(floors$measure, floors$level, floors$survey, floors$wave, floors$breakdown))
  own <- rows$contrast == "category" & tested
  rows$p_adjusted[own] <- pmax(rows$p_adjusted[own], floors$p[at[own]], na.rm = TRUE)
  rows
}

# Per measure and breakdown the Wald F that its published categories are equal,
# then Benjamini and Hochberg over the measure's breakdowns.
omnibus <- function(w, shown) {
  shown <- shown[shown$survey == w$survey & shown$wave == w$wave & shown$contrast == "", ]
  of <- setdiff(names(breakdowns), apart)
  out <- NULL
  for (j in which(w$what$contrast)) {
    p <- vapply(of, function(b) {
      own <- shown$breakdown == b & shown$measure == w$what$measure[j] & shown$statistic == w$what$statistic[j] & shown$level == w$what$level[j]
      equal(w, w$y[, j], b, shown$category[own])
    }, 0)
    out <- rbind(out, data.frame(measure = w$what$measure[j], level = w$what$level[j], survey = w$survey, wave = w$wave,
                                 breakdown = of, p = p.adjust(p, "BH")))
  }
  out
}

# As regTermTest on svyglm(y ~ category), by hand: contrasts with the first
# category, k-1 and degf of the categories together.
equal <- function(w, y, breakdown, categories) {
  estimable <- function(c) {
    rows <- w$d[[breakdown]] %in% c & !is.na(y)
    any(rows) && degf(w$design[rows, ]) > 0
  }
  categories <- Filter(estimable, categories) # of the others no error is known
  rows <- w$d[[breakdown]] %in% categories & !is.na(y)
  if (length(categories) < 2 || !any(rows)) return(NA)
  design <- w$design[rows, ]
  category <- factor(w$d[[breakdown]], categories)
  by <- means(inside(design, cbind(y = y), rows), if (calibrated(design)) category else category[rows], design)
  k <- length(by$theta) - 1
  df <- degf(design)
  contrasts <- cbind(-1, diag(k))
  d <- as.vector(contrasts %*% by$theta)
  v <- contrasts %*% by$v %*% t(contrasts)
  if (df <= 0 || rcond(v) < 1e-12) return(NA)
  pf(sum(d * solve(v, d)) / k, k, df, lower.tail = FALSE)
}
