package study

import "github.com/caregap/caregap/internal/diag"

// The structs of this file are the study files' format. The strict decoder, the
// JSON Schemas and docs/study-files.md are held to them: `yaml` names the key,
// `doc` says what it is for, `req:"true"` marks what must be there, and `enum`
// lists the words allowed, joined by |.
// A field called Pos is filled by the decoder with the place of its mapping.

// StudyFile is study.yaml.
type StudyFile struct {
	Version    int              `yaml:"version" req:"true" doc:"format of this file: 1"`
	ID         string           `yaml:"id" req:"true" doc:"short name of the study"`
	Title      string           `yaml:"title" req:"true" doc:"title of every report"`
	Framework  string           `yaml:"framework" req:"true" doc:"path of framework.yaml"`
	Surveys    []SurveyFile     `yaml:"surveys" req:"true" doc:"the surveys, in the order of the report"`
	Breakdowns []Breakdown      `yaml:"breakdowns" doc:"variables to break results down by; an inner list is a crossed breakdown"`
	Weights    Map[WeightsFile] `yaml:"weights" doc:"by survey: weights made to match population totals; else the design's weights, or none"`
	SamePeople []Names          `yaml:"same_people" doc:"groups of surveys that may hold the same respondents"`
	Confidence Decimal          `yaml:"confidence" doc:"confidence level of every interval, 0.95 unless given"`
	Meaningful Decimal          `yaml:"meaningful" doc:"points; smaller differences are never called different; 5 unless given"`
	Disclosure DisclosureFile   `yaml:"disclosure" doc:"what is hidden, and how figures are rounded"`
	Merge      Map[[]MergeRule] `yaml:"merge" doc:"small categories of a variable put into one"`
	Notice     string           `yaml:"notice" doc:"shown on every output"`
	Published  []Published      `yaml:"published" doc:"figures from elsewhere to stand beside ours"`
	Pos        diag.Pos         `yaml:"-"`
}

// SurveyFile is one survey of study.yaml.
type SurveyFile struct {
	ID       string     `yaml:"id" req:"true" doc:"short name of the survey"`
	Title    string     `yaml:"title" req:"true" doc:"its full name"`
	Codebook string     `yaml:"codebook" doc:"path of the codebook that maps its exports"`
	Waves    []WaveFile `yaml:"waves" req:"true" doc:"its waves, the earliest first"`
	Pos      diag.Pos   `yaml:"-"`
}

// WaveFile is one wave of a survey.
type WaveFile struct {
	ID        string    `yaml:"id" req:"true" doc:"short name of the wave, such as a year"`
	Exports   Names     `yaml:"exports" req:"true" doc:"paths or globs of its export files"`
	Codebook  string    `yaml:"codebook" doc:"a codebook of its own"`
	Fieldwork Fieldwork `yaml:"fieldwork" doc:"how and when it was asked"`
	Pos       diag.Pos  `yaml:"-"`
}

// Fieldwork says how a wave was asked. Dates are ISO dates.
type Fieldwork struct {
	From        string `yaml:"from" doc:"first day, YYYY-MM-DD"`
	To          string `yaml:"to" doc:"last day, YYYY-MM-DD"`
	Recruitment string `yaml:"recruitment" enum:"sample|census|open" doc:"a sample, everyone, or anyone who saw the link"`
	Mode        string `yaml:"mode" doc:"online, paper, telephone"`
	Invited     int    `yaml:"invited" doc:"how many were asked; unknown when absent"`
}

// Breakdown is one variable, or several that are crossed.
type Breakdown = Names

// WeightsFile says how a survey's weights are made.
type WeightsFile struct {
	Rake   string    `yaml:"rake" req:"true" doc:"path of the population totals, a CSV of variable, category, population"`
	Bounds []Decimal `yaml:"bounds" doc:"how far a weight may be multiplied, [lowest, highest], with 1 between; any number above 0 unless given"`
	Pos    diag.Pos  `yaml:"-"`
}

