# The example study: what it asks, how answers become scores, who is comparable.

surveys <- c("rdforum", "rcp", "crn")
waveOrder <- data.frame(survey = rep(surveys, each = 2), wave = c("2020", "2022", "2020", "2023", "2020", "2023"))
keyNames <- c("measure", "statistic", "level", "survey", "wave", "breakdown", "category", "contrast", "versus")

agreement <- c("want_more", "worth_it", "part_of_job", "leave_it", "know_who", "time", "support", "pressure")
rating <- c("skills", "study_design", "confidence", "cover")
reversed <- c("leave_it", "pressure")
items <- c(agreement, rating)
constructs <- list(will = c("want_more", "worth_it", "part_of_job", "leave_it"),
                   ability = c("skills", "study_design", "confidence", "know_who"),
                   capacity = c("time", "support", "cover", "pressure"))
gaps <- list(ability_gap = c("will", "ability"), capacity_gap = c("will", "capacity"))
headline <- list(will = "want_more", capacity = "time") # ability: a score of 65 or more
quadrants <- list(held_back = list(high = "will", low = "capacity"),
                  unskilled = list(high = "will", low = "ability"),
                  lacks_both = list(high = "will", low = c("ability", "capacity")),
                  ready = list(high = c("will", "ability", "capacity"), low = NULL))
choices <- list(barriers = c("time", "funding", "skills", "culture", "how_to_start", "confidence", "approvals", "other"),
                helps = c("protected_time", "training", "mentor", "funding", "recognition", "approvals"))
# What the study's merge rules put together.
merged <- list(staff_group = list(scientific_support = c("technical", "support", "scientists"), administration = c("admin", "management")))
# The groups of the exports are estimated too, under a name of their own: where they
# are tiny, estimates are most easily wrong. No correction counts them.
apart <- "staff_group_apart"
breakdowns <- list(staff_group = c("medical", "nursing", "ahp", "scientific_support", "administration"),
                   staff_group_apart = c("medical", "nursing", "ahp", "technical", "support", "scientists", "admin", "management"),
                   region = c("north_east", "north_west", "midlands", "east", "london", "south_east", "south_west"),
                   setting = c("rural", "city"), sex = c("female", "male"),
                   grade = c("foundation", "core", "specialist", "sas", "consultant"))
crossed <- list(c("staff_group", "setting"), c("staff_group_apart", "setting"))

# Surveys whose weights are raked: margins, and what a weight may be multiplied by.
raked <- list(rcp = list(bounds = c(0.75, 1.8), file = "margins/rcp.csv"))
distributionBase <- 100

# Qualtrics tells "ticked none" from "skipped"; in the others' exports only who
# ticked something is known to have seen the question.
baseRule <- c(rdforum = "ticked_any", rcp = "saw", crn = "ticked_any")

top <- function(item) if (item %in% agreement) 5 else 10

readRespondents <- function(path) {
  d <- read.csv(path, colClasses = "character", na.strings = "")
  one <- function(w) ifelse(is.na(w), 1, as.numeric(w))
  d$weight <- one(d$weight)
  d$before <- ifelse(d$survey %in% names(raked), one(d$design_weight), d$weight)
  stopifnot(d$weight > 0, d$before > 0)
  mergeCategories(d)
}

# The respondents have the groups of the exports; what the study puts together is
# put together here.
mergeCategories <- function(d) {
  d[[apart]] <- d$staff_group
  for (v in names(merged)) for (into in names(merged[[v]])) {
    stopifnot(merged[[v]][[into]] %in% d[[v]], !into %in% d[[v]])
    d[[v]][d[[v]] %in% merged[[v]][[into]]] <- into
  }
  for (v in names(breakdowns)) stopifnot(d[[v]] %in% c(NA, breakdowns[[v]]))
  d
}

population <- function(survey) read.csv(file.path(studyFolder, raked[[survey]]$file))

# The design's weights of a wave; of one that is raked scaled to the population,
# as the bounds are of what is done to them after that.
designWeights <- function(d) {
  if (!d$survey[1] %in% names(raked)) return(d$weight)
  p <- population(d$survey[1])
  d$before * sum(p$population[p$variable == p$variable[1]]) / sum(d$before)
}

# A wave's columns to be raked to, and their totals: of each margin's categories
# what the population says of those who have one, of no category what the sample has.
margins <- function(d) {
  w <- designWeights(d)
  all <- population(d$survey[1])
  out <- list(x = NULL, total = NULL)
  for (v in unique(all$variable)) {
    p <- all[all$variable == v, ]
    stopifnot(setequal(p$category, breakdowns[[v]]))
    named <- !is.na(d[[v]])
    out$x <- cbind(out$x, sapply(p$category, function(c) as.numeric(d[[v]] %in% c)), as.numeric(!named))
    out$total <- c(out$total, sum(w[named]) * p$population / sum(p$population), sum(w[!named]))
  }
  out
}

