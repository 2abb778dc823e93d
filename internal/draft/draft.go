// Package draft writes study files from exports: a first codebook for an export, or
// a whole study. What it writes is a beginning that loads, with all that was guessed
// said in comments beside it.
//
//  1. questionsOf makes questions of an inspected export: its columns, and the
//     groups of columns that are one question.
//  2. matcher finds the questions that a framework's items, choices and variables
//     ask: by the words of both, each word counting by how rare it is.
//  3. Without a framework guess makes one: scales from the labels and numbers of the
//     answers, items from the questions on them, constructs from the words of the
//     items, choices and variables from the other closed questions.
//  4. writeBook writes a codebook, writeFramework and writeStudy the rest, as text:
//     a line that is a guess to be looked at starts with # and no space, so that
//     taking the # away makes it count.
//
// Nothing that respondents wrote gets into a draft but the answers to closed
// questions that inspect may show, and nothing of a column of personal data but its
// heading, as a comment.
package draft
