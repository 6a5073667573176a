"""Colours for bp in Pygments, and so in Sphinx, nbconvert and MkDocs."""

from pygments.lexers.python import PythonLexer
from pygments.token import Keyword, Name

from .names import NAMES

# Words of Python that bp refuses.
REFUSED = {"async", "await", "class", "global", "nonlocal", "yield"}


class BpLexer(PythonLexer):
    """Every program of bp is grammatically one of Python; what it calls is its own."""

    name = "bp"
    # "bp" itself is taken by Android's build files.
    aliases = ["bpnn"]
    filenames = ["*.bp"]
    url = None
    # Behind what Pygments brings itself: Android.bp is no program of ours.
    priority = -0.1

    def get_tokens_unprocessed(self, text):
        for index, token, value in super().get_tokens_unprocessed(text):
            if token in Name and token is not Name.Attribute:
                token = Name.Builtin if value in NAMES else Name if token is Name.Builtin else token
            elif token in Keyword and value in REFUSED:
                token = Name
            yield index, token, value
