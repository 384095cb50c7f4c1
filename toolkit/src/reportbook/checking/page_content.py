"""What a page holds, read as a browser reads it: links, anchors, scripts, and all that it loads.

Pages are parsed by Lexbor, which follows the HTML standard, and style sheets by tinycss2, which
follows CSS Syntax: what a browser makes of a page that is badly written is what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import tinycss2
from selectolax.lexbor import LexborHTMLParser

# What may name another host in an attribute, as nothing is asked of it until a reader follows it.
# Any other attribute may not, whether it is known to load something or not.
_LEADS = {("a", "href"), ("area", "href"), ("a", "xlink:href")}
_NAMES = {
    "about", "alt", "cite", "content", "itemid", "itemtype", "placeholder", "prefix", "property",
    "resource", "title", "typeof", "value", "vocab", "xml:base",
}  # fmt: skip
_NAMES_BEGIN = ("aria-", "data-", "xmlns", "rdf:")
# The relations of a ``link`` that lead somewhere; all others load what they name.
_RELATIONS = {
    "alternate", "author", "canonical", "copyright", "help", "index", "license", "me", "next",
    "prev", "privacy-policy", "search", "terms-of-service", "up",
}  # fmt: skip
_LOADING = {"action", "background", "formaction", "href", "poster", "src", "xlink:href"}
_SETS = {"srcset", "imagesrcset"}

_OTHER_HOST = re.compile(r"(?:https?|wss?|ftp):|//", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INSIDE = {"", "about", "blob", "data"}  # schemes of what a page brings itself
_FOLLOWED = {"", "http", "https", "mailto", "tel"}  # schemes that readers may be led to
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?(.*?)[\"']?\s*", re.IGNORECASE)
_ASKED = re.compile(
    r"""(?:\b(?:fetch|import|importScripts|Worker|SharedWorker|EventSource|WebSocket|sendBeacon
        |open)\s*\(\s*(?:["'][A-Z]+["']\s*,\s*)?
        |\b(?:import|from)\s
        |\b(?:src|action|poster|srcset)\s*=
        |setAttribute\(\s*["'](?:src|href|action|poster|srcset)["']\s*,)
        \s*["'`]\s*((?:https?:|wss?:|//)[^"'`]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMING = {"url", "src", "image", "image-set", "@import"}  # in these a string is an address
_SHEET_OF_XML = re.compile(r"<\?xml-stylesheet[^>]*?href\s*=\s*[\"']([^\"']*)", re.IGNORECASE)


class PageContent:
    """What a page holds.

    Attributes
    ----------
    links
        The addresses that its readers may follow.
    loads
        The addresses that it loads or sends something to, in the order of the page.
    ids
        Its anchors.
    scripts
        The scripts that are written in it; `handlers` are those in attributes.
    brings_scripts
        Whether the output of a cell holds one of them.
    quoted
        Its quoted numbers: name, format, and what is shown.
    traceback
        Whether it shows one that its author did not ask for by the tag ``raises-exception``.
    """

    def __init__(self, html: str) -> None:
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.brings_scripts = False
        self.quoted: list[tuple[str, str, str]] = []
        self.traceback = False
        self._read(html)

    def _read(self, html: str) -> None:
        root = LexborHTMLParser(html).root
        for node in root.traverse(include_text=False) if root is not None else ():
            tag = node.tag
            if tag is None or not tag[0].isalpha():
                continue  # a comment
            given = {key: value or "" for key, value in node.attributes.items()}
            self.ids.update(given[key] for key in ("id", "name") if given.get(key))
            classes = given.get("class", "").split()
            self.traceback |= "traceback" in classes and not _is_meant(node)
            if "rb-number" in classes:
                name, form = given.get("data-number", ""), given.get("data-format", "")
                self.quoted.append((name, form, node.text()))
            if tag == "script" and "src" not in given:
                self.scripts.append(node.text())
                self.loads += _ASKED.findall(self.scripts[-1])
                self.brings_scripts |= _is_output(node)
            elif tag == "style":
                self.loads += loaded_by_styles(node.text())
            elif tag == "template":
                self._read("<div" + (node.html or "").removeprefix("<template"))
            self._read_attributes(tag, given)

    def _read_attributes(self, tag: str, given: Mapping[str, str]) -> None:
        relations = set(given.get("rel", "").lower().split())
        leads = tag == "link" and relations <= _RELATIONS
        for key, value in given.items():
            if key.startswith("on"):
                self.handlers.append(value)
                self.loads += _ASKED.findall(value)
            elif key == "srcdoc":
                self._read(value)
            elif (tag, key) in _LEADS:
                self.links.append(value)
            elif (leads and key == "href") or key in _NAMES or key.startswith(_NAMES_BEGIN):
                continue
            elif key in _SETS:
                self.loads += [each.split()[0] for each in value.split(",") if each.strip()]
            elif key == "ping":
                self.loads += value.split()
            elif (
                key in _LOADING
                or (tag, key) == ("object", "data")
                or _OTHER_HOST.match(_cleaned(value))
            ):
                self.loads.append(value)
            elif key == "style":
                self.loads += loaded_by_styles(value, declarations=True)
            elif "(" in value:  # SVG: fill="url(…)"
                self.loads += loaded_by_styles(f"x: {value}", declarations=True)
            elif tag in ("set", "animate"):
                pieces = map(str.strip, value.split(";"))
                self.loads += [each for each in pieces if is_of_another_host(each)]
        if tag == "meta" and given.get("http-equiv", "").strip().lower() == "refresh":
            found = _REFRESH.fullmatch(given.get("content", ""))
            self.loads += [found[1]] if found and found[1] else []


def loaded_by_picture(svg: str) -> list[str]:
    """The addresses that an SVG file loads, where a browser shows it by itself."""
    return [*_SHEET_OF_XML.findall(svg), *PageContent(svg).loads]


def runs_code(svg: str) -> bool:
    """Whether an SVG file holds code, which a browser runs that shows it by itself."""
    content = PageContent(svg)
    code = (content.scripts, content.handlers)
    return any(code) or not all(map(may_be_followed, content.links))


@lru_cache(maxsize=64)  # the theme's style sheets are those of every edition
def loaded_by_styles(css: str, *, declarations: bool = False) -> tuple[str, ...]:
    """The addresses that a style sheet loads, or the declarations of one element."""
    read: Any = tinycss2.parse_blocks_contents if declarations else tinycss2.parse_stylesheet
    return tuple(_in_styles(read(css, skip_comments=True, skip_whitespace=True)))


def _in_styles(nodes: list[Any], function: str = "") -> Iterator[str]:
    for node in nodes:
        if node.type == "url" or (node.type == "string" and function in _NAMING):
            yield node.value
        elif node.type == "function":
            name = node.lower_name.removeprefix("-webkit-")
            yield from _in_styles(node.arguments, name)
        elif node.type == "at-rule":
            if node.lower_at_keyword != "namespace":
                yield from _in_styles(node.prelude, f"@{node.lower_at_keyword}")
            yield from _in_styles(node.content or [])
        else:
            for part in ("prelude", "content", "value"):
                within = getattr(node, part, None)
                if isinstance(within, list):
                    yield from _in_styles(within)


def is_of_another_host(address: str) -> bool:
    """Whether a browser asks another host for what it loads from this address."""
    cleaned = _cleaned(address)
    if _OTHER_HOST.match(cleaned):
        return True
    scheme = _SCHEME.match(cleaned)
    return scheme is not None and scheme[1].lower() not in _INSIDE


def may_be_followed(address: str) -> bool:
    """Whether a link may lead there: to a page, or to somebody's mail or telephone.

    Other addresses run code in the page (``javascript:``) or open what is on the reader's machine.
    """
    scheme = _SCHEME.match(_cleaned(address))
    return scheme is None or scheme[1].lower() in _FOLLOWED


def place_within(address: str) -> tuple[str, str] | None:
    """The path and the anchor of an address on the same host; None for any other."""
    cleaned = _cleaned(address)
    if _SCHEME.match(cleaned) or _OTHER_HOST.match(cleaned):
        return None
    rest, _, anchor = cleaned.partition("#")
    return unquote(rest.partition("?")[0]), unquote(anchor)


def _cleaned(address: str) -> str:
    """An address as a browser reads it (URL Standard, basic URL parser)."""
    control_or_space = "".join(map(chr, range(33)))
    return re.sub(r"[\t\n\r]", "", address.strip(control_or_space)).replace("\\", "/")


def _is_output(node: Any) -> bool:
    return _lies_in(node, {"cell_output"})


def _is_meant(node: Any) -> bool:
    """Whether a traceback is the output of a cell that is to raise an error."""
    return _lies_in(node, {"tag_raises-exception"})


def _lies_in(node: Any, classes: Set[str]) -> bool:
    while node is not None:
        if classes & set((node.attributes.get("class") or "").split()):
            return True
        node = node.parent
    return False
