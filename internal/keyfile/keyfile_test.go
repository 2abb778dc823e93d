package keyfile

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func TestLoadMakesAKeyOnce(t *testing.T) {
	t.Setenv(Env, "")
	dir := t.TempDir()
	key, id, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(key) != 64 || len(id) != 8 || bytes.Contains(key, []byte(id)) {
		t.Errorf("key of %d bytes, id %q", len(key), id)
	}
	again, againID, err := Load(dir)
	if err != nil || !bytes.Equal(key, again) || id != againID {
		t.Errorf("a second run has another key: id %s, then %s, %v", id, againID, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != Name {
		t.Errorf("the folder holds %v, %v; want the key alone", entries, err)
	}
	info, err := os.Stat(filepath.Join(dir, Name))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
}

func TestLoadAtTheSameTime(t *testing.T) {
	t.Setenv(Env, "")
	dir := t.TempDir()
	ids := make([]string, 16)
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() {
			_, id, err := Load(dir)
			if err != nil {
				t.Error(err)
			}
			ids[i] = id
		})
	}
	group.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("runs at the same time have keys %s and %s", ids[0], id)
		}
	}
}

func TestLoadFromNamedFile(t *testing.T) {
	secret := strings.Repeat("k3", 16)
	for _, c := range []struct {
		name, content, want string
		mode                os.FileMode
		unix                bool
	}{
		{name: "enough", content: "  " + secret + "\r\n", mode: 0o600},
		{name: "read only", content: secret, mode: 0o400},
		{name: "too short", content: secret[1:] + "\n\n\n", mode: 0o600, want: "holds 31 bytes; a key has at least 32"},
		{name: "empty", content: "", mode: 0o600, want: "holds 0 bytes"},
		{name: "no key at all", content: strings.Repeat("x", 5000), mode: 0o600, want: "longer than 4096 bytes"},
		{name: "others read", content: secret, mode: 0o644, want: "mode 0644); run: chmod 600", unix: true},
		{name: "group reads", content: secret, mode: 0o640, want: "mode 0640); run: chmod 600", unix: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.unix && runtime.GOOS == "windows" {
				t.Skip("file modes do not exist on Windows")
			}
			path := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, c.mode); err != nil {
				t.Fatal(err)
			}
			t.Setenv(Env, path)
			study := t.TempDir()
			key, _, err := Load(study)
			if c.want == "" {
				if err != nil || string(key) != secret {
					t.Errorf("key %d bytes, error %v", len(key), err)
				}
			} else if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), secret[:8]) {
				t.Errorf("error %v; want %q and nothing of the key", err, c.want)
			}
			if entries, _ := os.ReadDir(study); len(entries) != 0 {
				t.Errorf("a key was made in the study folder: %v", entries)
			}
		})
	}
}

func TestLoadErrors(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none")
	t.Setenv(Env, missing)
	if _, _, err := Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "read the key") {
		t.Errorf("a named file that is missing: %v", err)
	}
	if _, err := os.Lstat(missing); err == nil {
		t.Error("a key was made where the user named one")
	}
	t.Setenv(Env, t.TempDir())
	if _, _, err := Load(t.TempDir()); err == nil {
		t.Error("a folder was taken for a key")
	}
	t.Setenv(Env, "")
	if _, _, err := Load(missing); err == nil || !strings.Contains(err.Error(), Env) {
		t.Errorf("a study folder that cannot be written to: %v; want advice", err)
	}
}
