"""Lets papermill write parameters for bp: it knows languages by a table of its own, and this is where it looks for others' code.

papermill has no place to register a language from outside, but it loads every engine that a package offers. So this is
papermill's usual engine under the name bp; loading it enters the language into the table.
"""

from papermill.engines import NBClientEngine as Engine
from papermill.translators import PythonTranslator, papermill_translators

papermill_translators.register("bp", PythonTranslator)

__all__ = ["Engine"]
