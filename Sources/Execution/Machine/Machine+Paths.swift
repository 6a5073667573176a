extension Machine {
  /// Writes through a path of items and attributes: `net.dense1.weight[0, 1] = 5`, `xs[0][1] = 9`.
  func assignPath(
    _ instruction: UnsafeMutablePointer<Instruction>, window: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) {
    let path = frames[depth - 1].code.paths[Int(instruction.pointee.c)]
    let keyCount = path.steps.count { $0 == .item }
    let operands = take(window, keyCount + 1)
    var keys = operands[..<keyCount]
    let value = operands[keyCount]
    let root = at(instruction.pointee.a)
    if path.startsInCell {
      guard case .cell(let cell) = root.pointee, !cell.value.isUnbound else { throw unbound(instruction.pointee.a) }
      try assign(value, through: &cell.value, path.steps[...], &keys)
    } else {
      _ = try read(instruction.pointee.a)
      try assign(value, through: &root.pointee, path.steps[...], &keys)
    }
  }

  /// Assigns in `holder` along the steps. An engine's object that is a value, as tensors are, is then assigned anew to the
  /// step before it.
  private func assign(
    _ value: Value, through holder: inout Value, _ steps: ArraySlice<AssignmentPath.Step>, _ keys: inout ArraySlice<Value>
  ) throws(RuntimeError) {
    guard let step = steps.first else { return }
    let isLast = steps.count == 1
    switch step {
    case .item:
      guard let key = keys.popFirst() else { return }
      if isLast { return try setItem(of: &holder, at: key, to: value) }
      var inner = try item(of: holder, at: key)
      // While its item is written, the object is out of its container: with one holder left, it changes in place.
      let isLent = lend(inner, at: key, of: holder)
      do throws(RuntimeError) {
        try assign(value, through: &inner, steps.dropFirst(), &keys)
      } catch {
        if isLent { try setItem(of: &holder, at: key, to: inner) }
        throw error
      }
      if isLent || inner.isValueLike { try setItem(of: &holder, at: key, to: inner) }
    case .attribute(let name):
      if isLast { return try setAttribute(of: holder, name, to: value) }
      var inner = try attribute(of: holder, name)
      try assign(value, through: &inner, steps.dropFirst(), &keys)
      if inner.isValueLike { try setAttribute(of: holder, name, to: inner) }
    }
  }

  /// Takes an engine's object out of the list or dictionary that holds it, until it is put back.
  private func lend(_ inner: Value, at key: Value, of holder: Value) -> Bool {
    guard inner.isValueLike else { return false }
    switch holder {
    case .list(let list):
      guard let place = try? place(key, count: list.elements.count, in: "list") else { return false }
      list.elements[place] = .none
      return true
    case .dict(let dict): return (try? dict.set(key, to: .none)) != nil
    default: return false
    }
  }
}

extension Value {
  /// Whether assignment means a copy, as with tensors.
  fileprivate var isValueLike: Bool {
    if case .foreign(let object) = boxed { object.isValueLike } else { false }
  }
}
