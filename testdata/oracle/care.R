# The example study's numbers, made with R's survey package alone.
#
#     Rscript testdata/oracle/care.R testdata/oracle/care
#
# reads respondents.csv (the data set: codes and kinds of missing) and hidden.csv.gz
# (the keys of the rows that the release hides, which no test of many may count)
# and writes estimates.csv.gz: every number of the release, 17 digits; and
# reliability.csv: how reliable scores and gaps are.
#
# What is asked, how it is scored and who is comparable with whom is written out
# here once more, from the study's framework and codebooks, so that a mistake in
# caregap's reading of them shows. Scores are made from the codes; the data set's
# own are only compared. Means, errors, covariances, design effects, quantiles and
# degrees of freedom come from svymean, svyby, svycontrast, svyquantile and degf.
#
# Made with R 4.2.2 and survey 4.1-1 (Debian's r-cran-survey).

suppressPackageStartupMessages({ library(survey); library(parallel) })
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE, mc.cores = 2, warn = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
studyFolder <- file.path(here, "..", "studies", "care")
for (part in c("study.R", "estimates.R", "adjusted.R", "reliability.R")) source(file.path(here, "care", part))

people <- readRespondents(file.path(folder, "respondents.csv"))
waves <- lapply(split(people, paste(people$survey, people$wave)), makeWave)
waves <- waves[paste(waveOrder$survey, waveOrder$wave)]
names(waves) <- paste0(waveOrder$survey, "/", waveOrder$wave)

hidden <- read.csv(gzfile(file.path(folder, "hidden.csv.gz")), colClasses = "character")
hiddenKeys <- do.call(paste, c(hidden[keyNames], sep = ","))

jobs <- c(
  lapply(waves, function(w) function() waveRows(w)),
  lapply(surveys, function(s) function() waveDifferences(waves[waveOrder$survey == s])),
  list(function() surveyDifferences(latest(waves)), function() averages(latest(waves))))
rows <- mclapply(jobs, function(job) job(), mc.preschedule = FALSE)
failed <- vapply(rows, inherits, NA, what = "try-error")
if (any(failed)) stop(rows[failed][[1]])
rows <- do.call(rbind, rows)
rows <- adjust(rows, waves, hiddenKeys)
writeRows(rows, file.path(folder, "estimates.csv.gz"))
writeReliabilities(waves, file.path(folder, "reliability.csv"))
cat(nrow(rows), "rows; R", as.character(getRversion()), "survey", as.character(packageVersion("survey")), "\n")
