"""`python -m tests.back.update`: writes down what comes of the edits today; look at the difference afterwards."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml

from tests.back.cut import CUTS, WHOLE, cut_plan
from tests.back.edit_cases import FOLDER, Desk, cases, plan_of
from tests.building import PLANS, build_silently


class _Dumper(yaml.SafeDumper):
    """Operations on one line each, as people write them."""


def _operation(dumper: yaml.SafeDumper, data: tuple[str, ...]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


def main() -> None:
    """All files of the table."""
    _Dumper.add_representer(tuple, _operation)
    with tempfile.TemporaryDirectory() as folder:
        desks = {name: Desk(cut_plan(name, Path(folder, name)).data) for name in CUTS}
        desks[WHOLE] = Desk(build_silently(PLANS["small"], Path(folder, WHOLE)).file(".docx").read_bytes())
    known = {case.name: case for case in cases()}
    for path in sorted(FOLDER.glob("*.yaml")):
        names = yaml.safe_load(path.read_text(encoding="utf-8"))
        table = {}
        for name in names:
            case = known[name]
            plan = {} if case.plan == plan_of(case.file) else {"plan": case.plan}
            table[name] = {**plan, "do": list(case.operations), **desks[case.plan].outcome(case)}
        text = yaml.dump(table, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