// DisclosureFile is the disclosure settings as written; see Disclosure.
type DisclosureFile struct {
	MinBase          *int  `yaml:"min_base" doc:"fewest unweighted respondents behind a published number; 10 unless given"`
	MinCount         *int  `yaml:"min_count" doc:"fewest respondents in a sensitive share and in the rest of its base; 5 unless given"`
	Sensitive        Names `yaml:"sensitive" doc:"ids of sensitive items, choices, quadrants and variables, or all"`
	DistributionBase *int  `yaml:"distribution_base" doc:"base from which a category shows every answer option; 100 unless given"`
	Decimals         *int  `yaml:"decimals" doc:"decimal places of published estimates; 1 unless given"`
	KeepReleases     *int  `yaml:"keep_releases" doc:"how many releases keep their private folder; 5 unless given"`
}

// Disclosure is the disclosure settings with their defaults.
type Disclosure struct {
	MinBase, MinCount, DistributionBase, Decimals, KeepReleases int
	SensitiveAll                                                bool
	Sensitive                                                   Names // every sensitive id, those declared in the framework included, sorted
}

// MergeRule puts categories of a variable into one.
type MergeRule struct {
	Into       string   `yaml:"into" req:"true" doc:"id of the merged category"`
	Title      string   `yaml:"title" req:"true" doc:"its words"`
	Categories Names    `yaml:"categories" req:"true" doc:"the categories it replaces"`
	Titles     Names    `yaml:"-"` // the words of Categories, set when the rule is checked
	Pos        diag.Pos `yaml:"-"`
}

// Published is a figure from elsewhere.
type Published struct {
	Measure   string   `yaml:"measure" req:"true" doc:"id of the measure"`
	Statistic string   `yaml:"statistic" req:"true" doc:"mean, median or share"`
	Level     string   `yaml:"level" doc:"level of a share"`
	Survey    string   `yaml:"survey" req:"true" doc:"id of the survey"`
	Wave      string   `yaml:"wave" req:"true" doc:"id of the wave"`
	Estimate  Decimal  `yaml:"estimate" req:"true" doc:"the figure"`
	Base      int      `yaml:"base" doc:"respondents it rests on"`
	Source    string   `yaml:"source" req:"true" doc:"where it was published"`
	Pos       diag.Pos `yaml:"-"`
}

// Framework is framework.yaml: what is asked, whoever asks it.
type Framework struct {
	Version    int            `yaml:"version" req:"true" doc:"format of this file: 1"`
	Scales     Map[Scale]     `yaml:"scales" req:"true" doc:"answer scales by id"`
	Constructs Map[Construct] `yaml:"constructs" req:"true" doc:"what items measure together, such as will"`
	Items      Map[Item]      `yaml:"items" req:"true" doc:"the questions by id"`
	Gaps       Map[Gap]       `yaml:"gaps" doc:"one construct minus another, within respondents"`
	Quadrants  Map[Quadrant]  `yaml:"quadrants" doc:"shares high on some constructs and low on others"`
	Choices    Map[Choice]    `yaml:"choices" doc:"tick all that apply"`
	Variables  Map[Variable]  `yaml:"variables" doc:"what respondents are grouped by"`
	Pos        diag.Pos       `yaml:"-"`
}

// Scale is an ordered set of options, or a range of whole numbers.
type Scale struct {
	Options  Names    `yaml:"options" doc:"labels in order; the first has code 1"`
	Min      *int     `yaml:"min" doc:"lowest number of a numeric scale"`
	Max      *int     `yaml:"max" doc:"highest number of a numeric scale"`
	Positive Names    `yaml:"positive" req:"true" doc:"the options that count as positive"`
	Unscored Names    `yaml:"unscored" doc:"answers beside the scale, such as Unsure"`
	Pos      diag.Pos `yaml:"-"`
}

