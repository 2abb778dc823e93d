package example

// ownWords are typed under an open Other.
var ownWords = []string{
	"The lift is always out of order",
	"Nobody answers e-mails about studies",
	"Childcare, mostly",
	"I’ve asked “three times” for an answer",
	"Two sites, one computer",
}

// comments are what people add at the end, with all that makes text hard to
// read: line breaks, quotation marks, separators, contact details.
var comments = []string{
	"More time, please.",
	"We started a study last year.\nIt stopped when the nurse left.",
	"My manager said \"not this year\", and that was that.",
	"Happy to talk: write to tamsin.underhay@example.org or ring 0117 496 0123",
	"- clinics come first\n- then teaching\n- then, perhaps, research",
	"I’d do it “tomorrow” if somebody covered my list; nobody does.",
	"= what the last survey said",
	"Dr Osric Penhallow, ZZ99 3WZ, could tell you more",
	"No comment,\tthank you",
	"Patients ask us about studies. We should be able to answer them.",
	"Große Unterstützung von den Kolleginnen, aber keine Zeit",
}
