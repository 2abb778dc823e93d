// Package publish owns a study's output folder. It puts a release there whole
// or not at all:
//
//		OUT/.lock                  held by the run that is at work
//		OUT/current                names the release that counts: a link, or a text file
//		OUT/releases/<id>/public   what may be shared
//		OUT/releases/<id>/private  what may not, mode 0700
//
//	 1. Lock keeps a second run out.
//	 2. Stage makes OUT/releases/.tmp-..., which no reader looks at, and removes
//	    what a killed run left there.
//	 3. Reports and data are written into the staging folder.
//	 4. Publish closes private/ to others, flushes every file to the disk, renames
//	    the folder to its id, and replaces `current` in one step.
//	 5. The private folders of releases beyond the number kept are removed.
//
// Until step 4 replaces `current`, the last release counts; after it, the new
// one. There is no moment between, so a run may be killed at any time.
//
// The package also names releases (ID, HashFile), describes them (Manifest), and
// says what changed since the last (Changes).
package publish

import "errors"

// ErrLocked says that another run holds the output folder's lock.
var ErrLocked = errors.New("another run is at work in this output folder")

// ErrHeldOpen says that another program holds a file open, so that it cannot be
// renamed or removed. Windows does that.
var ErrHeldOpen = errors.New("another program holds it open; close it and run again")

// ErrNotPruned says that a release was published and is current, but that an
// older release's private folder could not be removed. The next release tries
// again.
var ErrNotPruned = errors.New("older private data was not removed")
