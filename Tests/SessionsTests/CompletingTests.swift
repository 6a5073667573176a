import Sessions
import Testing

@Suite struct CompletingTests {
  private func session(_ setup: String = "") -> Session {
    let session = Session(front: ScriptedFront())
    _ = session.run(setup, name: "cell 1")
    return session
  }

  @Test(arguments: [
    ("sigm", "sigmoid"), ("x = cross_en", "cross_entropy"), ("net.den", "dense1 dense2"), ("net.dense1.we", "weight"),
    ("train(net, data, opt", "optimizer="), ("whi", "while"), ("net(x).", ""), ("my_val", "my_value"), ("data.spl", "split"),
    // Neither in texts and comments, nor where a module is named.
    ("print(\"sigm", ""), ("# sigm", ""), ("import sigm", ""), ("f\"{my_val", "my_value"),
    // Names that the cell binds itself, before it has run.
    ("learning = 3\nlear", "learning"), ("def f(alpha):\n    return alp", "alpha"), ("for item in x:\n    ite", "item"),
    // A method's own value is no argument of it, and an argument is given once.
    ("my_value.bit_l", "bit_length"), ("data.split(sha", "shares="), ("train(net, data, epochs=3, epo", ""),
    ("%ti", "%time %timeit"), ("%time sigm", "sigmoid"),
  ])
  func `names, attributes and arguments are found`(text: String, expected: String) {
    let session = session(
      "net = network(input(2), dense(3, tanh), dense(1))\nmy_value = 3\ndata = make_xor()")
    let found = session.complete(text, at: text.utf8.count)
    #expect(found.candidates.map(\.text).joined(separator: " ") == expected)
  }

  @Test func `everything is offered where nothing is written`() {
    #expect(session().complete("", at: 0).candidates.count > 100)
  }

  @Test func `what is replaced is the word before the cursor`() {
    let found = session().complete("y = π + sigm", at: 13)
    #expect(found.replaced == 9..<13)
  }

  @Test(arguments: [
    ("relu", 2, "relu(x)"), ("cross_entropy(", 14, "cross_entropy(prediction, target"), ("net", 1, "network(input1"),
    ("f(2)", 1, "f(a, b=2)"), ("net.summary", 8, "network.summary()"), ("pi", 1, "pi = 3.14159"), ("len", 1, "len("),
    ("xs.append", 5, "list.append(item)"), ("%timeit f(2)", 3, "%timeit CODE: "), ("%timeit f(2)", 9, "f(a, b=2)"),
    // The argument, and not the builtin of that name.
    ("dense(3, activation=relu)", 12, "dense(units, activation"), ("f(b=relu", 8, "relu(x)"),
  ])
  func `inspecting shows help`(text: String, offset: Int, start: String) {
    let session = session("net = network(input(2), dense(1))\nxs = []\ndef f(a, b=2):\n    return a\n")
    #expect(session.inspect(text, at: offset)?.text.hasPrefix(start) == true)
  }

  @Test func `help is set in Markdown for notebooks`() {
    let page = session().inspect("relu", at: 2)
    #expect(page?.markdown.hasPrefix("```python\nrelu(x)\n```\n\nEach entry, or 0") == true)
    #expect(session("x = '```'").inspect("x", at: 1)?.markdown.hasPrefix("````\n'```'\n````") == true)
  }

  @Test func `what is known of a large value is short`() {
    let session = session("x = list(range(100000))\ny = 'a' * 100000\nz = {i: i for i in range(100000)}")
    for name in ["x", "y", "z"] {
      let text = session.inspect(name, at: 1)?.text ?? ""
      #expect(text.utf8.count < 1000)
      #expect(text.contains("…"))
    }
  }

  @Test func `nothing is known of what is not there`() {
    #expect(session().inspect("nothing_at_all", at: 3) == nil)
    #expect(session().inspect("", at: 0) == nil)
  }

  @Test func `the signature of the call around the cursor is found`() {
    #expect(session().signature(in: "train(net, ", at: 11)?.hasPrefix("train(net, data") == true)
    #expect(session().signature(in: "x = 3", at: 5) == nil)
  }

  @Test func `any cursor in any text is answered`() {
    let session = session()
    for text in ["", "((([[[", "\"abc", "a.b.c.(", "日本.x", "f(g(h(", "x = [1, 2", "....", "'''"] {
      for offset in -1...(text.utf8.count + 1) {
        _ = session.complete(text, at: offset)
        _ = session.inspect(text, at: offset)
        _ = session.signature(in: text, at: offset)
      }
    }
  }
}
