package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/request"
)

// estimateFlags say what to estimate, of whom, and how the sample was drawn.
type estimateFlags struct {
	mean, share, total, ratio, quantile, gap []string

	by, where, difference []string

	weight             string
	stratum, psu, fpc  []string
	nest               bool
	rake, poststratify string
	lonely             string
	level              float64
	requests           string
}

func (f *estimateFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringSliceVar(&f.mean, "mean", nil, "means of these `columns`")
	flags.StringSliceVar(&f.share, "share", nil, "shares: of the rows with 1, or of each category of these `columns`")
	flags.StringSliceVar(&f.total, "total", nil, "totals of these `columns`")
	flags.StringSliceVar(&f.ratio, "ratio", nil, "ratios of two columns' totals, as `a/b`")
	flags.StringSliceVar(&f.quantile, "quantile", nil, "quantiles, as `column:probability`; y:0.5 is the median of y")
	flags.StringSliceVar(&f.gap, "gap", nil, "mean gaps between two columns, from rows that have both, as `a-b`")
	flags.StringSliceVar(&f.by, "by", nil, "one estimate for each combination of categories of these `columns`")
	flags.StringArrayVar(&f.where, "where", nil, "only rows with a value, as `column=value`; may be given again: all must hold")
	flags.StringArrayVar(&f.difference, "difference", nil, "also the difference between two categories, as `column=a..b`: that of b less that of a")
	flags.StringVar(&f.weight, "weight", "", "the `column` of weights (default: from --fpc, else 1)")
	flags.StringSliceVar(&f.stratum, "stratum", nil, "the `columns` of strata, one a stage")
	flags.StringSliceVar(&f.psu, "psu", nil, "the `columns` of sampling units, one a stage (default: each row is one)")
	flags.StringSliceVar(&f.fpc, "fpc", nil, "the `columns` of population sizes or sampling fractions, one a stage")
	flags.BoolVar(&f.nest, "nest", false, "units' names hold within their stratum only")
	flags.StringVar(&f.rake, "rake", "", "rake to the population totals in a `file` with the columns variable, category, population")
	flags.StringVar(&f.poststratify, "poststratify", "", "post-stratify to the cells in a `file` with a column for each variable, and population")
	flags.StringVar(&f.lonely, "lonely-psu", "fail", "strata with one unit: `fail, certainty, adjust, average or remove`")
	flags.Float64Var(&f.level, "level", 0.95, "the confidence `level` of limits")
	flags.StringVar(&f.requests, "requests", "", "answer the requests in a `file`, one a line; - is standard input")
	for _, name := range columnFlags {
		complete(cmd, name, completeColumns)
	}
	complete(cmd, "lonely-psu", cobra.FixedCompletions(lonelyOptions, cobra.ShellCompDirectiveNoFileComp))
}

// columnFlags are those whose values are lists of columns.
var columnFlags = []string{"mean", "share", "total", "by", "weight", "stratum", "psu", "fpc"}

var lonelyOptions = []string{"fail", "certainty", "adjust", "average", "remove"}

