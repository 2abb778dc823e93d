package example

// Labels as the platforms print them. Index 0 is a blank answer.

var agreeLabels = []string{"", "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", "Unsure", "Not applicable"}

var rateLabels = []string{"", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "Unsure"}

// Labels of the R&D Forum, whose form names the ends of the 1-10 scale.
var (
	forumAgree = []string{"", "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", "Unsure", "N/A"}
	forumRate  = []string{"", "1 (none)", "2", "3", "4", "5", "6", "7", "8", "9", "10 (very high)", "Unsure"}
	forumStaff = []string{
		"Medical and dental", "Nursing and midwifery registered", "Allied health professionals", "Additional professional scientific and technical",
		"Additional clinical services", "Healthcare scientists", "Administrative and clerical", "Management",
	}
	forumSex = []string{"Female", "Male", "In another way", "I’d rather not say"}
	years    = []string{"Under 1", "1-5", "6-10", "11-20", "Over 20"}
	// What a spreadsheet with American dates makes of the same labels.
	yearsAsDates = []string{"Under 1", "5-Jan", "10-Jun", "20-Nov", "Over 20"}
)

var regions = []string{"North East and Yorkshire", "North West", "Midlands", "East of England", "London", "South East", "South West"}

// Labels of the College.
var (
	collegeGrades  = []string{"Foundation doctor", "Core or internal medicine trainee", "Specialty registrar", "SAS doctor", "Consultant"}
	collegeSex     = []string{"Female", "Male", "I use another term", "Prefer not to say"}
	collegeSetting = []string{"Rural or coastal hospital", "City hospital"}
)

// Labels of the Clinical Research Network.
var (
	networkStaff = []string{
		"Doctor or dentist", "Nurse or midwife", "Allied health professional", "Scientific or technical professional",
		"Clinical support (unregistered)", "Healthcare scientist", "Administration", "Manager",
	}
	networkSetting = []string{"Mostly rural", "Mostly a city"}
	networkSex     = []string{"Woman", "Man", "Other", "Prefer not to say"}
)

// What stands in the way and what would help, in each survey's words.
var (
	forumBarriers = []string{
		"Lack of time", "Lack of funding", "Lack of skills or knowledge", "No supportive culture",
		"I don’t know how to take an idea forward", "Lack of confidence", "Paperwork and approvals", "Other (please specify)",
	}
	collegeBarriers = []string{
		"Not enough time in my job plan", "Not enough funding", "Gaps in my skills or knowledge", "A culture that doesn't support it",
		"Not knowing how to take proposals forward", "Not feeling confident", "Paperwork, permissions and approvals", "Something else",
	}
	networkBarriers = []string{
		"Lack of time", "Lack of funding", "Lack of skills or knowledge", "No supportive culture",
		"Don’t know how to take an idea forward", "Lack of confidence", "Paperwork and approvals", "Something else",
	}
	collegeHelps = []string{
		"Protected time", "Training in research methods", "A mentor", "Money to begin a study", "Recognition in appraisal", "Simpler approvals",
	}
	networkHelps = []string{
		"Protected time", "Training", "Someone to guide me", "Start-up money", "Recognition", "Simpler approvals",
	}
)
