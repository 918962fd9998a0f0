# Holdfast's verbs. `make` alone lists them; each looks for a JDK 25 by itself (build/jdk.sh).
.DEFAULT_GOAL := help
.PHONY: help demo demo-grid test soak replay run bench crash artifacts advisories format clean

help: ## lists these verbs
	@echo "Holdfast keeps an experiment's data as its data management plan says, and proves it."
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

demo: ## shows the main job on real bytes, narrated, in about three minutes
	@build/script.sh demo/run.sh

demo-grid: ## the same with three of the sites behind real XRootD servers, reached by WebDAV
	@build/setup.sh
	@build/script.sh demo/run.sh --grid

test: ## builds, runs every test, and says how long each suite took
	@build/test.sh

soak: ## plays 10,000 seeds of the simulation of the whole house (FROM=4001 goes on where a run was broken off)
	@build/simulate.sh 10000 $(FROM)

replay: ## replays one seed of the simulation and tells what happened: make replay SEED=7
	@build/simulate.sh seed $(SEED)

run: ## runs a lasting server on ./data and port 8470
	@build/aot.sh || true
	@exec ./holdfast serve --data ./data --port 8470 --plan plans/belle2.yaml

bench: ## measures, and prints the figures that docs/ quotes
	@build/script.sh bench/run.sh

crash: ## kills and cuts the power at many more points than `make test` does (MORE=200 SEEDS=5000; POINT= or CUT= replays one)
	@build/crash.sh "$(POINT)" "$(CUT)" "$(MORE)" "$(SEEDS)"

artifacts: ## writes down anew which libraries go in (build/artifacts.sha256); make test compares
	@build/jars.sh
	@sh build/artifacts-test.sh --write

advisories: ## asks osv.dev, or a copy of it in ADVISORIES, what holes are known in our libraries
	@build/maven.sh -q -DskipTests package
	@sh build/advisories.sh

format: ## lays out the sources as the build wants them
	@build/maven.sh -q spotless:apply

clean: ## removes what was built; data stays
	@build/maven.sh -q clean
