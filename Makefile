# What CI runs is `make check`. Tools are run by version, so that go.mod holds only what ships.

GO          ?= go
STUDY       ?= testdata/studies/care
OUT         ?= out/care
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
GOSEC       := github.com/securego/gosec/v2/cmd/gosec@v2.30.0
PROGRAM     := dist/caregap$(shell $(GO) env GOEXE)

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## build dist/caregap
	@mkdir -p dist
	$(GO) build -trimpath -o $(PROGRAM) ./cmd/caregap

.PHONY: run
run: build ## run the example study and say where the report is (STUDY=..., OUT=...)
	$(PROGRAM) run $(STUDY) --out $(OUT)

.PHONY: test
test: ## run the tests
	$(GO) test ./...

.PHONY: test-slow
test-slow: ## simulations and deliberate mistakes, for minutes, and attacks on 10,000 studies, for an hour on two cores (not part of check)
	$(GO) vet -tags slow ./internal/survey ./internal/request ./internal/attack
	$(GO) test -tags slow -count=1 -timeout 1h -v ./internal/survey -run 'Coverage|Mistakes'
	$(GO) test -tags slow -count=1 -timeout 8h -v ./internal/attack -run NothingIsRecovered

# A target that finds something leaves its input in testdata/fuzz of its package.
FUZZTIME ?= 10m
.PHONY: fuzz
fuzz: ## every fuzz target in turn, ten minutes each (FUZZTIME=...)
	@set -e; grep -rl --include='*_test.go' '^func Fuzz' internal | sort | while read -r file; do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\)(.*/\1/p' $$file); do \
			echo "$$target in $$(dirname $$file), $(FUZZTIME)"; \
			$(GO) test ./$$(dirname $$file) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) </dev/null; \
		done; \
	done

.PHONY: test-office
test-office: releases ## every study's workbooks as LibreOffice reads them, cell by cell (needs LibreOffice Calc)
	@command -v soffice >/dev/null || { echo "soffice is missing; on Debian: apt-get install libreoffice-calc"; exit 1; }
	$(GO) vet -tags office ./reports/workbook
	$(GO) test -tags office -count=1 -v ./reports/workbook -run Office -timeout 20m -releases '$(CURDIR)/out/readers/*/current/public'

# Each study's release as out/readers/STUDY, for the programs that read it.
.PHONY: releases
releases: build
	@rm -rf out/readers
	@for study in testdata/studies/*/; do \
		name=$$(basename $$study); \
		$(PROGRAM) run $$study --quiet --out out/readers/$$name || exit 1; done

.PHONY: test-frictionless
test-frictionless: releases ## every study's data package as frictionless reads it (needs Python with venv)
	@python=$$(testdata/readers/environment.sh frictionless) && \
	$$python testdata/readers/frictionless_check.py out/readers/*/current/public

# Chromium as root on Debian is installed; elsewhere it is said what is missing.
.PHONY: test-browser
test-browser: releases ## every study's page in Chromium, with axe-core: looks, keyboard, print (needs Chromium, npm)
	@rm -rf out/browser
	@program=$$(reports/page/browser/tools.sh chromium) && axe=$$(reports/page/browser/tools.sh axe) && \
	$(GO) vet -tags browser ./reports/page/browser && \
	$(GO) test -tags browser -count=1 -timeout 60m -v ./reports/page/browser -chromium $$program -axe $$axe -releases $(CURDIR)/out/readers -keep $(CURDIR)/out/browser

.PHONY: test-gptables
test-gptables: releases ## every study's workbook beside what gptables writes of the same tables (needs Python with venv)
	@python=$$(testdata/readers/environment.sh gptables) && \
	$$python testdata/readers/gptables_check.py out/readers/*/current/public

.PHONY: test-markdown
test-markdown: releases ## every study's report.md as GitHub reads it, beside the page (needs Python with venv)
	@python=$$(testdata/readers/environment.sh markdown) && \
	$$python testdata/readers/markdown_check.py out/readers/*/current/public

.PHONY: check
check: format vet staticcheck race generated ## what CI runs: format, vet, staticcheck, tests with -race, generated files

.PHONY: format
format:
	@files=$$(gofmt -l cmd pipeline internal reports testdata bench) && if [ -n "$$files" ]; then echo "run gofmt -w on:"; echo "$$files"; exit 1; fi

# The product is built without cgo, on every system it is meant for.
.PHONY: vet
vet:
	$(GO) vet ./...
	CGO_ENABLED=0 GOOS=linux $(GO) build -o /dev/null ./...
	CGO_ENABLED=0 GOOS=windows $(GO) vet ./...
	CGO_ENABLED=0 GOOS=darwin $(GO) vet ./...

.PHONY: staticcheck
staticcheck:
	$(GO) run $(STATICCHECK) ./...

.PHONY: check-security
check-security: govulncheck gosec ## known vulnerabilities (needs the network), and gosec; part of CI

# The database of vulnerabilities is on the network, or where VULNDB says (file:///...).
# Without it the check is skipped, and says so; anything else that goes wrong is a failure,
# and so is each finding that .ci/vulnerabilities does not argue.
.PHONY: govulncheck
govulncheck:
	@out=$$($(GO) run $(GOVULNCHECK) $(if $(VULNDB),-db $(VULNDB)) ./... 2>&1); code=$$?; echo "$$out"; \
	if echo "$$out" | grep -qE '(fetching vulnerabilities|^go: ).*(no such host|dial tcp|timeout|unreachable)'; then \
		echo "SKIPPED: govulncheck found no network; known vulnerabilities were NOT looked for"; exit 0; fi; \
	[ $$code -eq 0 ] && exit 0; \
	found=$$(echo "$$out" | sed -n 's/^Vulnerability #[0-9]*: //p'); [ -n "$$found" ] || exit 1; \
	for id in $$found; do \
		grep "^$$id " .ci/vulnerabilities || { echo "$$id is neither mended nor argued in .ci/vulnerabilities"; exit 1; }; done

# A finding is mended, or argued beside the code: //gosec:disable RULE -- reason.
# bench is a module of its own and does not ship.
.PHONY: gosec
gosec:
	$(GO) run $(GOSEC) -quiet -exclude-dir=bench -nosec-require-rules -nosec-require-justification ./...

# Import directions are among the tests: internal/house.
.PHONY: race
race:
	CGO_ENABLED=1 $(GO) test -race -timeout 30m ./...

# Generated files are what their generators make. What is not committed yet stays as it is.
.PHONY: generated
generated:
	@before=$$(git status --porcelain; git diff | git hash-object --stdin); \
	$(GO) generate ./... && \
	after=$$(git status --porcelain; git diff | git hash-object --stdin); \
	if [ "$$before" != "$$after" ]; then echo "go generate changed:"; git status --porcelain; exit 1; fi

.PHONY: bench
bench: ## a million rows through caregap and DuckDB, a workbook through it and python-calamine (needs a C compiler)
	cd bench && CGO_ENABLED=1 $(GO) vet ./... && CGO_ENABLED=1 $(GO) test ./... && CGO_ENABLED=1 $(GO) run . $(BENCHFLAGS)

# R's values are committed, so that tests need no R; this makes them anew.
.PHONY: oracle
oracle: ## the example study's numbers by R's survey package (needs R)
	@command -v Rscript >/dev/null || { echo "Rscript is missing; on Debian: apt-get install r-base-core r-cran-survey r-cran-mass"; exit 1; }
	$(GO) test ./pipeline -count=1 -run TestExampleAgreesWithR -oracle-dump
	Rscript testdata/oracle/care.R testdata/oracle/care
	$(GO) test ./pipeline -count=1 -run TestExampleAgreesWithR

.PHONY: cover
cover: ## tests with coverage by function, in coverage.out
	$(GO) test -coverpkg=./... -coverprofile=coverage.out ./...
	$(GO) tool cover -func=coverage.out | tail -n 1

.PHONY: clean
clean: ## remove what was built, made and measured
	rm -rf dist out coverage.out bench/data bench/out
