# One Door. `make help` lists what there is; the work is done by the scripts in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup assets demo test check format pictures reference

PORT ?= 8000
export PORT FRESH T

help:  ## list these commands
	@echo "One Door"
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|'
	@echo
	@echo "  make demo FRESH=1 starts the demo council over; PORT=8001 serves it elsewhere."
	@echo "  make test T=\"-k nights\" hands its words on to pytest."

setup:  ## fetch everything into this folder: Python packages, scripts, styles and fonts
	@tools/setup.sh

assets: setup

demo:  ## serve the demo council on http://localhost:8000
	@tools/demo.sh

test:  ## run the tests on SQLite and on a throw-away PostgreSQL, with a real browser
	@tools/test.sh

check:  ## format, lint, types, import contracts, building inspector, documentation
	@tools/check.sh

format: setup  ## put the code into its agreed shape
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

pictures: setup  ## take the pictures in docs/pictures again, from the browser stories
	@tools/chromium.sh
	@ONEDOOR_PICTURES=1 .venv/bin/pytest -m browser $(T)

reference: setup  ## write docs/reference again, from what the code says about itself
	@.venv/bin/python tools/reference.py