# Calibrates a design of several waves to the margins of those that are raked,
# each on its own: their columns are 0 in the other waves. R's residuals then are
# those of the regression on all columns. The weights are those of the data set.
rake <- function(design, ws) {
  piece <- design$variables$piece
  x <- total <- NULL
  for (i in seq_along(ws)) {
    survey <- ws[[i]]$survey
    if (!survey %in% names(raked)) next
    m <- margins(ws[[i]]$d)
    wide <- matrix(0, length(piece), ncol(m$x))
    wide[piece == i, ] <- m$x
    keep <- colSums(wide) > 0
    stopifnot(m$total[!keep] == 0)
    x <- cbind(x, wide[, keep])
    total <- c(total, m$total[keep])
    bounds <- raked[[survey]]$bounds
  }
  if (is.null(x)) return(design)
  colnames(x) <- names(total) <- paste0("x", seq_along(total))
  design$variables <- cbind(design$variables, x)
  design <- calibrate(design, reformulate(c("0", colnames(x))), population = total, calfun = "raking", bounds = bounds, epsilon = 1e-13, maxit = 200)
  stopifnot(abs(weights(design) / unlist(lapply(ws, function(w) w$d$weight)) - 1) < 1e-9)
  design
}

asks <- function(d, item) !all(d[[item]] == "not_asked")

# Codes, NA for every kind of missing.
codes <- function(d, item) suppressWarnings(as.integer(d[[item]]))

# 0 to 100 in ninths, so that sums are whole numbers and equal scores are equal.
points <- function(d, item) {
  code <- codes(d, item)
  if (item %in% reversed) code <- top(item) + 1 - code
  (code - 1) * 900 / (top(item) - 1)
}

# Sum and number of the answered items; NA where under half of those asked were.
score <- function(d, construct) {
  asked <- Filter(function(i) asks(d, i), constructs[[construct]])
  p <- sapply(asked, function(i) points(d, i))
  n <- rowSums(!is.na(p))
  s <- rowSums(p, na.rm = TRUE)
  n[2 * n < length(asked) | n == 0] <- NA
  s[is.na(n)] <- NA
  list(sum = s, n = n, value = s / (9 * n))
}

gapValue <- function(of, minus) (of$sum * minus$n - minus$sum * of$n) / (9 * of$n * minus$n)

positive <- function(d, item) {
  code <- codes(d, item)
  if (item %in% agreement) return(if (item %in% reversed) code <= 2 else code >= 4)
  code >= 7
}
negative <- function(d, item) {
  code <- codes(d, item)
  if (item %in% agreement) return(if (item %in% reversed) code >= 4 else code <= 2)
  code <= 4 # the mirror images of 7 to 10
}

# high and strictly low on a construct, NA where unknown; at is another threshold.
side <- function(d, scores, construct, at = 65) {
  item <- headline[[construct]]
  if (!is.null(item)) return(list(high = positive(d, item), strict = negative(d, item)))
  s <- scores[[construct]]
  high <- s$sum >= 9 * at * s$n
  list(high = high, strict = !high)
}

quadrant <- function(d, scores, q, at = 65) {
  high <- lapply(q$high, function(c) side(d, scores, c, at))
  low <- lapply(q$low, function(c) side(d, scores, c, at))
  all <- function(x) Reduce(`&`, x)
  known <- Reduce(`&`, lapply(c(high, low), function(s) !is.na(s$high)))
  inside <- all(c(lapply(high, `[[`, "high"), lapply(low, function(s) !s$high)))
  strict <- all(c(lapply(high, `[[`, "high"), lapply(low, `[[`, "strict")))
  first <- high[[1]]$high
  blank <- function(x, keep) ifelse(keep, as.numeric(x), NA)
  list(inside = blank(inside, known), strict = blank(strict, known), of_high = blank(inside, known & first %in% TRUE))
}

