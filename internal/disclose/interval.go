package disclose

// intervals are what the audit proved of each hidden row's protected number: its
// base where that is under min_base, else the count of a sensitive share.
func (h *hider) intervals() []Interval {
	out := make([]Interval, len(h.rows))
	for _, w := range h.waves {
		at := map[[2]int]int{}
		for i, f := range w.findings {
			at[[2]int{f.Domain, f.Quantity}] = i + 1
		}
		for i := range w.Rows {
			r := &w.Rows[i]
			what, quantity := "base", r.Base
			switch h.rules[r.Index] {
			case RuleBase:
			case RuleSensitive:
				what, quantity = "count", r.Count
			default:
				continue
			}
			if j := at[[2]int{r.Domain, quantity}] - 1; j >= 0 {
				out[r.Index] = Interval{what, w.findings[j].Lo, w.findings[j].Hi}
			}
		}
	}
	return out
}
