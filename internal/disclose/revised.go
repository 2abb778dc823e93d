package disclose

// revisions flags the numbers that were published before with another value.
func (r *Release) revisions(e Evidence) {
	if e.Revised == nil {
		return
	}
	for i := range r.rows {
		if row := &r.rows[i]; row.Shown() && e.Revised(*row) {
			row.Flags += Revised
		}
	}
}
