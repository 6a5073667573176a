import Diagnostics
import Parsing
import Testing

@Suite struct TreeTests {
  static let cases: [(String, String)] = [
    ("-x ** 2", "value (-(x ** 2))"),
    ("a ** -b ** c", "value (a ** (-(b ** c)))"),
    ("a + b * c - d", "value ((a + (b * c)) - d)"),
    ("a < b <= c", "value (a < b <= c)"),
    ("a if t else b if s else c", "value (a if t else (b if s else c))"),
    ("not a == b and c or d", "value (((not (a == b)) and c) or d)"),
    ("x[1:, ::2, ..., None]", "value x[(1:, ::2, ..., None)]"),
    ("f(1, *a, k=2, **d)", "value f(1, *a, k=2, **d)"),
    ("f(x for x in y if x)", "value f([x for x in y if x])"),
    ("lambda a, b=1, *r, c, **k: a", "value (lambda a, b=1, *r, c, **k: a)"),
    ("a, *b = c = d", "set (a, *b) = c = d"),
    ("x[0].y += 1", "update x[0].y += 1"),
    ("f'{a!r:>{w}}b'", "value f'{a!r:>{w}}b'"),
    ("-9223372036854775808", "value -9223372036854775808"),
    ("'a' \"b\"", "value 'ab'"),
  ]

  @Test(arguments: cases)
  func `an expression is read as Python reads it`(text: String, tree: String) {
    let (module, mistakes) = Module.parse(Source(name: "t", text: text))
    #expect(mistakes.isEmpty)
    #expect(module.dump == tree + "\n")
  }

  @Test func `blocks nest in the tree as they do in the text`() {
    let text = """
      @layer
      def f(x: [n, 2 * (m + 1)], *, k=1) -> [n]:
          for i, (j, *r) in x:
              if i: break
              elif j: continue
              else: pass
          else:
              return x
          try:
              raise ValueError("a") from None
          except (A, B) as e:
              del x[0], y
          finally:
              assert x, "why"
          with a as b, c: from m import p as q, r
      import a.b as c, d; x = 1;
      """
    let (module, mistakes) = Module.parse(Source(name: "t", text: text))
    #expect(mistakes.isEmpty)
    #expect(module.hidesLastValue)
    #expect(
      module.dump == """
        @layer def f(x: [n, 2 * (m + 1)], *, k=1) -> [n]
          for (i, (j, *r)) in x
            if i
              break
            else
              if j
                continue
              else
                pass
          else
            return x
          try
            raise ValueError('a') from None
          except A, B as e
            del x[0], y
          finally
            assert x, 'why'
          with a as b, c
            from m import p as q, r
        import a.b as c, d
        set x = 1

        """)
  }
}
