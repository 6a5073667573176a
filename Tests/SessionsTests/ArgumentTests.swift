import Builtins
import Checking
import Diagnostics
import Sessions
import Testing

/// Every parameter of every builtin that says what it wants, with an argument that is not that: the checker finds it, and running
/// raises the very same error.
@Suite struct ArgumentTests {
  @Test(arguments: WrongArgument.all)
  func `a wrong argument is the same error before and while running`(wrong: WrongArgument) throws {
    let session = Session(front: ScriptedFront())
    let found = session.check(wrong.call, name: "check").filter(\.isError)
    let static_ = try #require(found.first, "the checker finds nothing in \(wrong.call)")
    let name = wrong.builtin.name
    #expect(static_.kind == wrong.kind)
    #expect(static_.message.hasPrefix("\(name) wants \(wrong.parameter.wants.noun.prefix(8))"), "\(wrong.call)")
    #expect(static_.span?.text == wrong.text, "\(wrong.call)")
    #expect(static_.help != nil)

    // Within `try` the checker leaves it to the machine.
    let outcome = session.run("try:\n    \(wrong.call)\nexcept ZeroDivisionError:\n    pass\n", name: "run", mode: .script)
    let raised = try #require(outcome.failure?.diagnostics.first, "\(wrong.call) runs")
    #expect(raised.kind == static_.kind, "\(wrong.call)")
    #expect(raised.message == static_.message, "\(wrong.call)")
    #expect(raised.span?.text == wrong.text, "\(wrong.call)")
  }

  @Test func `a builtin gives what its signature says`() {
    var count = 0
    for builtin in Builtin.all where builtin.owner == nil {
      guard let result = builtin.signature.result else { continue }
      let session = Session(front: ScriptedFront())
      _ = session.run("train(network(dense(1)), make_xor(), loss=mse, optimizer=sgd, epochs=1);", name: "before")
      guard case .value(let shown?) = session.run("type(\(WrongArgument.call(of: builtin)))", name: "call") else { continue }
      #expect(shown.text == result, "\(builtin.name)")
      count += 1
    }
    #expect(count > 30)
  }

  @Test func `most parameters say what they want`() {
    let all = Builtin.all.flatMap(\.signature.parameters)
    #expect(all.count { $0.wants.types != nil } * 10 > all.count * 9)
    #expect(WrongArgument.all.count > 300)
  }
}

/// A call of a builtin in which one argument is wrong.
struct WrongArgument: CustomTestStringConvertible, Sendable {
  var builtin: Builtin
  var parameter: Parameter
  var call: String
  /// The wrong argument.
  var text: String
  var kind: String

  var testDescription: String { call }

  static let all: [WrongArgument] = Builtin.all.flatMap { builtin in
    builtin.owner == nil ? builtin.signature.parameters.flatMap { wrong(in: builtin, $0) } : []
  }

  private static func wrong(in builtin: Builtin, _ parameter: Parameter) -> [WrongArgument] {
    var wrong: [(text: String, kind: String)] = []
    let literals = [("\"?\"", "str"), ("{}", "dict"), ("3", "int")]
    if parameter.wants.types != nil, let literal = literals.first(where: { !parameter.wants.fits(type: $0.1) }) {
      wrong.append((literal.0, "TypeError"))
    }
    if !parameter.wants.choices.isEmpty { wrong.append(("\"?\"", "ValueError")) }
    if let bounds = parameter.wants.bounds, bounds.range.lowerBound > -1e9 {
      wrong.append((String(Int(bounds.range.lowerBound) - 1), "ValueError"))
    }
    return wrong.map { text, kind in
      WrongArgument(
        builtin: builtin, parameter: parameter, call: call(of: builtin, parameter, text), text: text, kind: kind)
    }
  }

  /// All that must be given, each as its parameter wants it, but for the wrong one.
  static func call(of builtin: Builtin, _ wrong: Parameter? = nil, _ text: String = "") -> String {
    var arguments: [String] = []
    for parameter in builtin.signature.parameters {
      let isWrong = parameter == wrong
      guard isWrong || !parameter.hasDefault else { continue }
      let value = isWrong ? text : fitting(parameter)
      let isPlain = wrong?.kind == .rest || parameter.kind == .rest || parameter.kind == .positionalOnly
      arguments.append(isPlain ? value : "\(parameter.name)=\(value)")
    }
    return "\(builtin.name)(\(arguments.joined(separator: ", ")))"
  }

  private static func fitting(_ parameter: Parameter) -> String {
    let types = parameter.wants.types ?? []
    if parameter.wants.noun == "a shape" { return "[2]" }
    if parameter.wants.noun.hasPrefix("a width") { return "2" }
    if parameter.wants.noun.contains("whole number") { return "1" }
    if parameter.name == "of" { return "tensor([1.0])" }
    if parameter.wants.bounds?.range == 0...1 { return "0.5" }
    if let name = parameter.wants.names.first { return name }
    for (type, text) in [
      ("network", "network(input(2), dense(1))"), ("dataset", "make_xor()"), ("function", "lambda z: z"),
      ("figure", "plot([1, 2])"),
      ("run", "last_run()"), ("optimizer", "sgd(0.1)"), ("list", "[1.0, 2.0]"), ("int", "1"), ("str", "\"float32\""),
      ("tensor", "tensor([1.0])"),
    ] where types.contains(type) {
      return text
    }
    return "1"
  }
}
