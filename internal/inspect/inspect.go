// Package inspect finds out what an export is: whose, how its rows are to be
// counted, and what each column holds.
//
//  1. export.Open recognises the platform and names the columns.
//  2. Workers read the chunks side by side and profile every column: how many cells
//     answer, the forms they have, a bounded table of their texts. Profiles are
//     merged in file order, so that the report is the same on any number of cores.
//  3. From the profiles follow each column's kind and role, and the questions that
//     are spread over several columns.
//  4. Checks look for what hand-editing and spreadsheets do to exports. They are
//     told as problems, with rows and columns.
//
// A Report knows more than may be said. What is printed goes through Record:
// answers of closed questions only, and of them only those that at least five
// respondents gave and that look like no person's own, or that are words of the
// platform.
package inspect
