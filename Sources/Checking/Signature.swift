/// How a function may be called. The builtins' come in as a table, so the checker knows none of them.
public struct Signature: Equatable, Sendable {
  public var parameters: [Parameter]
  /// The type of what the call gives, where it is always the same.
  public var result: String?
  /// Keywords that other languages' functions of this kind have: the parameter here, or advice.
  public var foreign: [String: String] = [:]

  public init(_ parameters: [Parameter], result: String? = nil, foreign: [String: String] = [:]) {
    self.parameters = parameters
    self.result = result
    self.foreign = foreign
  }
}

/// One parameter of a signature.
public struct Parameter: Equatable, Sendable {
  public var name: String
  public var kind: Kind
  /// As it is written; nil where an argument must be given.
  public var defaultText: String?
  public var wants: Wanted
  /// A few words on what it is, as `the share of numbers that is left out`.
  public var about: String?

  public enum Kind: Equatable, Sendable {
    /// By position or by name.
    case plain
    /// By position only, as the arguments of Python's own small functions.
    case positionalOnly
    case keywordOnly
    /// `*rest`.
    case rest
    /// `**rest`.
    case keywords
  }

  public init(
    _ name: String, _ kind: Kind = .plain, defaultText: String? = nil, wants: Wanted = .anything, about: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.defaultText = defaultText
    self.wants = wants
    self.about = about
  }

  public var hasDefault: Bool { defaultText != nil || kind == .rest || kind == .keywords }
}

extension Signature {
  /// The signature of something that is called as a method: its first parameter is the value before the dot.
  public var asMethod: Signature { Signature(Array(parameters.dropFirst()), result: result, foreign: foreign) }

  /// A signature written as in a `def`: `x, axis=None, *, keepdims=False`. Types are not part of it.
  public init(declaring text: String) {
    var parameters: [Parameter] = []
    var isKeywordOnly = false
    for piece in Signature.pieces(of: text) {
      switch piece {
      case "*": isKeywordOnly = true
      case "/":
        for i in parameters.indices { parameters[i].kind = .positionalOnly }
      case _ where piece.hasPrefix("**"): parameters.append(Parameter(String(piece.dropFirst(2)), .keywords))
      case _ where piece.hasPrefix("*"):
        parameters.append(Parameter(String(piece.dropFirst()), .rest))
        isKeywordOnly = true
      default:
        let halves = piece.split(separator: "=", maxSplits: 1)
        parameters.append(
          Parameter(
            String(halves[0]), isKeywordOnly ? .keywordOnly : .plain, defaultText: halves.count > 1 ? String(halves[1]) : nil))
      }
    }
    self.parameters = parameters
  }

  /// The text at its commas, but not at those within brackets or quotes; without spaces around.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      }
      if character == ",", depth == 0, quote == nil {
        pieces.append(piece)
        piece = ""
      } else if character != " " || quote != nil || depth > 0 {
        piece.append(character)
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}

extension Signature: CustomStringConvertible {
  /// As in a `def`, with the brackets: `(x, axis=None)`.
  public var description: String {
    var words: [String] = []
    var isKeywordOnly = false
    for (i, parameter) in parameters.enumerated() {
      if parameter.kind == .keywordOnly, !isKeywordOnly {
        words.append("*")
        isKeywordOnly = true
      }
      let suffix = parameter.defaultText.map { "=\($0)" } ?? ""
      switch parameter.kind {
      case .rest:
        words.append("*" + parameter.name)
        isKeywordOnly = true
      case .keywords: words.append("**" + parameter.name)
      case .positionalOnly:
        words.append(parameter.name + suffix)
        if i + 1 == parameters.count || parameters[i + 1].kind != .positionalOnly { words.append("/") }
      default: words.append(parameter.name + suffix)
      }
    }
    return "(" + words.joined(separator: ", ") + ")"
  }
}
