/// Gives the layers of one network their names.
struct LayerNames {
  private var counts: [String: Int] = [:]
  private var taken: Set<String> = []

  /// What can be asked of any network; no layer can be called so.
  static let reserved: Set<String> = [
    "copy", "freeze", "hash", "layers", "name", "parameters", "reset", "summary", "unfreeze",
  ]

  /// The name given to the layer, or its kind with the next number.
  mutating func next(for layer: Layer) throws(LearningError) -> String {
    let name: String
    if let given = layer.givenName {
      guard LayerNames.isIdentifier(given) else { throw .nameInvalid(given) }
      guard !LayerNames.reserved.contains(given) else { throw .nameReserved(given) }
      name = given
    } else {
      let stem = layer.stem
      counts[stem, default: 0] += 1
      name = "\(stem)\(counts[stem, default: 0])"
    }
    guard taken.insert(name).inserted else { throw .nameTwice(name) }
    return name
  }

  /// Whether a program could write it after a dot.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}

extension Layer {
  /// What its name begins with if the program gave it none.
  var stem: String {
    if let givenStem { return givenStem }
    switch body {
    case .input: return "input"
    case .kind(let kind, _): return kind.name
    case .network(_, let joining): return joining.name
    case .function(let function): return function.name
    }
  }
}