// Construct is a set of items with one score. After Load, Positive and
// MinAnswered are never empty and Statistics holds what is to be estimated.
type Construct struct {
	Title       string   `yaml:"title" req:"true" doc:"its words"`
	Items       Names    `yaml:"items" req:"true" doc:"its items"`
	Headline    string   `yaml:"headline" doc:"the item whose answer decides high or low"`
	Positive    Decimal  `yaml:"positive" doc:"score from which a respondent is high, where no headline decides; 75 unless given"`
	MinAnswered Decimal  `yaml:"min_answered" doc:"share of the items asked that must be answered; 0.5 unless given"`
	Statistics  Names    `yaml:"statistics" doc:"mean, median, lower_quartile, upper_quartile; mean and median unless given"`
	Pos         diag.Pos `yaml:"-"`
}

// Item is one question.
type Item struct {
	Title      string   `yaml:"title" req:"true" doc:"what it asks, in the study's own words"`
	Scale      string   `yaml:"scale" req:"true" doc:"id of its scale"`
	Reversed   bool     `yaml:"reversed" doc:"agreeing means less of the construct"`
	Sensitive  bool     `yaml:"sensitive" doc:"small counts are hidden too"`
	Statistics Names    `yaml:"statistics" doc:"mean, median, lower_quartile, upper_quartile; mean unless given"`
	Pos        diag.Pos `yaml:"-"`
}

// Gap is one construct minus another.
type Gap struct {
	Title      string   `yaml:"title" doc:"its words; made from the two constructs when absent"`
	Of         string   `yaml:"of" req:"true" doc:"construct"`
	Minus      string   `yaml:"minus" req:"true" doc:"construct to subtract"`
	Statistics Names    `yaml:"statistics" doc:"mean, median, lower_quartile, upper_quartile; mean and median unless given"`
	Pos        diag.Pos `yaml:"-"`
}

// Quadrant is a share of respondents high on some constructs, low on others.
type Quadrant struct {
	Title     string   `yaml:"title" doc:"its words; made from its sides when absent"`
	High      Names    `yaml:"high" doc:"constructs that must be high; the first is the base of of_high"`
	Low       Names    `yaml:"low" doc:"constructs that must be low"`
	Sensitive bool     `yaml:"sensitive" doc:"small counts are hidden too"`
	Pos       diag.Pos `yaml:"-"`
}

// Choice is a tick-all-that-apply question; Options maps option id to label.
type Choice struct {
	Title     string      `yaml:"title" req:"true" doc:"what it asks"`
	Options   Map[string] `yaml:"options" req:"true" doc:"option ids and their labels"`
	Sensitive bool        `yaml:"sensitive" doc:"small counts are hidden too"`
	Pos       diag.Pos    `yaml:"-"`
}

// Variable groups respondents; Categories maps category id to label.
type Variable struct {
	Title        string      `yaml:"title" req:"true" doc:"its words"`
	Categories   Map[string] `yaml:"categories" doc:"category ids and their labels"`
	Organisation bool        `yaml:"organisation" doc:"any value; the PSU wherever a codebook maps it"`
	Sensitive    bool        `yaml:"sensitive" doc:"small counts are hidden too"`
	Pos          diag.Pos    `yaml:"-"`
}

