"""The public conformance suite jupyter_kernel_test, with a sample for every feature that it can test."""

import os
import pathlib

from jupyter_kernel_test import IopubWelcomeTests, KernelTests


BPSH = os.environ.get("BPSH", str(pathlib.Path(__file__).parents[2] / ".build/debug/bpsh"))


class BpKernelTests(KernelTests):
    kernel_name = "bp"
    language_name = "bp"
    file_extension = ".bp"

    code_hello_world = 'print("hello, world")'
    code_stderr = 'print("oh no", err=True)'
    code_generate_error = "raise ValueError('as asked')"
    code_clear_output = "clear()"
    code_page_something = "relu?"
    code_inspect_sample = "sigmoid"
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")

    completion_samples = [
        {"text": "sigm", "matches": {"sigmoid"}},
        {"text": "x = cross_ent", "matches": {"cross_entropy"}},
        {"text": "net = network(dense(3), soft", "matches": {"softmax", "softplus", "softsign"}},
    ]
    complete_code_samples = ["1 + 1", "x = [1, 2]", "def f(x):\n    return x\n\n", "print('a')  # b"]
    incomplete_code_samples = ["f(1,", "def f(x):", "for i in range(3):\n    print(i)", "x = '''abc"]
    invalid_code_samples = ["1 +* 2", "class A:", "x = 'abc"]
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[n**2 for n in range(1, 4)]", "result": "[1, 4, 9]"},
        {"code": "11+1", "result": "12"},
        {"code": "2 * 7", "result": "14"},
        {"code": "12*2", "result": "24"},
    ]
    code_display_data = [
        {"code": "display(plot([3, 1, 2]))", "mime": "image/svg+xml"},
        {"code": "display(tensor([[1, 2], [3, 4]]))", "mime": "text/plain"},
    ]


class BpWelcomeTests(IopubWelcomeTests):
    kernel_name = "bp"
    support_iopub_welcome = True


# The suite's own classes would run again for python3.
del KernelTests, IopubWelcomeTests
