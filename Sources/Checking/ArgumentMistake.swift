import Diagnostics

/// What is said of arguments that do not fit a signature, by the checker and by running.
public struct ArgumentMistake: Equatable, Sendable {
  public var message: String
  public var help: String

  /// More arguments without a name than there are places.
  public static func tooMany(_ name: String, _ signature: Signature, given: Int) -> ArgumentMistake {
    let called = signature.withoutReceiver
    let given = given - (signature.parameters.count - called.parameters.count)
    let most = called.parameters.count { $0.kind == .plain || $0.kind == .positionalOnly }
    let allowed = most == 0 ? "no arguments" : "at most \(most) argument\(most == 1 ? "" : "s")"
    return ArgumentMistake(message: "\(name) takes \(allowed) by position, but gets \(given)", help: name + called.description)
  }

  /// Arguments that must be given and are not.
  public static func missing(_ names: [String], _ name: String, _ signature: Signature) -> ArgumentMistake {
    let list = names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    return ArgumentMistake(
      message: "\(name) is missing its argument\(names.count > 1 ? "s" : "") \(list)",
      help: name + signature.withoutReceiver.description)
  }

  /// An argument that is given by position and by name.
  public static func twice(_ argument: String, _ name: String, _ signature: Signature) -> ArgumentMistake {
    ArgumentMistake(
      message: "\(name) gets \(argument) twice, by position and by name", help: name + signature.withoutReceiver.description)
  }

  /// A name that no argument has.
  public static func unknown(_ argument: String, _ name: String, _ signature: Signature) -> ArgumentMistake {
    let known = signature.withoutReceiver.parameters.filter { $0.kind == .plain || $0.kind == .keywordOnly }.map(\.name)
    let help =
      nearest(to: argument, among: known).map { "did you mean \($0)=?" }
      ?? (known.isEmpty ? "\(name) takes no named arguments" : "its arguments are \(known.joined(separator: ", "))")
    return ArgumentMistake(message: "\(name) has no argument \(argument)", help: help)
  }
}

extension Signature {
  /// The name of a method's first parameter, which is the value before the dot.
  public static let receiver = "self"

  /// The signature as the person who calls it sees it: without the value before the dot.
  public var withoutReceiver: Signature {
    parameters.first?.name == Self.receiver ? Signature(Array(parameters.dropFirst())) : self
  }
}
