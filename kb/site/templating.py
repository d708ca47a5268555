"""The environment of the content templates, whose words are those of the site's language.

A word is looked up when its template is compiled, and not for each of 10,000 pages: `_("Copy")` and a `{% trans %}`
without a number become plain text of the compiled template.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from kb.site.compiled import compiled_templates
from kb.site.prose import safe_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.words import Language, Words

_PLACE: Final = re.compile(r"%(?:\((\w+)\)s|(%))")


class _Environment(jinja2.Environment):
    """An environment whose templates say what they say in one language."""

    words: Words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _InLanguage(self.words).visit(super()._parse(source, name, filename))
        return tree


class _InLanguage(NodeTransformer):
    """Puts the words of a language into a template, in place of the calls that would look them up."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node, *args, **kwargs)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(message))], kwargs=[]):
                return nodes.Const(self._words.gettext(message), lineno=node.lineno)
        return node


class _Blocks(InternationalizationExtension):
    """`{% trans %}`, whose message is looked up when its template is compiled, where nothing is counted in it."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: Mapping[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        *rest: bool,
    ) -> nodes.Output:
        if plural_expr is not None:
            return super()._make_node(singular, plural, context, dict(variables), plural_expr, *rest)
        words: Words = self.environment.words  # type: ignore[attr-defined]
        return nodes.Output(list(_pieces(words.gettext(singular), variables)))


def _pieces(message: str, variables: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    at = 0
    for place in _PLACE.finditer(message):
        yield nodes.TemplateData(message[at : place.start()])
        yield nodes.TemplateData("%") if place[2] else variables[place[1]]
        at = place.end()
    yield nodes.TemplateData(message[at:])


@cache
def templates(language: Language) -> jinja2.Environment:
    """The environment of the content templates: everything is escaped unless it says otherwise."""
    env = _Environment(
        loader=jinja2.PackageLoader("kb.site", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=compiled_templates(f"content{language.digest and f'-{language.digest}'}"),
        extensions=[_Blocks],
    )
    env.words = language.words
    env.install_gettext_translations(language.words, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = language.words.gettext
    env.globals["in_english"] = Markup(' lang="en"') if language.digest else ""
    env.filters["prose"] = lambda text: Markup(safe_html(text))  # noqa: S704 - sanitised
    env.filters["day"] = language.day
    env.filters["number"] = language.number
    return env
