// Package attack reads a release as somebody would who wants to know what it
// hides. It has tests only, knows nothing of how protection works, and nothing of
// the program stands on it.
//
//  1. drawWorld makes up a study of any shape and its respondents, and runs them
//     through the stages of a run; publish reads back the text of estimates.csv and
//     what other tables say.
//  2. A catalogue is what a reader of the study files knows of a wave: quantities
//     that add up over respondents - who gave which answer, who has which score, who
//     stands where - and how they hang together. Domains are everyone, the
//     categories of breakdowns and those without one, and how they add up.
//  3. newAttacker makes every quantity in every domain a variable and writes down
//     what the published rows say: bases, and estimates within their rounding; a
//     share of a base is a whole number of people; a standard error is a sum of
//     squares; a category and the rest are everyone who named one.
//  4. attack looks for what is left of each secret: by narrowing bounds row by row,
//     by exact elimination, by going through all answers that the respondents of a
//     small domain can have given, and by the simplex method on parts of the system.
//     The last starts from what the respondents said, as one solution of many: a
//     secret that walks from there show to be free needs no search.
//
// A secret is the base of a cell under min_base, the count of a sensitive share
// under min_count or the rest of its base, and the estimate of such a row. It is
// recovered where a count is known to less than five whole steps, or an estimate to
// within its rounding.
//
// That a share is 0% or 100%, or a mean what it is, because nobody, or everybody, of
// those who are left gave an answer is told apart: as long as totals are shown,
// somebody's "nobody" is everybody's.
package attack
