// Package browser opens reports in Chromium, as their readers do. It holds tests
// only, behind the build tag browser; `make test-browser` runs them on the pages of
// all example studies.
//
//  1. One browser is started, with one tab (tab_test.go). Whatever the page says on
//     the console and whatever it asks the network for is noted.
//  2. Each page is looked at in several ways: wide, on a phone, magnified, dark, in
//     forced colours (looks_test.go). In each, axe-core finds no fault
//     (axe_test.go), nothing lies beside the page, and ids and headings are sound
//     (layout_test.go). Pictures are kept.
//  3. It is gone through with the keyboard alone (keyboard_test.go), read without
//     JavaScript (noscript_test.go), printed (print_test.go) and timed (time_test.go).
package browser
