package example

// The words of the studies hidden, ungrouped and large. What may be blank has the
// blank first, as codes begin with 1.
var (
	plainAgree = []string{
		"I want to do more research",
		"Research improves care",
		"Research belongs in every job",
		"Research is best left to others",
		"I know whom to ask for help",
		"I have time for research",
		"My manager supports it",
		"I was pressed to give up research",
	}
	plainRate = []string{
		"My skill in weighing up evidence",
		"My skill in planning a study",
		"My confidence in inviting patients",
		"Cover for my work",
	}
	plainBarriers = []string{
		"Lack of time",
		"Lack of funding",
		"Lack of skills",
		"No supportive culture",
		"Not knowing how to start",
		"Lack of confidence",
		"Paperwork and approvals",
		"Something else",
	}
	plainHelps = []string{
		"Protected time",
		"Training",
		"A mentor",
		"Start-up money",
		"Recognition",
		"Simpler approvals",
	}
	plainStaff = []string{
		"",
		"Medical and dental",
		"Nursing and midwifery",
		"Allied health professions",
		"Scientific and technical",
		"Clinical support",
		"Healthcare science",
		"Administration",
		"Management",
	}
	plainSetting = []string{
		"",
		"Rural",
		"City",
	}
	extents = []string{
		"",
		"Not at all",
		"A little",
		"Somewhat",
		"A lot",
		"Fully",
		"Unsure",
	}
	plainMore = []string{
		"I read research papers",
		"I can search the literature",
		"I have hours set aside",
		"I am curious about studies",
		"I can fill in an ethics form",
		"There is a room to meet patients",
		"I want research in my career",
		"I can take consent",
		"Somebody stands in for me",
		"I am proud of my team's research",
		"I can read statistics",
		"There is a library that I can use",
		"I would invite a patient today",
		"I can write a protocol",
		"I have a computer that works",
		"I would come to research meetings",
		"I know how to ask for funding",
		"I can travel for research",
		"I would teach others about studies",
		"I can look after study data",
		"My rota allows research",
		"My patients want research",
		"I can find faults in a study",
		"There is a research nurse to work with",
		"I would do it again",
		"I can present results",
		"Our board asks about research",
		"I hope that there will be more",
	}
	professions = []string{
		"nurses",
		"midwives",
		"pharmacists",
		"physiotherapists",
		"paramedics",
		"radiographers",
		"gps",
		"managers",
	}
)
