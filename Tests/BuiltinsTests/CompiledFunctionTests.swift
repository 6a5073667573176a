import Diagnostics
import Execution
import Parsing
import Testing

@testable import Builtins

/// How often a function under `@compiled` is traced.
@Suite struct CompiledFunctionTests {
  /// Versions of `f` that a program leaves, and how many of them are plans.
  private func versions(_ calls: String, _ definition: String = "def f(x, k=1):\n    return x * k * c\n") throws -> [Int] {
    let workspace = Workspace(front: RecordingFront(), folder: ".")
    let (module, mistakes) = Module.parse(Source(name: "test", text: "c = 2\nt = ones(2)\n@compiled\n\(definition)\(calls)\n"))
    #expect(mistakes.isEmpty)
    let globals = Globals(builtins: workspace.table)
    let machine = Machine()
    machine.surroundings.write = { text, _ in workspace.front.write(text, toErrors: false) }
    machine.surroundings.decorate = { decorator, function, _ throws(RuntimeError) in
      try workspace.decorate(function, with: decorator)
    }
    _ = try machine.run(try compile(module, in: globals))
    guard case .native(let native)? = globals["f"], let compiled = native.engine as? CompiledFunction else { return [] }
    return [compiled.versions.count, compiled.versions.count(where: \.isPlanned)]
  }

  @Test(arguments: [
    ("pass", [0, 0]), ("for i in range(5):\n    f(ones(2) * i)", [1, 1]), ("f(t)\nf(ones(3))\nf(t)\nf(ones(3))", [2, 2]),
    ("f(t)\nf(t, 1)\nf(t, k=1)\nf(x=t)", [2, 2]), ("f(t, 2)\nf(t, 3)\nf(t, 2)", [2, 2]),
    ("f(t)\nc = 3\nf(t)\nc = 2\nf(t)", [2, 2]),
    ("f(t)\nf(tensor([1, 2], dtype=\"float64\"))", [2, 2]), ("f(t, t)\nf(t * 3, ones(2))", [1, 1]),
    ("f(t)\nwith no_grad():\n    f(t)", [2, 2]), ("f(t)\nf(parameter(t) * 2)\nf(parameter(t) * 3)", [2, 2]),
    ("def g():\n    f(t)\ng()\ng()", [1, 1]), ("f(t, [1, 2])\nf(t, [1, 2])\nf(t, [1, 3])", [2, 2]),
  ])
  func `each combination is traced once`(calls: String, counts: [Int]) throws {
    #expect(try versions(calls) == counts)
  }

  @Test(arguments: [
    "    return x * float(x.sum())", "    return x if x.sum() > 0 else -x", "    print(x.shape)\n    return x",
    "    k.append(1)\n    return x", "    return str(x)", "    return x[int(x[0])]", "    return x * time()",
    "    return lambda: x",
  ])
  func `what cannot be compiled is tried once`(body: String) throws {
    let counts = try versions("for i in range(4):\n    f(t, [])", "def f(x, k):\n\(body)\n")
    #expect(counts[1] == 0 && counts[0] >= 1)
  }

  @Test(arguments: [
    "    return x.sum() * x.shape[0] + len(x)", "    return sum([row.sum() for row in x])", "    return where(x > 0, x, -x)",
    "    h = x * 2\n    h[0] = x[1]\n    return h", "    return stack([x, x]) @ [1.0, 2.0]",
    "    return tensor([x[0], x[1] * 2])",
    "    return mse(x, t) + cross_entropy(stack([x]), [1])", "    return x.max() + x.argmax() + x.std()",
    "    return {\"a\": (x, 3)}",
    "    y, z = x\n    return y + z", "    return einsum(\"i,j->ij\", x, x) if x.rank == 1 else x",
    "    return zeros_like(x) + rand(2)",
    "    return grad(lambda v: (v ** 3).sum())(x)", "    return hessian(lambda v: (v ** 3).sum())(x)",
    "    return [x * i for i in range(3)]", "    return full_like(x, 2) + one_hot([1], 2) * x",
    "    return x.clip(0, 1).reshape(2, 1).T",
  ])
  func `what decides by shapes alone is compiled`(body: String) throws {
    #expect(try versions("for i in range(3):\n    f(t * i)", "def f(x):\n\(body)\n") == [1, 1])
  }
}
