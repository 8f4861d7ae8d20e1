"""The command line of the contract. Names and shapes stay stable: add to them, do not rename."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from akimat_desk import __version__
from akimat_desk.cli.arguments import workspace_place
from akimat_desk.cli.output import NOT_DONE, Output
from akimat_desk.cli.reference import add_reference_commands
from akimat_desk.cli.year import add_year_commands
from akimat_desk.core.errors import AkimatError
from akimat_desk.core.files import as_problem
from akimat_desk.core.language import DEFAULT_LANGUAGE, Language
from akimat_desk.core.strings import text

Command = Callable[[argparse.Namespace, Output], int]


class _Parser(argparse.ArgumentParser):
    """Bad usage is said in the person's language, with where to look."""

    language = DEFAULT_LANGUAGE

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(
            text("cli.usage_problem", _Parser.language, usage=self.format_usage().strip()) + "\n"
        )
        sys.stderr.write(message + "\n")
        sys.exit(NOT_DONE)


def _later(module: str, function: str) -> Command:
    """A command whose module is imported only when it runs."""

    def run(arguments: argparse.Namespace, output: Output) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"akimat_desk.cli.{module}"), function)
        return command(arguments, output)

    return run


def build_parser(language: Language) -> argparse.ArgumentParser:
    """The whole command line; texts of the help in ``language``."""

    def said(key: str) -> str:
        return text(f"cli.help.{key}", language)

    _Parser.language = language
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=said("json"))
    common.add_argument("--lang", choices=["kk", "ru", "en"], default=argparse.SUPPRESS, help=said("lang"))
    common.add_argument(
        "--doc-lang", choices=["kk", "ru", "kk+ru"], default=argparse.SUPPRESS, help=said("doc_lang")
    )
    common.add_argument("--unit", metavar="KATO", default=argparse.SUPPRESS, help=said("unit"))

    parser = _Parser(prog="akimat-desk", description=said("program"), parents=[common])
    parser.add_argument("--version", action="version", version=f"akimat-desk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, module: str, function: str, group: object = None) -> argparse.ArgumentParser:
        holder = commands if group is None else group
        made: argparse.ArgumentParser = holder.add_parser(  # type: ignore[attr-defined]
            name, help=said(function), description=said(function), parents=[common]
        )
        made.set_defaults(run=_later(module, function))
        return made

    def group(name: str) -> object:
        made = commands.add_parser(name, help=said(name), description=said(name))
        return made.add_subparsers(
            dest=f"{name}_command", metavar="COMMAND", required=True, parser_class=_Parser
        )

    gui = command("gui", "window", "gui")
    gui.add_argument("workspace", nargs="?", type=workspace_place)

    demo = command("demo", "demo", "demo")
    demo.add_argument("--dir", type=Path, help=said("demo_dir"))
    demo.add_argument("--no-window", action="store_true", help=said("no_window"))

    trial = command("selftest", "selftest", "selftest")
    trial.add_argument("--window", action="store_true", help=said("selftest_window"))

    update = group("update")
    for name in ("show", "install"):
        command(name, "updates", f"update_{name}", update).add_argument("file", type=Path)
    installs = update.choices["install"]  # type: ignore[attr-defined]
    installs.add_argument(
        "--workspace", type=workspace_place, action="append", default=[], help=said("update_workspace")
    )
    back = command("undo", "updates", "update_undo", update)
    back.add_argument("--data", action="store_true", help=said("update_data"))
    command("editions", "updates", "update_editions", update)

    new = command("new", "workspaces", "new")
    new.add_argument("workspace", type=workspace_place)
    new.add_argument("--kato", required=True)
    # What is not given is taken from the list of places, where it knows the code.
    new.add_argument("--kind", choices=["okrug", "village", "settlement", "town", "raion", "oblast"])
    new.add_argument("--name-kk")
    new.add_argument("--name-ru")
    new.add_argument("--year", type=int)

    decision = group("decision")
    read = command("read", "decisions", "read", decision)
    read.add_argument("file", help=said("file_or_stdin"))
    take_in = command("import", "decisions", "import_", decision)
    take_in.add_argument("workspace", type=workspace_place)
    take_in.add_argument("file", help=said("file_or_stdin"))
    take_in.add_argument("--confirm", action="store_true", help=said("confirm"))
    take_in.add_argument("--reason", default="", help=said("reason"))
    draft = command("draft", "drafts", "draft", decision)
    draft.add_argument("workspace", type=workspace_place)
    draft.add_argument("--year", type=int, required=True)
    draft.add_argument("--copy-from", type=int, metavar="Y", help=said("copy_from"))
    draft.add_argument("--percent", default="100", metavar="P", help=said("percent"))

    describe = command("describe", "describing", "describe", decision)
    describe.add_argument("workspace", type=workspace_place)
    describe.add_argument("document", type=int)
    describe.add_argument("--number")
    for name in ("--date", "--effective"):
        describe.add_argument(name, metavar="YYYY-MM-DD")
    describe.add_argument("--session", dest="session_name")
    describe.add_argument("--reason", default="", help=said("correction_reason"))

    budget = group("budget")
    show = command("show", "budgets", "show", budget)
    show.add_argument("workspace", type=workspace_place)
    show.add_argument("--year", type=int, required=True)
    show.add_argument("--as-of", metavar="YYYY-MM-DD")
    show.add_argument("--stage", choices=["approved", "amended", "adjusted"])

    beside = command("compare", "comparing", "compare", budget)
    beside.add_argument("workspace", type=workspace_place)
    beside.add_argument("--left", required=True, metavar="SIDE", help=said("side"))
    beside.add_argument("--right", required=True, metavar="SIDE", help=said("side"))
    beside.add_argument("--only-different", action="store_true", help=said("only_different"))

    formulas = [
        "total_revenue",
        "without_targeted",
        "costs",
        "current_costs",
        "tax_of_revenue",
        "tax_of_costs",
    ]
    ratio = command("ratio", "budgets", "ratio")
    ratio.add_argument("workspace", type=workspace_place)
    ratio.add_argument("--from", dest="first", type=int, metavar="Y")
    ratio.add_argument("--to", dest="last", type=int, metavar="Y")
    ratio.add_argument("--denominator", choices=["total_revenue", "costs", "current_costs"])
    ratio.add_argument("--formula", choices=formulas, help=said("goalseek_formula"))

    meeting = group("meeting")
    command("check", "meetings", "check_meeting", meeting).add_argument("file", help=said("file_or_stdin"))

    goal = command("goalseek", "goals", "goalseek")
    goal.add_argument("workspace", type=workspace_place)
    goal.add_argument("--year", type=int, required=True)
    goal.add_argument("--line", action="extend", nargs="+", metavar="CODE", help=said("goalseek_line"))
    goal.add_argument("--limit", action="append", metavar="CODE=AMOUNT", help=said("goalseek_limit"))
    goal.add_argument("--target", metavar="PERCENT", help=said("goalseek_target"))
    goal.add_argument("--denominator", choices=["total_revenue", "costs", "current_costs"])
    goal.add_argument("--formula", choices=formulas, help=said("goalseek_formula"))
    goal.add_argument("--total-fixed", action="store_true", help=said("goalseek_fixed"))

    plan = group("plan")
    plan_new = command("start", "plans", "start_plan", plan)
    plan_new.add_argument("workspace", type=Path)
    plan_new.add_argument("--year", type=int, required=True)
    plan_new.add_argument("--preview", action="store_true", help=said("plan_preview"))
    plan_new.add_argument(
        "--place", action="append", default=[], metavar="OLD=NEW[:PERCENT,…]", help=said("plan_place")
    )
    approve = command("approve", "plans", "approve_plan", plan)
    approve.add_argument("workspace", type=Path)
    approve.add_argument("id", type=int)
    approve.add_argument("--date", metavar="YYYY-MM-DD")
    approve.add_argument("--number", default="", help=said("plan_number"))
    plan_in = command("import", "plans", "import_plan", plan)
    plan_in.add_argument("workspace", type=workspace_place)
    plan_in.add_argument("file", type=Path)
    plan_in.add_argument("--year", type=int, required=True)
    plan_in.add_argument("--keep-unknown", action="store_true", help=said("keep_unknown"))
    plan_in.add_argument("--columns", metavar="N=NAME,…", help=said("plan_columns"))
    plan_in.add_argument(
        "--side", choices=["receipts", "payments", "obligations"], default="payments", help=said("plan_side")
    )
    plan_show = command("show", "plans", "show_plan", plan)
    plan_show.add_argument("workspace", type=workspace_place)
    plan_show.add_argument("--year", type=int, required=True)
    plan_show.add_argument("--as-of", metavar="YYYY-MM-DD")

    execution = group("execution")
    form = command("import", "execution", "import_form", execution)
    form.add_argument("workspace", type=workspace_place)
    form.add_argument("file", help=said("file_or_stdin"))
    form.add_argument("--month", metavar="YYYY-MM", help=said("form_month"))
    form.add_argument("--preview", action="store_true", help=said("form_preview"))
    form.add_argument("--amounts-in", choices=["tenge", "thousand"], help=said("form_unit"))
    form.add_argument("--columns", metavar="N=NAME,…", help=said("form_columns"))
    form.add_argument("--map", action="append", default=[], metavar="CODE=CODE", help=said("form_map"))
    form.add_argument("--skip", action="append", default=[], metavar="CODE", help=said("form_skip"))
    form.add_argument("--same-unit", action="store_true", help=said("form_same_unit"))
    out = command("export", "execution", "export_form", execution)
    out.add_argument("workspace", type=workspace_place)
    out.add_argument("--year", type=int, required=True)
    out.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help=said("report_month"))
    out.add_argument("--form", choices=["4-20", "2-19"], required=True)
    out.add_argument("--out", type=Path, required=True)
    ahead = command("outlook", "execution", "show_outlook", execution)
    ahead.add_argument("workspace", type=workspace_place)
    ahead.add_argument("--year", type=int, required=True)
    ahead.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help=said("report_month"))
    methods = ["usual_share", "last_shape", "linear"]
    ahead.add_argument("--method", choices=methods, help=said("forecast_method"))

    report = group("report")
    command("list", "reports", "list_", report)
    run = command("run", "reports", "run", report)
    run.add_argument("report", metavar="ID")
    run.add_argument("workspace", type=workspace_place)
    run.add_argument("--year", type=int, required=True)
    run.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help=said("report_month"))
    run.add_argument("--off-plan", action="store_true", help=said("report_off_plan"))
    run.add_argument("--details", action="store_true", help=said("report_details"))
    run.add_argument("--format", choices=["pdf", "xlsx", "docx", "json"], required=True)
    run.add_argument("--out", type=Path, required=True)

    add_reference_commands(command, group, said)
    add_year_commands(command, group, said)
    package = group("package")
    write = command("write", "packages", "write", package)
    write.add_argument("workspace", type=workspace_place)
    write.add_argument("--year", type=int, required=True)
    write.add_argument("--month", type=int)
    write.add_argument("--to", metavar="KATO", help=said("package_to"))
    write.add_argument("--number", type=int, help=said("package_number"))
    write.add_argument("--out", type=Path, required=True)
    verify = command("verify", "packages", "verify", package)
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE")
    receive = command("receive", "packages", "receive", package)
    receive.add_argument("workspace", type=workspace_place)
    receive.add_argument("files", nargs="+", type=Path, metavar="FILE")
    receive.add_argument("--refusals", type=Path, metavar="DIR", help=said("package_refusals"))
    answer = command("answer", "packages", "answer", package)
    answer.add_argument("workspace", type=workspace_place)
    answer.add_argument("package", type=int, metavar="ID")
    answer.add_argument("state", choices=["received", "checked", "returned", "accepted"])
    answer.add_argument("--reason", default="", help=said("reason"))
    answer.add_argument("--out", type=Path)
    receipt = command("receipt", "packages", "receipt", package)
    receipt.add_argument("workspace", type=workspace_place)
    receipt.add_argument("receipt", type=Path)
    listed = command("list", "packages", "packages", package)
    listed.add_argument("workspace", type=workspace_place)
    key = command("key", "packages", "key", package)
    key.add_argument("action", choices=["show", "page", "confirm", "register", "change", "take", "lost"])
    key.add_argument("workspace", type=workspace_place)
    key.add_argument("public", nargs="?", default="", metavar="KEY|FILE")
    key.add_argument("--out", type=Path, help=said("package_key_out"))

    totals = command("consolidate", "consolidation", "consolidate")
    totals.add_argument("workspace", type=workspace_place)
    totals.add_argument("--year", type=int, required=True)
    totals.add_argument("--month", type=int)
    totals.add_argument("--stage", choices=["approved", "amended", "adjusted"])
    totals.add_argument("--denominator", choices=["total_revenue", "costs", "current_costs"])
    totals.add_argument("--units", nargs="+", metavar="KATO", help=said("consolidate_units"))
    totals.add_argument("--format", choices=["pdf", "xlsx", "docx", "json", "csv"], required=True)
    totals.add_argument("--out", type=Path, required=True)

    control = group("control")
    command("list", "control", "list_ratios", control).add_argument("workspace", type=workspace_place)
    put_to = command("check", "control", "check_ratios", control)
    put_to.add_argument("workspace", type=workspace_place)
    put_to.add_argument("--year", type=int, required=True)
    put_to.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help=said("report_month"))
    for name, function in (("add", "add_ratios"), ("remove", "remove_ratio"), ("restore", "restore_ratio")):
        made = command(name, "control", function, control)
        made.add_argument("workspace", type=workspace_place)
        if name == "add":
            made.add_argument("file", type=Path)
        else:
            made.add_argument("id", metavar="ID")
    own = command("export", "control", "export_ratios", control)
    own.add_argument("workspace", type=workspace_place)
    own.add_argument("--out", type=Path, required=True)

    audit = command("verify", "workspaces", "audit_verify", group("audit"))
    audit.add_argument("workspace", type=workspace_place)
    check = command("check", "workspaces", "check")
    check.add_argument("workspace", type=workspace_place)
    backup = command("backup", "workspaces", "backup")
    backup.add_argument("workspace", type=workspace_place)
    backup.add_argument("--out", type=Path)
    restore = command("restore", "workspaces", "restore")
    restore.add_argument("backup", type=Path)
    restore.add_argument("workspace", type=workspace_place)
    return parser


