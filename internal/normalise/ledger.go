package normalise

// Ledger accounts for every row of one export: Rows = Respondents + the sum of
// SetAside. All counts are exact; the public form is disclose.FileLedger.
type Ledger struct {
	Survey      string          `json:"survey"`
	Wave        string          `json:"wave"`
	File        string          `json:"file"`
	Sheet       string          `json:"sheet,omitempty"` // that was read, of a workbook with several
	Platform    string          `json:"platform"`
	Rows        int             `json:"rows"`
	Respondents int             `json:"respondents"`
	SetAside    []ReasonCount   `json:"set_aside"`
	Rejected    []RejectedCount `json:"rejected"`
}

// ReasonCount is how many rows were set aside for a reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// RejectedCount is how many values of a column could not be used.
type RejectedCount struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}
