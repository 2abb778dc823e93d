# Differences between two waves in which some people answered twice, and averages
# of three surveys, made with R's survey package: files one below the other, the
# person being the PSU.
#
#     Rscript testdata/oracle/people/people.R testdata/oracle/people
#
# makes people.csv (made-up respondents) and people.json (what svyby with
# covmat = TRUE and svycontrast say of them, 17 digits).
#
# Made with R 4.2.2 and survey 4.1-1 (Debian's r-cran-survey).

suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)
folder <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20240607)

# A wave: people from one pool, some of them twice, some without a name, and some
# who have moved to another stratum since the wave before.
makeWave <- function(wave, n, shift) {
  person <- sample(90, n, replace = TRUE)
  skill <- function(p) 1 + (p * 7919) %% 10
  d <- data.frame(wave = wave, person = person, stratum = c("north", "south", "west")[1 + (person + (person %% 13 == 0) * wave) %% 3])
  d$skill <- pmin(10, pmax(1, skill(person) + shift + sample(-2:2, n, replace = TRUE)))
  d$skill[sample(n, n %/% 12)] <- NA
  d$role <- sample(c("a", "b", "c", NA), n, replace = TRUE, prob = c(5, 3, 2, 1))
  d$weight <- sample(c(0, 0.5, 1, 1.7, 3.2), n, replace = TRUE, prob = c(1, 5, 5, 5, 5))
  d$psu <- paste0(substr(d$stratum, 1, 1), person %% 5)
  d$person[sample(n, n %/% 5)] <- NA
  d
}
d <- rbind(makeWave(1, 80, 0), makeWave(2, 110, 1), makeWave(3, 60, -1))
d$fpc <- c(north = 210, south = 340.5, west = 120)[d$stratum]
write.csv(d, file.path(folder, "people.csv"), row.names = FALSE, na = "", quote = FALSE)

d$y <- (d$skill - 1) * 100 / 9
d$alone <- paste("row", seq_len(nrow(d)))

# PSUs: the person; where some waves have PSUs, these, and of the others' people who
# are in one, in the same stratum, the one that they are in first.
units <- function(d, clustered) {
  id <- ifelse(is.na(d$person), d$alone, paste("person", d$person))
  key <- paste(d$person, d$stratum)
  inPSU <- d$wave %in% clustered
  at <- match(ifelse(is.na(d$person), NA, key), ifelse(inPSU & !is.na(d$person), key, NA), incomparables = NA)
  ifelse(inPSU, paste("PSU", d$psu), ifelse(is.na(at), id, paste("PSU", d$psu[at])))
}

design <- function(d, case) {
  d$id <- units(d, case$clustered)
  args <- list(ids = ~id, data = d, nest = TRUE, weights = if (case$weighted) ~weight else ~I(rep(1, nrow(d))))
  if (case$stratified) args$strata <- ~stratum
  if (case$fpc) args$fpc <- ~fpc
  do.call(svydesign, args)
}

combine <- function(d, waves, coefs, case, role) {
  s <- design(d[d$wave %in% waves, ], case)
  v <- s$variables
  keep <- !is.na(v$y) & weights(s) > 0 & (role == "" | v$role %in% role)
  s <- s[keep, ]
  x <- svycontrast(svyby(~y, ~wave, s, svymean, covmat = TRUE), coefs)
  list(role = role, estimate = coef(x)[[1]], se = sqrt(vcov(x)[[1]]), df = degf(s))
}

cases <- list(
  list(id = "everyone alike", weighted = FALSE, stratified = FALSE, fpc = FALSE, clustered = NULL),
  list(id = "weights", weighted = TRUE, stratified = FALSE, fpc = FALSE, clustered = NULL),
  list(id = "weights and strata", weighted = TRUE, stratified = TRUE, fpc = FALSE, clustered = NULL),
  list(id = "population sizes", weighted = TRUE, stratified = TRUE, fpc = TRUE, clustered = NULL),
  list(id = "the first has PSUs", weighted = TRUE, stratified = TRUE, fpc = FALSE, clustered = 1),
  list(id = "the second has PSUs", weighted = FALSE, stratified = TRUE, fpc = FALSE, clustered = 2),
  list(id = "both have PSUs", weighted = TRUE, stratified = TRUE, fpc = FALSE, clustered = 1:2))

number <- function(x) sprintf("%.17g", x)
out <- c()
for (case in cases) for (role in c("", "a", "b")) {
  diff <- combine(d, 1:2, c(-1, 1), case, role)
  mean <- combine(d, 1:3, rep(1 / 3, 3), case, role)
  out <- c(out, sprintf('  {"case": "%s", "weighted": %s, "stratified": %s, "fpc": %s, "clustered": [%s], "role": "%s",\n   "difference": {"estimate": %s, "se": %s, "df": %s}, "average": {"estimate": %s, "se": %s}}',
    case$id, tolower(case$weighted), tolower(case$stratified), tolower(case$fpc), paste(case$clustered, collapse = ", "), role,
    number(diff$estimate), number(diff$se), number(diff$df), number(mean$estimate), number(mean$se)))
}
writeLines(c("[", paste(out, collapse = ",\n"), "]"), file.path(folder, "people.json"))