// Codebook is codebooks/<survey>.yaml: how one survey's export says it. Every
// column name is a list of alternatives, of which the first that the file has
// is taken.
type Codebook struct {
	Version    int                 `yaml:"version" req:"true" doc:"format of this file: 1"`
	Extends    string              `yaml:"extends" doc:"codebook to take and change, beside this one"`
	Platform   string              `yaml:"platform" enum:"qualtrics|surveymonkey|jisc|msforms|googleforms|smartsurvey|limesurvey|redcap|generic" doc:"detected when absent"`
	Sheet      string              `yaml:"sheet" doc:"sheet of a workbook"`
	MinSeconds int                 `yaml:"min_seconds" doc:"faster respondents are set aside as speeders"`
	Duplicates string              `yaml:"duplicates" enum:"last|keep" doc:"rows with one id: the last stays, or all do; last unless given"`
	Unknown    string              `yaml:"unknown" enum:"fail|invalid" doc:"an answer that nothing names stops the run, or is missing as invalid; fail unless given"`
	ID         Names               `yaml:"id" doc:"column that tells respondents apart; hashed, never stored"`
	Person     Names               `yaml:"person" doc:"column that tells people apart across waves and surveys; hashed, never stored"`
	Completed  Names               `yaml:"completed" doc:"column with the time of completion"`
	Keep       Map[Names]          `yaml:"keep" doc:"values of a column whose rows count; answered keeps any value"`
	Items      Map[ItemSource]     `yaml:"items" doc:"item ids and where the export has them"`
	Choices    Map[ChoiceSource]   `yaml:"choices" doc:"choice ids and where the export has them"`
	Variables  Map[VariableSource] `yaml:"variables" doc:"variable ids and where the export has them"`
	Missing    Map[string]         `yaml:"missing" doc:"values that mean a kind of missing"`
	Design     DesignSource        `yaml:"design" doc:"columns of the sampling design"`
	Pos        diag.Pos            `yaml:"-"`
}

// ItemSource says where an export has an item.
type ItemSource struct {
	Column  Names       `yaml:"column" req:"true" doc:"name of the column, or alternatives"`
	Labels  Map[string] `yaml:"labels" doc:"the export's labels and the scale's"`
	Missing Map[string] `yaml:"missing" doc:"values of this column that mean a kind of missing"`
	Waves   Names       `yaml:"waves" doc:"waves that asked it; all unless given"`
	Version int         `yaml:"version" doc:"raised when the wording or its options changed; 1 unless given"`
	Unknown string      `yaml:"unknown" enum:"fail|invalid" doc:"as the codebook's unknown, for this column"`
	Pos     diag.Pos    `yaml:"-"`
}

// ChoiceSource says where an export has a tick-all question: Columns is a
// pattern over several columns, or Column is one with answers joined.
type ChoiceSource struct {
	Columns   string      `yaml:"columns" doc:"pattern with a star that stands for the option"`
	Column    Names       `yaml:"column" doc:"one column with the ticked labels joined"`
	Separator string      `yaml:"separator" doc:"what joins the labels in one column; none is needed for a single check box"`
	Map       Map[string] `yaml:"map" doc:"the export's labels and the option ids"`
	Waves     Names       `yaml:"waves" doc:"waves that asked it; all unless given"`
	Version   int         `yaml:"version" doc:"raised when the wording or its options changed; 1 unless given"`
	Unknown   string      `yaml:"unknown" enum:"fail|invalid" doc:"as the codebook's unknown, for this question"`
	Pos       diag.Pos    `yaml:"-"`
}

// VariableSource says where an export has a variable.
type VariableSource struct {
	Column  Names       `yaml:"column" req:"true" doc:"name of the column, or alternatives"`
	Map     Map[string] `yaml:"map" doc:"the export's labels and the category ids"`
	Missing Map[string] `yaml:"missing" doc:"values of this column that mean a kind of missing"`
	Waves   Names       `yaml:"waves" doc:"waves that asked it; all unless given"`
	Unknown string      `yaml:"unknown" enum:"fail|invalid" doc:"as the codebook's unknown, for this column"`
	Pos     diag.Pos    `yaml:"-"`
}

// DesignSource names the columns of the sampling design. PSU may be none.
type DesignSource struct {
	Weight  Names    `yaml:"weight" doc:"sampling weight"`
	Stratum Names    `yaml:"stratum" doc:"stratum"`
	PSU     Names    `yaml:"psu" doc:"primary sampling unit; none says that respondents are"`
	FPC     Names    `yaml:"fpc" doc:"population number of PSUs in the stratum, or the fraction sampled"`
	Pos     diag.Pos `yaml:"-"`
}