// completeColumns offers the columns of the file that is on the command line,
// after those that are there already.
func completeColumns(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	file, err := frame.Open(args[0], args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer file.Close()
	before := typed[:strings.LastIndexByte(typed, ',')+1]
	var out []string
	for _, c := range file.Columns {
		out = append(out, before+c)
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// check refuses what is wrong without a look at the file.
func (f *estimateFlags) check(cmd *cobra.Command) error {
	statistics := len(f.mean) + len(f.share) + len(f.total) + len(f.ratio) + len(f.quantile) + len(f.gap)
	if err := f.checkColumns(cmd); err != nil {
		return err
	}
	switch {
	case f.requests != "" && besides(cmd, "requests") != "":
		return &usageError{message: "--requests says all itself, found also --" + besides(cmd, "requests")}
	case f.requests != "":
		return nil
	case statistics == 0:
		return &usageError{message: "nothing to estimate", hint: "--mean, --share, --total, --ratio, --quantile or --gap"}
	case len(f.difference) > 0 && statistics == len(f.quantile):
		return &usageError{message: "--difference is of means, shares, totals, ratios and gaps, not of quantiles"}
	case f.rake != "" && f.poststratify != "":
		return &usageError{message: "--rake or --poststratify, not both"}
	case !(f.level > 0 && f.level < 1):
		return &usageError{message: fmt.Sprintf("--level is between 0 and 1, found %v", f.level)}
	}
	if _, ok := request.ParseLonely(f.lonely); !ok {
		return &usageError{message: "--lonely-psu is one of " + strings.Join(lonelyOptions, ", ") + ", not " + quote(f.lonely), hint: diag.NearestHint(f.lonely, lonelyOptions)}
	}
	return nil
}

// checkColumns refuses flags without a value, such as that of a variable that a
// script has not set, columns of stages that there are not, and groups twice.
func (f *estimateFlags) checkColumns(cmd *cobra.Command) error {
	empty := ""
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed && empty == "" && hasEmpty(flag.Value) {
			empty = flag.Name
		}
	})
	if empty != "" {
		return &usageError{message: "--" + empty + " has an empty value"}
	}
	stages := max(1, len(f.psu))
	for _, of := range []struct {
		flag    string
		columns []string
	}{{"stratum", f.stratum}, {"fpc", f.fpc}} {
		if n := len(of.columns); n > stages {
			return &usageError{message: fmt.Sprintf("--%s has %d columns and --psu %d", of.flag, n, len(f.psu)), hint: "name one a stage"}
		}
	}
	for i, c := range f.by {
		if slices.Contains(f.by[:i], c) {
			return &usageError{message: "--by has " + quote(c) + " twice"}
		}
	}
	return nil
}

// hasEmpty reports whether a flag's value, or one of a list of them, is empty.
func hasEmpty(value pflag.Value) bool {
	list, ok := value.(pflag.SliceValue)
	if !ok {
		return value.String() == ""
	}
	return len(list.GetSlice()) == 0 || slices.Contains(list.GetSlice(), "")
}

// question is what the flags ask of a file. The order of items is that of the
// help, not of the command line.
func (f *estimateFlags) question(ctx context.Context, file *frame.File) (*request.Question, error) {
	q := &request.Question{
		Design: request.Design{IDs: f.psu, Strata: f.stratum, Weights: f.weight, FPC: f.fpc, Nest: f.nest},
		By:     f.by, Level: f.level,
	}
	q.Lonely, _ = request.ParseLonely(f.lonely)
	if err := f.items(q, file.Columns); err != nil {
		return nil, err
	}
	if err := f.conditions(q); err != nil {
		return nil, err
	}
	var step request.Step
	var err error
	switch {
	case f.rake != "":
		step, err = request.RakeTo(ctx, f.rake, f.rake)
	case f.poststratify != "":
		step, err = request.PoststratifyTo(ctx, f.poststratify, f.poststratify)
	}
	if step != nil {
		q.Weights = append(q.Weights, step)
	}
	return q, err
}

func (f *estimateFlags) items(q *request.Question, columns []string) error {
	add := func(kind request.Kind, columns ...string) {
		q.Items = append(q.Items, request.Item{Kind: kind, Columns: columns})
	}
	for _, c := range f.mean {
		add(request.Mean, c)
	}
	for _, c := range f.share {
		add(request.Share, c)
	}
	for _, c := range f.total {
		add(request.Total, c)
	}
	for _, text := range f.ratio {
		a, b, ok := halves(text, "/", columns)
		if !ok {
			return &usageError{message: "--ratio wants a/b, found " + quote(text)}
		}
		add(request.Ratio, a, b)
	}
	for _, text := range f.quantile {
		at := strings.LastIndexByte(text, ':')
		p, err := strconv.ParseFloat(text[at+1:], 64)
		if at <= 0 || err != nil || !(p >= 0 && p <= 1) {
			return &usageError{message: "--quantile wants column:probability, the latter from 0 to 1, found " + quote(text)}
		}
		q.Items = append(q.Items, request.Item{Kind: request.Quantile, Columns: []string{text[:at]}, Quantile: p})
	}
	for _, text := range f.gap {
		a, b, ok := halves(text, "-", columns)
		if !ok {
			return &usageError{message: "--gap wants a-b, found " + quote(text)}
		}
		add(request.Gap, a, b)
	}
	return nil
}

// halves takes two columns apart. Names may have the separator in them: the first
// place where both sides are columns counts, else the first.
func halves(text, separator string, columns []string) (a, b string, ok bool) {
	known := make(map[string]bool, len(columns))
	for _, c := range columns {
		known[c] = true
	}
	for at := 1; at < len(text)-1; at++ {
		if text[at:at+1] == separator && known[text[:at]] && known[text[at+1:]] {
			return text[:at], text[at+1:], true
		}
	}
	a, b, ok = strings.Cut(text, separator)
	return a, b, ok && a != "" && b != ""
}

func (f *estimateFlags) conditions(q *request.Question) error {
	for _, text := range f.where {
		column, value, ok := strings.Cut(text, "=")
		if !ok || column == "" || value == "" {
			return &usageError{message: "--where wants column=value, found " + quote(text)}
		}
		q.Where = append(q.Where, request.Where{Column: column, Category: value})
	}
	for _, text := range f.difference {
		column, ends, _ := strings.Cut(text, "=")
		from, to, ok := strings.Cut(ends, "..")
		if !ok || column == "" || from == "" || to == "" {
			return &usageError{message: "--difference wants column=a..b, found " + quote(text)}
		}
		q.Differences = append(q.Differences, request.Difference{Column: column, From: from, To: to})
	}
	return nil
}
