# The data, from a linear congruence so that every R makes the same, written and read back: what R sees is the file.

draw <- local({
  s <- 20250101
  function(n) { u <- numeric(n); for (i in seq_len(n)) { s <<- (s * 16807) %% 2147483647; u[i] <- s/2147483647 }; u }
})

data <- list(); schema <- list()
keep <- function(name, d) {
  file <- file.path(folder, paste0(name, ".csv"))
  field <- function(v) {
    v <- if (is.numeric(v)) formatC(v, digits = 15, format = "g", width = 1) else as.character(v)
    quoted <- paste0('"', gsub('"', '""', v), '"')
    ifelse(is.na(v) | v == "NA", "", ifelse(grepl('[",]', v), quoted, v))
  }
  lines <- c(paste(names(d), collapse = ","), do.call(paste, c(unname(lapply(d, field)), sep = ",")))
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  back <- read.csv(file, na.strings = "", colClasses = "character", strip.white = FALSE, encoding = "UTF-8", check.names = FALSE)
  for (n in names(d)) {
    if (is.factor(d[[n]])) back[[n]] <- factor(back[[n]], levels(d[[n]]))
    if (is.numeric(d[[n]])) back[[n]] <- as.numeric(back[[n]])
  }
  data[[name]] <<- back
  column <- function(n) c(list(name = n), if (is.factor(d[[n]])) list(levels = ar(levels(d[[n]]))))
  schema[[paste0(name, ".csv")]] <<- list(columns = lapply(names(d), column))
}

# staff: categories with commas, quotes and umlauts, one of them nobody's; PSU codes given within strata whose
# codes are numbers; missing values, weights of 0, a PSU with nothing else, domains of nobody and of one PSU
n <- 140; u <- draw(n); v <- draw(n); z <- draw(n)
staff <- data.frame(region = c(1, 2, 10, 20)[1 + (seq_len(n) - 1) %/% 35], psu = sprintf("%02d", 1 + ((seq_len(n) - 1) %% 35) %/% 7), w = round(1 + 9 * z, 2))
staff$w[u < .05 | staff$region == 20 & staff$psu == "03"] <- 0
h <- match(staff$region, c(1, 2, 10, 20))
staff$n_psu <- c(12, 9, 30, 5)[h]; staff$share <- c(.5, .625, .2, 1)[h]
staff$y <- round(100 * (u - .6) + 20 * v, 3); staff$x <- round(3 + 5 * v + z, 3); staff$miss <- ifelse(v > .85, NA, staff$y)
roles <- c("Nurses, midwives", "\u00c4rzte", "say \"hi\"", "O'Brien")
staff$role <- factor(roles[1 + floor(u * 4)], c(roles[3], roles[1], "nobody", roles[2], roles[4])); staff$role[v < .05] <- NA
staff$time <- factor(ifelse(z < .45, "fr\u00fch", "sp\u00e4t"), c("sp\u00e4t", "fr\u00fch")); staff$half <- ifelse(v < .3, -1.5, ifelse(v < .6, .25, 10))
staff$yes <- as.numeric(u + v > 1); staff$yes_miss <- ifelse(z < .1, NA, staff$yes)
staff$i1 <- 1 + floor(5 * u); staff$i2 <- pmin(5, 1 + floor(3 * u + 2.5 * v)); staff$i3 <- ifelse(u > .9, NA, pmin(5, 1 + floor(2 * u + 3 * z)))
staff$const <- -3; staff$zero <- 0; staff$one <- 1
staff$dom <- as.numeric(z > .5); staff$tiny <- as.numeric(staff$region == 10 & u > .8); staff$spot <- as.numeric(staff$region == 2 & staff$psu == "02")
keep("staff", staff)

# stages: three stages, with strata within PSUs, and PSUs of one unit
rows <- list()
for (h in c("N", "S", "W")) for (i in seq_len(c(N = 4, S = 3, W = 2)[[h]])) for (s in c("urban", "rural")) for (j in 1:(2 + (i + (s == "urban")) %% 2)) for (k in 1:(2 + (i + j) %% 3))
  rows[[length(rows) + 1]] <- data.frame(h = h, psu = i, gpsu = paste0(h, i), s = s, ssu = j, k = k, n1 = c(N = 10, S = 3, W = 8)[[h]], n2 = c(urban = 6, rural = 9)[[s]],
                                         n3 = 12 + j, f1 = c(N = .4, S = 1, W = .25)[[h]], f2 = c(urban = .5, rural = .25)[[s]])
stages <- do.call(rbind, rows); m <- nrow(stages)
stages$h <- factor(stages$h, c("W", "N", "S")); stages$s <- factor(stages$s)
stages$w <- round(2 + 30 * draw(m), 3); stages$y <- round(10 + stages$psu + 6 * draw(m), 3); stages$x <- round(1 + 8 * draw(m), 3)
stages$miss <- stages$y; stages$miss[seq(5, m, 11)] <- NA; stages$yes <- as.numeric(stages$y > 15); stages$dom <- as.numeric(stages$k == 1)
stages$g <- factor(ifelse(stages$x > 5, "p", "q")); stages$one <- 1
keep("stages", stages)

# pairs: two PSUs in each stratum, for half-samples
psu <- function(h, i) data.frame(st = h, cl = 10 * h + i, n_cl = 3 + h)[rep(1, 4 + (h * i) %% 4), ]
pairs <- do.call(rbind, lapply(1:7, function(h) rbind(psu(h, 1), psu(h, 2)))); m <- nrow(pairs)
pairs$w <- round(5 + 25 * draw(m), 2); pairs$y <- round(pairs$st + 4 * draw(m), 3); pairs$x <- round(2 + 4 * draw(m), 3)
pairs$miss <- pairs$y; pairs$miss[seq(3, m, 9)] <- NA; pairs$yes <- as.numeric(pairs$y > 5)
pairs$g <- factor(c("A", "B", "C")[1 + floor(pairs$x * 10) %% 3]); pairs$b <- factor(ifelse(draw(m) > .4, "hi", "lo")); pairs$dom <- as.numeric(pairs$g != "A"); pairs$one <- 1
keep("pairs", pairs)

# lone: stratum 2 has one PSU, stratum 4 one of one; PSUs 5 and 6 one second-stage unit, 5 of one
lone <- data.frame(
  s = c(1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5), p = c(1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 7, 8, 8, 9, 9), q = c(1, 2, 1, 2, 1, 2, 3, 1, 2, 1, 1, 1, 1, 1, 2, 1, 2),
  w = c(4, 4, 5, 5, 7, 7, 7, 3, 3, 6, 2, 1, 1, 2.5, 2.5, 3, 3), y = c(2, 5, -1, 3, 8, 2, 4, 0, 1, 7, 3, 6, 5, 2, 2, -4, 9), x = c(1, 3, 2, 2, 5, 4, 1, 2, 3, 2, 1, 1, 2, 4, 1, 2, 3),
  n1 = c(8, 8, 8, 8, 5, 5, 5, 9, 9, 9, 9, 1, 1, 4, 4, 4, 4), n2 = c(5, 5, 4, 4, 6, 6, 6, 3, 3, 1, 4, 7, 7, 3, 3, 3, 3),
  dom = c(1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0), part = c(1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1), one = 1)
keep("lone", lone)

# even: weights that are all the same and no round number, so that cumulated weights meet probabilities
n <- 41
even <- data.frame(w = rep(900/n, n), y = 1 + floor(9 * draw(n)), z = rank(draw(n)), one = 1)
keep("even", even)
