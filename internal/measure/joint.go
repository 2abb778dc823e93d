package measure

import "github.com/caregap/caregap/internal/study"

// SideStates is how many states a side of a quadrant has: unknown, low, low on the
// negative answers of its headline item (or by score), and high.
const SideStates = 4

// mostSides is how many constructs may be counted jointly: 4^5 states.
const mostSides = 5

// Sides lists the constructs that any quadrant of a framework names, in its order:
// respondents are counted by their states on all of them together, from which every
// quadrant follows. It is nil where there are more than five.
func Sides(f *study.Framework) []string {
	named := map[string]bool{}
	for _, q := range f.Quadrants {
		for _, id := range q.Value.High {
			named[id] = true
		}
		for _, id := range q.Value.Low {
			named[id] = true
		}
	}
	if len(named) > mostSides {
		return nil
	}
	var out []string
	for _, id := range f.Constructs.IDs() {
		if named[id] {
			out = append(out, id)
		}
	}
	return out
}

// addJoint plans the joint states; the state of the first side counts most.
func (p *Plan) addJoint() {
	for _, id := range Sides(p.Schema.Study.Framework) {
		p.joint = append(p.joint, p.Schema.Study.Framework.Constructs.Index(id))
		p.jointStates = max(1, p.jointStates) * SideStates
	}
}

// prepareJoint joins the states of a block's respondents, which must be those of
// the constructs' own thresholds.
func (p *Plan) prepareJoint(rows int, to *Prepared) {
	to.joint = grow(to.joint, rows)
	clear(to.joint)
	for _, c := range p.joint {
		for r, state := range to.states[c][:rows] {
			to.joint[r] = to.joint[r]*SideStates + uint16(state)
		}
	}
}

// countJoint counts respondents with a weight above 0 by category and joint state.
func (p *Partition) countJoint(weights []float64, categories []int32, joint []uint16, states int) {
	if states == 0 {
		return
	}
	p.Joint = atLeast(p.Joint, len(p.Respondents)*states)
	for r, c := range categories {
		if weights[r] > 0 {
			p.Joint[int(c+1)*states+int(joint[r])]++
		}
	}
}

// JointStates is how many joint states there are; 0 without quadrants.
func (p *Plan) JointStates() int { return p.jointStates }