# A wave: its respondents, and a column per number that is asked for in every
# domain, NA outside the number's base.
makeWave <- function(d) {
  w <- list(survey = d$survey[1], wave = d$wave[1], d = d, y = list(), what = NULL, same = list())
  put <- function(measure, statistic, level, y, definition, ...) {
    what <- data.frame(measure, statistic, level, share = statistic == "share", option = FALSE, everyone = FALSE,
                       contrast = statistic == "mean", gap = FALSE, definition)
    extra <- list(...)
    what[names(extra)] <- extra
    w$what <<- rbind(w$what, what)
    w$y[[length(w$y) + 1]] <<- y
  }
  version <- function(item) if (item == "confidence" && w$survey == "rcp" && w$wave == "2023") 2 else 1
  itemDefinition <- function(item) paste0(item, version(item))
  definition <- function(construct) paste(vapply(Filter(function(i) asks(d, i), constructs[[construct]]), itemDefinition, ""), collapse = " ")

  scores <- lapply(setNames(nm = names(constructs)), function(c) score(d, c))
  for (c in names(constructs)) {
    agree(scores[[c]]$value, d[[c]])
    for (s in c("mean", "median")) put(c, s, "", scores[[c]]$value, definition(c))
  }
  for (g in names(gaps)) {
    value <- gapValue(scores[[gaps[[g]][1]]], scores[[gaps[[g]][2]]])
    agree(value, d[[g]])
    for (s in c("mean", "median")) put(g, s, "", value, paste(sapply(gaps[[g]], definition), collapse = "|"), gap = s == "mean")
  }
  for (i in Filter(function(i) asks(d, i), items)) {
    code <- codes(d, i)
    def <- itemDefinition(i)
    put(i, "mean", "", points(d, i) / 9, def)
    if (i %in% rating) for (s in c("median", "lower_quartile", "upper_quartile")) put(i, s, "", code, def)
    pos <- positive(d, i); neg <- negative(d, i)
    put(i, "share", "positive", as.numeric(pos), def, contrast = TRUE)
    put(i, "share", "neutral", as.numeric(!pos & !neg), def)
    put(i, "share", "negative", as.numeric(neg), def)
    base <- !is.na(code) | d[[i]] %in% c("unsure", "not_applicable", "seen_unanswered", "refused")
    put(i, "share", "unsure", ifelse(base, as.numeric(d[[i]] == "unsure"), NA), def)
    for (o in seq_len(top(i))) put(i, "share", as.character(o), as.numeric(code == o), def, option = TRUE)
  }
  for (q in names(quadrants)) {
    sides <- quadrants[[q]]
    def <- paste(sapply(c(sides$high, sides$low), definition), collapse = "|")
    own <- quadrant(d, scores, sides)
    put(q, "share", "", own$inside, def, contrast = TRUE)
    put(q, "share", "of_high", own$of_high, def, contrast = TRUE)
    if (any(sides$low %in% names(headline))) put(q, "share", "strict", own$strict, def, contrast = TRUE)
    if (!all(unlist(sides) %in% names(headline)))
      for (at in c(50, 60, 70, 80, 90)) put(q, "share", paste0("at_", at), quadrant(d, scores, sides, at)$inside, def, everyone = TRUE)
  }
  for (c in names(choices)) {
    ticked <- sapply(choices[[c]], function(o) as.integer(d[[paste0(c, "__", o)]]))
    if (all(d[[paste0(c, "__missing")]] %in% "not_asked")) next
    if (baseRule[w$survey] == "ticked_any") stopifnot(rowSums(ticked[!is.na(ticked[, 1]), ]) > 0)
    for (o in choices[[c]]) put(c, "share", o, as.numeric(ticked[, o]), paste(c, baseRule[w$survey]), contrast = TRUE)
  }
  w$y <- do.call(cbind, w$y)
  w$design <- stack(list(w))
  w
}

# The data set's scores are those made here from the codes.
agree <- function(ours, theirs) {
  theirs <- as.numeric(theirs)
  stopifnot(identical(is.na(ours), is.na(theirs)), all(abs(ours - theirs) < 1e-11, na.rm = TRUE))
}

# Surveys that may hold the same people.
samePeople <- c("rdforum", "crn")

# Which of several waves hang together by people who answered two of them.
joined <- function(ws) {
  may <- function(a, b) a$survey == b$survey || all(c(a$survey, b$survey) %in% samePeople)
  meet <- function(a, b) may(a, b) && length(setdiff(intersect(a$d$person, b$d$person), NA)) > 0
  of <- seq_along(ws)
  for (i in of) for (j in of) if (i < j && meet(ws[[i]], ws[[j]])) of[of == of[j]] <- of[i]
  of
}

# One design of several waves: PSUs of one survey's waves are the same where they
# have the same code. Where people answered two waves, a respondent that is a PSU is
# that person, or is in the PSU that the person is in in the other wave.
stack <- function(ws) {
  of <- joined(ws)
  d <- do.call(rbind, lapply(seq_along(ws), function(i) {
    d <- ws[[i]]$d
    clustered <- !is.na(d$psu[1])
    linked <- sum(of == of[i]) > 1
    own <- if (linked) paste("joined", of[i]) else if (clustered) d$survey else paste(d$survey, d$wave)
    psu <- if (clustered) d$psu else paste(d$survey, d$wave, d$row)
    if (linked && !clustered) {
      psu <- ifelse(is.na(d$person), psu, paste("person", d$person))
      for (other in ws[of == of[i]]) if (!is.na(other$d$psu[1])) {
        at <- match(d$person, other$d$person, incomparables = NA)
        psu <- ifelse(is.na(at), psu, other$d$psu[at])
      }
    }
    data.frame(piece = i, w = designWeights(d), stratum = paste(own, ifelse(is.na(d$stratum), "all", d$stratum)),
               psu = paste(own, psu), d[names(breakdowns)])
  }))
  rake(svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d), ws)
}

latest <- function(waves) waves[!duplicated(waveOrder$survey, fromLast = TRUE)]
