# The one door. Every target makes what it needs; nothing else has to be done first.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help venv engines test

export SHUANGYUAN_CHECKOUT := $(CURDIR)
VENV := $(CURDIR)/var/venv
PYTHON := $(VENV)/bin/python

help:
	@echo "make run | stop | reset | engines | test | test-deep | check | fix"

venv:
	@python3.11 "$(CURDIR)/scripts/make_venv.py"

engines: venv
	@"$(PYTHON)" -m backend.engines

test: venv
	@"$(PYTHON)" -m pytest -m "not deep" -q
