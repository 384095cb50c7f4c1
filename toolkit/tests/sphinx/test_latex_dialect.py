import pytest
from latex2mathml.converter import convert

from reportbook.sphinx.latex_dialect import definitions, of_configuration, said_plainly

NORM = {"norm": r"\newcommand{\norm}[1]{\lVert #1 \rVert}"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"x^2", r"x^2"),
        (r"\begin{aligned}a&=b\end{aligned}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{alignat}{2}a&=b\end{alignat}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", r"\begin{array}{rcl}a&=&b\end{array}"),
        (r"\begin{array}{lr}a&b\end{array}", r"\begin{array}{lr}a&b\end{array}"),
        (r"a &= b \\ &= c", r"\begin{split}a &= b \\ &= c\end{split}"),  # as Sphinx has it
        (r"50\% \& x", r"50\% \& x"),
        (r"x \label{eq} \nonumber", "x"),
        (r"\renewcommand{\a}{b} \a", r"\newcommand{\a}{b} \a"),
    ],
)
def test_what_mathjax_knows_is_said_as_the_converter_does(written, said):
    assert said_plainly(written, {}, bare=True) == said


def test_a_formula_in_a_line_has_no_lines_of_its_own():
    assert said_plainly(r"a \\ b", {}, bare=False) == r"a \\ b"


def test_commands_of_the_configuration_are_defined_where_they_are_used():
    defined = of_configuration(
        {"tex": {"macros": {"RR": r"\mathbb{R}", "norm": [r"\lVert #1 \rVert", 1]}}}
    )
    assert defined["norm"] == NORM["norm"]
    assert said_plainly("x", defined, bare=True) == "x"
    said = said_plainly(r"\norm{x} \in \RR", defined, bare=True)
    assert said == rf"{defined['norm']}{defined['RR']}\norm{{x}} \in \RR"
    assert "ℝ" in convert(said) or "&#x0211D;" in convert(said)


def test_a_command_is_defined_before_one_that_uses_it_and_one_that_uses_itself_once():
    defined = {"a": r"\newcommand{\a}{\b}", "b": r"\newcommand{\b}{\b x}"}
    assert said_plainly(r"\a", defined, bare=True) == defined["b"] + defined["a"] + r"\a"


def test_definitions_in_a_formula_are_found_with_their_braces():
    assert definitions(r"\newcommand\set[2]{\{#1 \mid {#2}\}} \def\R{\mathbb{R}} x^{2}") == {
        "set": r"\newcommand\set[2]{\{#1 \mid {#2}\}}",
        "R": r"\def\R{\mathbb{R}}",
    }
    # one that the formula defines itself is not defined twice
    assert said_plainly(r"\newcommand{\norm}[1]{x}\norm{y}", NORM, bare=True).count("norm}") == 1
