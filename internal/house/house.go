// Package house keeps the layout of the module: which room a package may import
// from, and which room a library belongs to. It has tests only.
//
// The way of the data is the order of the floors below. A package imports from
// its own floor or from lower ones:
//
//	cmd                                         the program
//	internal/cli                                commands
//	pipeline                                    the stages in order
//	reports/...                                 what people read
//	internal/publish                            the release folder
//	internal/disclose                           what may be shared
//	internal/estimate, request                  estimates; answers to requests
//	internal/measure, dataset, frame            moments, Parquet, columns of any file
//	internal/normalise, inspect                 one schema; what an export is
//	internal/export                             rows of text
//	internal/study                              the study's files
//	internal/survey                             designs on columns
//	internal/weight, interval, multiplicity,
//	pool, reliability                           small numerical rooms
//	internal/diag, distribution, fold, keyfile,
//	number, personal                            what everyone uses
//
// docs/architecture.md has the same picture for readers. When a room is added or
// moved, both change.
package house
