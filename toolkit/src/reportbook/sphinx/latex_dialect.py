r"""LaTeX as authors write it for MathJax, said in the words that the converter to MathML knows.

Environments have other names there, ``&`` and ``\\`` may stand without one, and commands may be
defined: in ``mathjax3_config`` of the configuration, or by ``\newcommand`` anywhere above on the
page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Sphinx numbers equations itself, so none of these does.
_ENVIRONMENTS = {
    "align": "align*", "aligned": "align*", "alignat": "align*", "alignat*": "align*",
    "alignedat": "align*", "dcases": "cases", "equation": "equation*", "flalign": "align*",
    "flalign*": "align*", "gather": "matrix", "gather*": "matrix", "gathered": "matrix",
    "multline": "matrix", "multline*": "matrix", "eqnarray": "array", "eqnarray*": "array",
}  # fmt: skip
_WITH_COLUMNS = {"alignat", "alignat*", "alignedat"}  # say how many, which the page sees anyway
_EDGE = re.compile(r"\\(?P<edge>begin|end)\{(?P<name>[a-z]+\*?)\}(?P<columns>\{\d+\})?")
_DROPPED = re.compile(r"\\(?:label|require)\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_SAME = (
    (re.compile(r"\\renewcommand(?![A-Za-z])|\\providecommand(?![A-Za-z])"), r"\\newcommand"),
    (re.compile(r"\\hdots(?![A-Za-z])"), r"\\ldots"),
    (re.compile(r"\\ensuremath(?![A-Za-z])"), ""),
)
_DEFINES = re.compile(
    r"\\(?:newcommand|DeclareMathOperator)\*?\s*(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}"
    r"|\\(?P<bare>[A-Za-z]+))\s*(?:\[\d\]\s*)?(?=\{)|\\def\s*\\(?P<plain>[A-Za-z]+)\s*(?=\{)"
)
_USED = re.compile(r"\\([A-Za-z]+)")


def said_plainly(latex: str, defined: Mapping[str, str], *, bare: bool) -> str:
    """A formula in the converter's words, with the definitions of the commands that it uses.

    Parameters
    ----------
    defined
        By name of a command its definition, as `definitions` finds them.
    bare
        Whether lines and columns may stand without an environment, as between dollar signs.
    """
    latex = _renamed(_DROPPED.sub("", latex)).strip()
    if bare and re.search(r"\\\\|(?<!\\)&", re.sub(r"\\begin\{.*\\end\{", "", latex, flags=re.S)):
        latex = rf"\begin{{split}}{latex}\end{{split}}"
    needed = _needed(latex, {k: v for k, v in defined.items() if k not in definitions(latex)})
    return "".join((*needed, latex))


def definitions(latex: str) -> dict[str, str]:
    """The definitions of commands in a formula, by their names."""
    latex = _renamed(latex)
    found = {}
    for each in _DEFINES.finditer(latex):
        end = _closing(latex, each.end())
        found[each["braced"] or each["bare"] or each["plain"]] = latex[each.start() : end]
    return found


def of_configuration(mathjax: Mapping[str, Any] | None) -> dict[str, str]:
    """The commands that ``mathjax3_config`` defines: its ``tex: macros``."""
    macros = ((mathjax or {}).get("tex") or {}).get("macros") or {}
    found = {}
    for name, given in macros.items():
        body, arguments = (given, 0) if isinstance(given, str) else (given[0], given[1])
        count = f"[{arguments}]" if arguments else ""
        found[str(name)] = rf"\newcommand{{\{name}}}{count}{{{body}}}"
    return found


def _renamed(latex: str) -> str:
    for pattern, same in _SAME:
        latex = pattern.sub(same, latex)
    return _EDGE.sub(_edge, latex)


def _edge(found: re.Match[str]) -> str:
    name, columns = found["name"], found["columns"] or ""
    said = _ENVIRONMENTS.get(name, name)
    begins = found["edge"] == "begin"
    if name in _WITH_COLUMNS:
        columns = ""
    elif said == "array" and name != said and begins:
        columns = "{rcl}"
    return rf"\{found['edge']}{{{said}}}{columns}"


def _needed(latex: str, defined: Mapping[str, str]) -> Iterable[str]:
    """The definitions of the commands that a formula uses, each after those it uses itself."""
    needed: dict[str, str] = {}

    def need(text: str) -> None:
        for name in _USED.findall(text):
            if name in defined and name not in needed:
                needed[name] = ""  # a command that uses itself ends here
                need(_body(defined[name]))
                del needed[name]
                needed[name] = defined[name]

    need(latex)
    return needed.values()


def _body(definition: str) -> str:
    found = _DEFINES.match(definition)
    return definition[found.end() :] if found else definition


def _closing(latex: str, start: int) -> int:
    """The place behind the brace that closes the one at `start`."""
    depth = 0
    for place in range(start, len(latex)):
        if latex[place] in "{}" and (place == 0 or latex[place - 1] != "\\"):
            depth += 1 if latex[place] == "{" else -1
            if depth == 0:
                return place + 1
    return len(latex)
