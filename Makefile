# The one door. Every target makes what it needs; nothing else has to be done first.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help venv run stop reset engines test test-deep mutants bench check fix messages screenshots

# Texts are Chinese whatever LANG says; a path with spaces is why everything below is quoted
export PYTHONUTF8 := 1
VENV := $(or $(SHUANGYUAN_VENV),$(CURDIR)/var/venv)
PYTHON := $(VENV)/bin/python
TESTS ?= tests
SITE ?= http://127.0.0.1:8000
BENCH ?=

help:
	@echo "make run        数据库、队列、网站、后台任务，一条命令"
	@echo "make stop       停止"
	@echo "make reset      停止并删除数据库与示范数据"
	@echo "make engines    只启动数据库与队列"
	@echo "make test       测试（TESTS=tests/engine 只测一部分）"
	@echo "make test-deep  慢测试"
	@echo "make mutants    逐一翻转规则中的比较，看测试能否发现"
	@echo "make bench      与底线对比的性能表（BENCH='--size 13000 --only G3,G12 --rounds 2'）"
	@echo "make check      格式、层次、类型、部署检查"
	@echo "make fix        自动改正格式"
	@echo "make messages   收集界面文字，编译英文（locale/en）"
	@echo "make screenshots 为 docs/screenshots 拍摄页面（SITE=网站地址，先 make run）"

venv:
	@python=$$("$(CURDIR)/scripts/find_python") && "$$python" "$(CURDIR)/scripts/make_venv.py" "$(VENV)"

run: venv
	@exec "$(PYTHON)" -m backend.supervisor run

stop: venv
	@"$(PYTHON)" -m backend.supervisor stop

reset: venv
	@"$(PYTHON)" -m backend.supervisor reset

engines: venv
	@exec "$(PYTHON)" -m backend.engines

test: venv
	@"$(PYTHON)" -m pytest -m "not deep" --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(TESTS)

test-deep: venv
	@"$(PYTHON)" -m pytest -m deep --numprocesses auto --maxprocesses 4 --dist loadfile $(TESTS)

mutants: venv
	@"$(PYTHON)" -m tests.mutants

bench: venv
	@"$(PYTHON)" -m bench $(BENCH)

check: venv
	@"$(PYTHON)" "$(CURDIR)/scripts/check.py"

fix: venv
	@"$(PYTHON)" -m ruff check --fix --quiet . ; "$(PYTHON)" -m ruff format .

messages: venv
	@"$(PYTHON)" "$(CURDIR)/scripts/messages.py"

screenshots: venv
	@"$(PYTHON)" "$(CURDIR)/scripts/take_screenshots.py" "$(SITE)"