def _asked_language(arguments: Sequence[str]) -> Language:
    """The language named on the command line or in the environment, before anything is parsed."""
    words = list(arguments)
    for position, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and position + 1 < len(words):
            value = words[position + 1]
        if value in list(Language):
            return Language(value)
    from_environment = os.environ.get("AKIMAT_DESK_LANG", "")
    return Language(from_environment) if from_environment in list(Language) else DEFAULT_LANGUAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 1 done with errors found, 2 not done."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = _asked_language(given)
    try:
        parsed = build_parser(language).parse_args(given)
    except AkimatError as problem:  # a server's address that is none
        print(problem.text(language), file=sys.stderr)
        return NOT_DONE
    output = Output(language, getattr(parsed, "json", False))
    if parsed.command is None:
        parsed.workspace = None
        run: Command = _later("window", "gui")
    else:
        run = parsed.run
    try:
        return run(parsed, output)
    except AkimatError as problem:
        print(problem.text(language), file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:
        # The reader of our output went away (``| head``): nothing to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except OSError as error:
        print(as_problem(error, Path(str(error.filename or ""))).text(language), file=sys.stderr)
        return NOT_DONE
    except KeyboardInterrupt:
        print(text("cli.interrupted", language), file=sys.stderr)
        return NOT_DONE


def main_window() -> int:
    """The window at once: what the start menu calls."""
    return main(["gui", *sys.argv[1:]])
