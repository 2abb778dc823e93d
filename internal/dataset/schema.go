// Package dataset keeps the one schema as an Arrow schema and writes respondents
// to Parquet, in parts under survey=.../wave=..., as every engine reads it.
//
//	respondent   string   keyed hash of the respondent's id
//	completed    string   YYYY-MM-DDTHH:MM:SS as written in the export
//	<variable>   string   category id, or the organisation
//	weight       double
//	design_weight  double   where the study rakes weights: the weight before, NULL for 1
//	stratum, psu string
//	<item>       int32    1..k, or the number on a numeric scale
//	<item>__missing  string   kind of missing where <item> is NULL
//	<choice>__<option>  int32  1 ticked, 0 seen and not ticked
//	<choice>__missing   string kind of missing where all options are NULL
//	<construct>, <gap>  double 0 to 100, points
//
// Unknown is NULL and never NaN. Survey and wave are the partition's folders.
// A part is one chunk of an export, so parts are written side by side and the
// same exports give the same parts, on one core or many.
package dataset

import (
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"github.com/caregap/caregap/internal/normalise"
)

// kind is how a column is filled from a block.
type kind uint8

const (
	respondent kind = iota
	completed
	variable
	weight
	designWeight
	stratum
	psu
	itemCode
	itemMissing
	optionCode
	choiceMissing
	numeric
)

// column is one column of the schema.
type column struct {
	field arrow.Field
	kind  kind
	index int // of the variable, item, option, choice or numeric measure
}

// Schema is the one schema of a study as Arrow and Parquet know it.
type Schema struct {
	columns []column
	source  *normalise.Schema
	flat    *schema.Schema
	props   *parquet.WriterProperties
}

// NewSchema lays the columns of a study out. numerics are the ids of its
// constructs and gaps, in the order of measure.Plan.Numerics.
func NewSchema(s *normalise.Schema, numerics []string) (*Schema, error) {
	out := &Schema{source: s}
	add := func(name string, t arrow.DataType, k kind, index int) {
		out.columns = append(out.columns, column{arrow.Field{Name: name, Type: t, Nullable: k != respondent}, k, index})
	}
	text, code, double := arrow.BinaryTypes.String, arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Float64
	add("respondent", text, respondent, 0)
	add("completed", text, completed, 0)
	for i, v := range s.Variables {
		add(v.ID, text, variable, i)
	}
	add("weight", double, weight, 0)
	if len(s.Study.Weights) > 0 {
		add("design_weight", double, designWeight, 0)
	}
	add("stratum", text, stratum, 0)
	add("psu", text, psu, 0)
	for i, c := range s.Items {
		add(c.ID, code, itemCode, i)
		add(c.ID+"__missing", text, itemMissing, i)
	}
	for i, c := range s.Choices {
		for o, option := range c.Choice.Options {
			add(c.ID+"__"+option.ID, code, optionCode, c.First+o)
		}
		add(c.ID+"__missing", text, choiceMissing, i)
	}
	for i, id := range numerics {
		add(id, double, numeric, i)
	}
	return out, out.parquet()
}

// Arrow returns the schema as Arrow types.
func (s *Schema) Arrow() *arrow.Schema {
	fields := make([]arrow.Field, len(s.columns))
	for i, c := range s.columns {
		fields[i] = c.field
	}
	return arrow.NewSchema(fields, nil)
}

// parquet derives the Parquet schema. Packed codes do not get smaller by
// compression, numbers and times do.
func (s *Schema) parquet() error {
	var nodes schema.FieldList
	props := []parquet.WriterProperty{
		parquet.WithVersion(parquet.V2_LATEST), parquet.WithCreatedBy("caregap"), parquet.WithStats(false),
		parquet.WithCompression(compress.Codecs.Uncompressed), parquet.WithDictionaryDefault(true),
	}
	for _, c := range s.columns {
		repetition := parquet.Repetitions.Optional
		if !c.field.Nullable {
			repetition = parquet.Repetitions.Required
		}
		node, err := newNode(c.field, repetition)
		if err != nil {
			return err
		}
		nodes = append(nodes, node)
		switch c.kind {
		case numeric, weight, designWeight, completed:
			props = append(props, parquet.WithDictionaryFor(c.field.Name, false), parquet.WithCompressionFor(c.field.Name, compress.Codecs.Snappy))
		case respondent:
			props = append(props, parquet.WithDictionaryFor(c.field.Name, false))
		}
	}
	root, err := schema.NewGroupNode("respondents", parquet.Repetitions.Required, nodes, -1)
	if err != nil {
		return err
	}
	s.flat, s.props = schema.NewSchema(root), parquet.NewWriterProperties(props...)
	return nil
}

func newNode(f arrow.Field, r parquet.Repetition) (schema.Node, error) {
	switch f.Type.ID() {
	case arrow.INT32:
		return schema.NewInt32Node(f.Name, r, -1), nil
	case arrow.FLOAT64:
		return schema.NewFloat64Node(f.Name, r, -1), nil
	}
	return schema.NewPrimitiveNodeLogical(f.Name, r, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)
}
