/// Frees nested containers without recursion, so that a list nested a million deep does not end the process.
enum Dismantling {
  /// Empties `elements`; containers that nobody else holds are emptied one after another instead of one inside another.
  static func dismantle(_ elements: inout [Value]) {
    guard elements.contains(where: \.mayNest) else { return }
    var pending: [Value] = []
    swap(&pending, &elements)
    while let value = pending.popLast() {
      open(value, into: &pending)
    }
  }

  private static func open(_ value: consuming Value, into pending: inout [Value]) {
    switch consume value {
    case .list(var object):
      if isKnownUniquelyReferenced(&object) { move(&object.elements, into: &pending) }
    case .tuple(var object):
      if isKnownUniquelyReferenced(&object) { pending.append(contentsOf: object.takeElements()) }
    case .dict(var object):
      if isKnownUniquelyReferenced(&object) { pending.append(contentsOf: object.takeValues()) }
    case .function(var object):
      if isKnownUniquelyReferenced(&object) { pending.append(contentsOf: object.takeCaptured()) }
    default: break
    }
  }

  private static func move(_ elements: inout [Value], into pending: inout [Value]) {
    var taken: [Value] = []
    swap(&taken, &elements)
    pending.append(contentsOf: taken)
  }
}

extension Value {
  /// Whether freeing this value can free further values.
  var mayNest: Bool {
    switch self {
    case .list, .tuple, .dict, .function: true
    default: false
    }
  }
}
