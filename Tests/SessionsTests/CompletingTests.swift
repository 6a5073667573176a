@testable import Sessions
import Testing

@Suite struct CompletingTests {
  private func session(_ setup: String = "") -> Session {
    let session = Session(front: ScriptedFront())
    _ = session.run(setup, name: "cell 1")
    return session
  }

  private static let setup = """
    net = network(input(2), dense(3, tanh), dense(1))
    my_value = 3
    data = make_xor()
    d = {"alpha": 1, "beta": tensor([1.0]), "it's": {"deep": "a"}}
    xs = [tensor([1.0])]
    run = train(net, data, loss=binary_cross_entropy, optimizer=sgd(0.1), epochs=1, metrics=[accuracy])
    def area(width, height=1):
        return width * height
    """

  /// One for all questions: they change nothing.
  private static let prepared = {
    let session = Session(front: ScriptedFront())
    _ = session.run(setup, name: "cell 1")
    return session
  }()

  /// The text has a `|` where the cursor stands.
  private func found(_ marked: String) -> [String] {
    let halves = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return Self.prepared.complete(halves.joined(), at: halves[0].utf8.count).candidates.map(\.text)
  }

  @Test(arguments: [
    ("sigm|", "sigmoid"), ("x = cross_en|", "cross_entropy"), ("whi|", "while"), ("my_val|", "my_value"),
    ("net.den|", "dense1 dense2"), ("net.dense1.we|", "weight"), ("net.dense1.weight.med|", "median"), ("net(x).med|", "median"),
    ("net.parameters[\"dense2.w|", "dense2.weight\"]"), ("run.metrics['|", "accuracy']"), ("data.spl|", "split"),
    ("data.x.med|", "median"), ("net.dense1.weight.T.med|", "median"),
    ("my_value.bit_l|", "bit_length"), ("%ti|", "%time %timeit"), ("%time sigm|", "sigmoid"),
    // Values without a name.
    ("\"abc\".upp|", "upper"), ("\"abc\".upper().low|", "lower"), ("[1].app|", "append"), ("{}.setd|", "setdefault"),
    ("xs[0].med|", "median"), ("xs[1:].app|", "append"), ("relu(x).med|", "median"), ("load_iris().fea|", "features"),
    ("(my_value + 1).|", ""), ("unknown(3).|", ""),
    // A comma is missing: the name took a place from none.
    ("area(my_value height=my_val|", "my_value"),
    // Keys.
    ("d[\"|", "alpha\"] beta\"] it's\"]"), ("d[\"al|\"]", "alpha"), ("d['|", "alpha'] beta']"), ("d[\"beta\"].med|", "median"),
    ("d[\"it's\"][\"|", "deep\"]"), ("my_value[\"|", ""),
    // Neither in texts and comments, nor in the place of a module.
    ("print(\"sigm|", ""), ("# sigm|", ""), ("import sigm|", ""), ("f\"{my_val|", "my_value"),
  ])
  func `names, attributes and keys are found`(text: String, expected: String) {
    #expect(found(text).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("learning = 3\nlear|", "learning"), ("def f(alpha):\n    return alp|", "alpha"), ("for item in x:\n    ite|", "item"),
    ("y = tensor([1])\ny.med|", "median"), ("y = data\ny.spl|", "split"), ("y = y.T\ny.med|", ""),
    ("x = [1, 2\nnet.den|", "dense1 dense2"), ("x = 3 +* 4\nnet.den|", "dense1 dense2"), ("if (\nnet.den|", "dense1 dense2"),
    ("def f(x):\n    return net.den|", "dense1 dense2"), ("x = 'abc\nnet.den|", "dense1 dense2"),
    ("y = \"😀\"; net.den|", "dense1 dense2"),
  ])
  func `half-written code that has not run is understood`(text: String, expected: String) {
    #expect(found(text).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("train(net, data, opt|", "optimizer="), ("area(wid|", "width="), ("area(3, heig|", "height="),
    ("area(height=2, wid|", "width="),
    ("area(3, wid|", ""), ("area(3 + hei|", ""), ("train(net, data, epochs=3, epo|", ""), ("data.split(sha|", "shares="),
    ("zeros(2, dtype=\"fl|", "float32 float64"), ("train(net, data, optimizer=adam|", "adam adamw"),
    ("train(net, data, metrics=[acc|", "accuracy"), ("dense(3, lea|", "leaky_relu"),
  ])
  func `arguments and what they may be are found`(text: String, expected: String) {
    #expect(found(text).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("area(|", ["width=", "height=", "area", "d"]),
    ("zeros(2, dtype=|", ["\"float32\"", "\"float64\"", "\"int64\"", "\"bool\""]),
    ("train(net, data, loss=|", ["mse", "mae", "huber"]),
    ("own = 3\n|", ["own", "area", "d", "data", "my_value", "net", "run", "xs"]),
    ("d[|", ["\"alpha\"]", "\"beta\"]"]), ("net.|", ["dense1", "dense2", "input1"]),
  ])
  func `what fits best comes first`(text: String, first: [String]) {
    #expect(Array(found(text).prefix(first.count)) == first)
  }

  @Test(arguments: [
    ("SIGM|", "sigmoid"), ("xent|", ""), ("entropy|", "cross_entropy binary_cross_entropy"), ("crsent|", "cross_entropy"),
    ("qqq|", ""), ("_|", "_"),
  ])
  func `other letters count only where nothing begins with these`(text: String, expected: String) {
    #expect(found(text).filter { $0 != "_" }.joined(separator: " ") == (expected == "_" ? "" : expected))
  }

  @Test(arguments: [
    ("relu", "function", "(x)", ""), ("area", "function", "(width, height=1)", ""),
    ("net", "network", "", "3 layers, 13 parameters"),
    ("data", "dataset", "", "xor: 4 rows, 2 features, 2 classes"), ("d", "dict", "", "3 items"), ("pi", "name", "", ""),
    ("my_value", "int", "", "3"), ("float", "type", "", ""), ("while", "keyword", "", ""),
  ])
  func `a candidate has its kind, its signature and what it is`(name: String, kind: String, signature: String, facts: String) {
    let found = Self.prepared.complete(name, at: name.utf8.count).candidates.first { $0.text == name }
    #expect(found?.kind == kind)
    #expect(found?.signature == signature)
    #expect(found?.facts == facts)
  }

  @Test func `layers follow each other by their numbers`() {
    let layers = Array(repeating: "dense(1)", count: 11).joined(separator: ", ")
    let found = session("net = network(input(1), \(layers))").complete("net.dense", at: 9)
    #expect(found.candidates.map(\.text).last == "dense11")
  }

  @Test func `everything is offered where nothing is written`() {
    #expect(session().complete("", at: 0).candidates.count > 100)
  }

  @Test func `what is replaced is the word before the cursor`() {
    let found = session().complete("y = π + sigm", at: 13)
    #expect(found.replaced == 9..<13)
  }

  @Test(arguments: [
    ("relu", 2, "relu(x)"), ("cross_entropy(", 14, "cross_entropy(prediction, target"),
    ("net", 1, "A network of 2 layers, 3 parameters."),
    ("f(2)", 1, "f(a, b=2)"), ("net.summary", 8, "network.summary()"), ("pi", 1, "pi = 3.14159"), ("len", 1, "len("),
    ("xs.append", 5, "list.append(item)"), ("%timeit f(2)", 3, "%timeit CODE: "), ("%timeit f(2)", 9, "f(a, b=2)"),
    // The argument, and not the builtin of that name.
    ("dense(3, activation=relu)", 12, "dense(units, activation"), ("f(b=relu", 8, "relu(x)"),
  ])
  func `inspecting shows help`(text: String, offset: Int, start: String) {
    let session = session("net = network(input(2), dense(1))\nxs = []\ndef f(a, b=2):\n    return a\n")
    #expect(session.inspect(text, at: offset)?.text.hasPrefix(start) == true)
  }

  @Test func `help is set in Markdown and HTML for notebooks`() {
    let page = session().inspect("relu", at: 2)
    #expect(page?.markdown.hasPrefix("```python\nrelu(x)\n```\n\nEach entry, or 0") == true)
    #expect(page?.html.contains("<code>1 if z &gt; 0, else 0</code>") == true)
    #expect(page?.html.contains("<img alt=\"relu and its derivative\" src=\"data:image/svg+xml,") == true)
    #expect(session("x = '```'").inspect("x", at: 1)?.markdown.hasPrefix("````\n'```'\n````") == true)
    let html = session("x = '<script>alert(1)</script>'").inspect("x", at: 1)?.html ?? ""
    #expect(html.contains("&lt;script&gt;") && !html.contains("<script"))
  }

  @Test func `a program in HTML has the notebook's colours`() {
    let page = session().inspect("train", at: 2)
    #expect(page?.html.contains("<span style=\"color:var(--jp-mirror-editor-number-color,seagreen)\">2</span>") == true)
  }

  @Test func `a tensor is shown by its shape, type and numbers`() {
    let text = session("x = tensor([[1.0, nan, 4.0]])").inspect("x", at: 1)?.text ?? ""
    for line in ["shape       [1, 3]", "type        float32", "from        1 to 4", "mean        2.5", "not finite  1 of 3"] {
      #expect(text.contains(line))
    }
  }

  @Test(arguments: [("net", 1), ("net.dense1", 6), ("d[\"beta\"]", 5), ("net.dense1.weight", 14), ("data", 1), ("area", 1)])
  func `a value is inspected while another source runs, by what was known before`(text: String, offset: Int) {
    let session = Self.prepared
    let page = session.main.machine.withFloor { session.inspect(text, at: offset) }
    #expect(page?.text.isEmpty == false)
  }

  @Test func `a function is shown with its words, and its text where that is asked for`() {
    let session = session("def area(w, h=1):\n    'The area.\\n\\n    Of a rectangle.'\n    return w * h\n")
    let brief = session.inspect("area", at: 2)?.text ?? ""
    #expect(brief.hasPrefix("area(w, h=1)\n\nThe area.\n\nOf a rectangle."))
    #expect(!brief.contains("return"))
    #expect(session.inspect("area", at: 2, isWhole: true)?.text.contains("        return w * h") == true)
    guard case .page(let page) = session.run("area??", name: "cell 2") else {
      Issue.record("there is no page")
      return
    }
    #expect(page.text.contains("return w * h"))
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
