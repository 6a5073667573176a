import Sessions
import Testing

@Suite struct CompletingTests {
  private func session(_ setup: String = "") -> Session {
    let session = Session(front: ScriptedFront())
    _ = session.run(setup, name: "cell 1")
    return session
  }

  @Test(arguments: [
    ("sigm", ["sigmoid"]), ("x = cross_en", ["cross_entropy"]), ("net.den", ["dense1", "dense2"]),
    ("net.dense1.we", ["weight"]), ("train(net, data, opt", ["optimizer="]), ("whi", ["while"]),
    ("net(x).", []), ("my_val", ["my_value"]), ("data.spl", ["split"]), ("", nil),
  ])
  func `names, attributes and arguments are found`(text: String, expected: [String]?) {
    let session = session(
      "net = network(input(2), dense(3, tanh), dense(1))\nmy_value = 3\ndata = make_xor()")
    let found = session.complete(text, at: text.utf8.count)
    if let expected { #expect(found.candidates.map(\.text) == expected) } else { #expect(found.candidates.count > 100) }
  }

  @Test func `what is replaced is the word before the cursor`() {
    let found = session().complete("y = π + sigm", at: 13)
    #expect(found.replaced == 9..<13)
  }

  @Test(arguments: [
    ("relu", 2, "relu(x)"), ("cross_entropy(", 14, "cross_entropy(prediction, target"), ("net", 1, "network(input1"),
    ("f(2)", 1, "f(a, b=2)"), ("net.summary", 8, "network.summary()"), ("pi", 1, "pi = 3.14159"), ("len", 1, "len("),
  ])
  func `inspecting shows help`(text: String, offset: Int, start: String) {
    let session = session("net = network(input(2), dense(1))\ndef f(a, b=2):\n    return a\n")
    #expect(session.inspect(text, at: offset)?.hasPrefix(start) == true)
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
