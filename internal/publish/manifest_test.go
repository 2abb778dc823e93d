package publish

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

func example() Manifest {
	s := &study.Study{
		ID: "care", Title: "Will & capacity", Notice: "Made-up data", Confidence: 0.95, Meaningful: 5,
		Surveys:    []*study.Survey{{ID: "rcp"}, {ID: "crn"}},
		Breakdowns: []study.Breakdown{{"staff_group"}, {"staff_group", "setting"}},
		Disclosure: study.Disclosure{MinBase: 10, MinCount: 5, DistributionBase: 100, Decimals: 1, KeepReleases: 5},
	}
	return Manifest{
		SchemaVersion: SchemaVersion, ID: "3f9a1c07be42", Version: "0.1.0", Study: TitlesOf(s), Settings: SettingsOf(s),
		Counts: Counts{Published: 120, Suppressed: 3},
		Inputs: []Input{{Path: "study.yaml", SHA256: "aa", Kind: "study"}},
	}
}

func TestManifest(t *testing.T) {
	got, err := EncodeManifest(example())
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "schema_version": 1,
  "id": "3f9a1c07be42",
  "version": "0.1.0",
  "study": {
    "id": "care",
    "title": "Will & capacity",
    "notice": "Made-up data"
  },
  "settings": {
    "surveys": [
      "rcp",
      "crn"
    ],
    "breakdowns": [
      [
        "staff_group"
      ],
      [
        "staff_group",
        "setting"
      ]
    ],
    "same_people": [],
    "confidence": 0.95,
    "meaningful": 5,
    "min_base": 10,
    "min_count": 5,
    "sensitive": [],
    "sensitive_all": false,
    "distribution_base": 100,
    "decimals": 1,
    "keep_releases": 5
  },
  "counts": {
    "published": 120,
    "suppressed": 3
  },
  "inputs": [
    {
      "path": "study.yaml",
      "sha256": "aa",
      "kind": "study"
    }
  ]
}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
}

func TestManifestsReadBack(t *testing.T) {
	began := time.Date(2024, 3, 1, 2, 0, 0, 0, time.UTC)
	want := PrivateManifest{Manifest: example(), KeyID: "0a1b2c3d", Started: began, Finished: began.Add(time.Second)}
	data, err := EncodeManifest(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeManifest[PrivateManifest](data)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("private manifest, %v (-want +got):\n%s", err, diff)
	}
	public, err := DecodeManifest[Manifest](data)
	if diff := cmp.Diff(example(), public); err != nil || diff != "" {
		t.Errorf("the private manifest holds the public one, %v (-want +got):\n%s", err, diff)
	}
	if _, err := DecodeManifest[Manifest]([]byte("{")); err == nil {
		t.Error("half a manifest was read")
	}
}

func TestInputIsDisclosesInput(t *testing.T) {
	in := Input{Path: "study.yaml", SHA256: "aa", Kind: "study"}
	if got := disclose.Input(in); got != (disclose.Input{Path: "study.yaml", SHA256: "aa", Kind: "study"}) {
		t.Errorf("converted to %+v", got)
	}
}
