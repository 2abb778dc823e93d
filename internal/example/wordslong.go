package example

// The words of the study long: 120 characters each. Two have no space to break at.
var (
	longMeta = []string{
		"Number, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end.",
		"Sent, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end so",
	}
	longAgree = []string{
		"I want to do more research (so we ask), which is said here in as many words as it takes to see what becomes of a name so",
		"Research improves care (so we ask), which is said here in as many words as it takes to see what becomes of a name that s",
		"Research belongs in every job (so we ask), which is said here in as many words as it takes to see what becomes of a name",
		"Research is best left to others (so we ask), which is said here in as many words as it takes to see what becomes of a so",
		"I know whom to ask for help (so we ask), which is said here in as many words as it takes to see what becomes of a name s",
		"I have time for research (so we ask), which is said here in as many words as it takes to see what becomes of a name that",
		"My manager supports it (so we ask), which is said here in as many words as it takes to see what becomes of a name that s",
		"I was pressed to give up research (so we ask), which is said here in as many words as it takes to see what becomes of a.",
	}
	longRate = []string{
		"My skill in weighing up evidence (so we ask), which is said here in as many words as it takes to see what becomes of a s",
		"My skill in planning a study (so we ask), which is said here in as many words as it takes to see what becomes of a name.",
		"My confidence in inviting patients (so we ask), which is said here in as many words as it takes to see what becomes of a",
		"Cover for my work (so we ask), which is said here in as many words as it takes to see what becomes of a name that nobody",
	}
	longAgreeLabels = []string{
		"",
		"Strongly disagree, which is said here in as many words as it takes to see what becomes of a name that nobody would read.",
		"Disagree, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its so",
		"Neither agree nor disagree, which is said here in as many words as it takes to see what becomes of a name that nobody so",
		"Agree, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end s",
		"Strongly agree, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"Unsure, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end.",
		"Not applicable to me, which is said here in as many words as it takes to see what becomes of a name that nobody would so",
	}
	longRateLabels = []string{
		"",
		"None at all, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its",
		"A little of it, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"Something in between, which is said here in as many words as it takes to see what becomes of a name that nobody would so",
		"Rather a lot, which is said here in as many words as it takes to see what becomes of a name that nobody would read to so",
		"All that one needs, which is said here in as many words as it takes to see what becomes of a name that nobody would read",
		"Unsure, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end.",
	}
	longBarriers = []string{
		"Lack of time, which is said here in as many words as it takes to see what becomes of a name that nobody would read to so",
		"Lack of funding, which is said here in as many words as it takes to see what becomes of a name that nobody would read to",
		"Lack of skills, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"No supportive culture, which is said here in as many words as it takes to see what becomes of a name that nobody would s",
		"Not knowing how to start, which is said here in as many words as it takes to see what becomes of a name that nobody so t",
		"Lack of confidence, which is said here in as many words as it takes to see what becomes of a name that nobody would read",
		"Paperwork and approvals, which is said here in as many words as it takes to see what becomes of a name that nobody would",
		"Something else, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
	}
	longHelps = []string{
		"Protected time, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"Training, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its so",
		"A mentor, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its so",
		"Start-up money, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"Recognition, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its",
		"Simpler approvals, which is said here in as many words as it takes to see what becomes of a name that nobody would read.",
	}
	longStaff = []string{
		"",
		"Medical and dental, which is said here in as many words as it takes to see what becomes of a name that nobody would read",
		"Nursing and midwifery, which is said here in as many words as it takes to see what becomes of a name that nobody would s",
		"AlliedhealthprofessionalsAlliedhealthprofessionalsAlliedhealthprofessionalsAlliedhealthprofessionalsAlliedhealthprofessi",
		"Scientific and technical, which is said here in as many words as it takes to see what becomes of a name that nobody so t",
		"Clinical support, which is said here in as many words as it takes to see what becomes of a name that nobody would read s",
		"Healthcare science, which is said here in as many words as it takes to see what becomes of a name that nobody would read",
		"Administration, which is said here in as many words as it takes to see what becomes of a name that nobody would read to.",
		"Management, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its.",
	}
	longRegions = []string{
		"",
		"North East and Yorkshire, which is said here in as many words as it takes to see what becomes of a name that nobody so t",
		"North West, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its.",
		"Midlands, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its so",
		"East of England, which is said here in as many words as it takes to see what becomes of a name that nobody would read to",
		"London, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end.",
		"South East, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its.",
		"South West, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its.",
	}
	longSettings = []string{
		"",
		"Rural, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end s",
		"City, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its end so",
	}
	longHeads = []string{
		"What stands in your way?, which is said here in as many words as it takes to see what becomes of a name that nobody so t",
		"What would help you?, which is said here in as many words as it takes to see what becomes of a name that nobody would so",
		"Your staff group, which is said here in as many words as it takes to see what becomes of a name that nobody would read s",
		"Your region, which is said here in as many words as it takes to see what becomes of a name that nobody would read to its",
		"Your setting, which is said here in as many words as it takes to see what becomes of a name that nobody would read to so",
	}
)
