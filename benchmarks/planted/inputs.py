"""Faults in what is read and checked."""

from __future__ import annotations

from benchmarks.planted.fault import fault

CONTENT = (
    fault(
        "files twice as large",
        "a file too large for any plan is told and not read",
        "if status.st_size > _sort(path)[0].most:",
        "if status.st_size > 2 * _sort(path)[0].most:",
        "tests/hostile/test_files.py::test_size_ends_exactly_at_the_limit",
        older=("if status.st_size > _limit(path):", "if status.st_size > 2 * _limit(path):"),
    ),
    fault(
        "aliases unlimited",
        "a small YAML file cannot grow into a large one",
        "if self.aliases > ALIASES.most:",
        "if self.aliases > ALIASES.most * 1000:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[over 100 aliases]",
        older=("if self.aliases > MAX_ALIASES:", "if self.aliases > MAX_ALIASES * 1000:"),
    ),
    fault(
        "depth unlimited",
        "YAML nested too deep is told instead of ending the program",
        "if len(self.open) + levels > DATA_LEVELS.most:",
        "if len(self.open) + levels > 90 * DATA_LEVELS.most:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[over 50 levels]",
        older=("if len(self.open) + levels > MAX_DEPTH:", "if len(self.open) + levels > 90 * MAX_DEPTH:"),
    ),
    fault(
        "tags accepted",
        "YAML may not ask a program to build objects",
        "if event.tag is not None:",
        "if event.tag is None and event.tag:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[own tag]",
    ),
    fault(
        "program in a drawing",
        "an SVG with a program in it is refused",
        'if name.startswith("on"):',
        'if name.startswith("on-"):',
        "tests/hostile/test_svg.py::test_active_elements_are_refused",
        "tests/test_cases.py::test_case[P112-skript]",
        "tests/hostile/test_svg.py",
    ),
    fault(
        "drawing looks outside",
        "an SVG that loads something is refused",
        "        elif address:\n            raise _RefusedError",
        "        elif not address:\n            raise _RefusedError",
        "tests/hostile/test_svg.py::test_nothing_is_fetched",
    ),
)

CHECK = (
    fault(
        "unknown key accepted",
        "a mistyped key is told, not ignored",
        'extra="forbid"',
        'extra="ignore"',
        "tests/test_cases.py::test_case[P106]",
    ),
    fault(
        "ID given twice",
        "no two measures, goals or actors share an ID",
        "for nth in range(1, count):",
        "for nth in range(2, count):",
        "tests/test_cases.py::test_case[P401]",
    ),
    fault(
        "reference to nothing",
        "a reference leads somewhere",
        "elif mention.what not in known and not plan.unread:",
        "elif mention.what not in known and plan.unread:",
        "tests/test_cases.py::test_case[P601]",
    ),
    fault(
        "goal that there is not",
        "a measure names goals that exist",
        "if plan.knows(named.kind, named.id):",
        "if plan.knows(named.kind, named.id) or named.kind is Kind.GOAL:",
        "tests/test_cases.py::test_case[P402]",
        older=("if not plan.knows(Kind.GOAL, goal):", "if not goal:"),
    ),
    fault(
        "two roles",
        "an actor has one role in a measure",
        "if actor in roles:",
        "if actor in roles and len(roles) > 9:",
        "tests/test_cases.py::test_case[P404]",
    ),
    fault(
        "circle of dependencies",
        "measures do not wait for each other in a circle",
        "            if other == start:\n                return way",
        "            if other == start:\n                return ()",
        "tests/test_cases.py::test_case[P406]",
    ),
    fault(
        "more than all money",
        "shares of funding add up to at most 100 percent",
        "if total > FULL:",
        "if total > 2 * FULL:",
        "tests/test_cases.py::test_case[P409]",
    ),
    fault(
        "open points of a resolved plan",
        "what is open in a resolved plan keeps it from being published",
        "PlanStatus.RESOLVED: Severity.ERROR,",
        "PlanStatus.RESOLVED: Severity.WARNING,",
        "tests/test_cases.py",
    ),
    fault(
        "picture without words",
        "a picture has an alternative text",
        "for mention in prose.undescribed:",
        "for mention in prose.undescribed[1:]:",
        "tests/test_cases.py::test_case[P608]",
    ),
    fault(
        "findings of a line above",
        "a finding names the line where its fault stands",
        "return Location(file.path, node.line + line)",
        "return Location(file.path, node.line + line - 1)",
        "tests/test_cases.py::test_case[P601-feld]",
    ),
)
