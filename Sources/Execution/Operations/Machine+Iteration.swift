extension Machine {
  /// All items that `for` would give, as `list(value)`.
  public func items(of value: Value) throws(RuntimeError) -> [Value] {
    switch value {
    case .list(let list): return list.elements
    case .tuple(let tuple): return tuple.elements
    case .dict(let dict): return try values(of: dict) { key, _ in key }
    case .string(let text):
      // Beyond ASCII each character is an object of its own.
      try charge(count: text.count, ofBytes: MemoryLayout<Value>.stride + (text.isASCII ? 0 : 64))
      var characters: [Value] = []
      characters.reserveCapacity(text.count)
      var parts = parts(of: text.text)
      while let part = try parts.next() { for scalar in part { characters.append(.string(StringObject.character(scalar))) } }
      return characters
    case .range(let range):
      try charge(values: range.count)
      return try values(range.count) { place in .int(range[place]) }
    default:
      let iterator = try iterator(over: value)
      var items: [Value] = []
      while let item = try iterator.next() {
        try checkInterrupt()
        if items.count == items.capacity { try charge(values: 2 * items.count + 4) }
        items.append(item)
      }
      return items
    }
  }

  /// Adds items at a list's end, or none of them if it is interrupted.
  func append(_ items: [Value], to list: ListObject) throws(RuntimeError) {
    if list.elements.count + items.count > list.elements.capacity { try charge(values: list.elements.count + 2 * items.count) }
    // Room for many at once: to move millions, each time the list has doubled, takes too long.
    if items.count > list.elements.count { list.elements.reserveCapacity(list.elements.count + items.count) }
    let count = list.elements.count
    do {
      try add(items[...], to: &list.elements)
    } catch {
      list.elements.removeLast(list.elements.count - count)
      throw error
    }
  }

  /// What `for` goes over one by one. An interrupt ends it.
  public func iterator(over value: Value) throws(RuntimeError) -> IteratorObject {
    switch value {
    case .list(let list):
      // A list may grow and shrink while one goes over it.
      var place = 0
      return IteratorObject { [self] () throws(RuntimeError) in
        try checkInterrupt()
        guard place < list.elements.count else { return nil }
        defer { place += 1 }
        return list.elements[place]
      }
    case .range(let range):
      var place = 0
      return IteratorObject { [self] () throws(RuntimeError) in
        try checkInterrupt()
        guard place < range.count else { return nil }
        defer { place += 1 }
        return .int(range[place])
      }
    case .tuple, .dict, .string:
      var rest = try items(of: value)[...]
      return IteratorObject { [self] () throws(RuntimeError) in
        try checkInterrupt()
        return rest.popFirst()
      }
    case .iterator(let iterator): return iterator
    case .entry: return try self.iterator(over: value.boxed)
    case .foreign(let object):
      if let next = try object.iterate(in: self) {
        return IteratorObject { [self] () throws(RuntimeError) in
          try checkInterrupt()
          return try next()
        }
      }
    default: break
    }
    throw RuntimeError(
      .typeError, "cannot go over \(value.typeName.withArticle)", help: Number(value) == nil ? nil : "count with range(n)")
  }

  /// `len(value)`.
  public func length(of value: Value) throws(RuntimeError) -> Int {
    switch value {
    case .string(let text): return text.count
    case .list(let list): return list.elements.count
    case .tuple(let tuple): return tuple.elements.count
    case .dict(let dict): return dict.count
    case .range(let range): return range.count
    case .entry: return try length(of: value.boxed)
    case .foreign(let object):
      if let length = try object.length() { return length }
    default: break
    }
    throw RuntimeError(.typeError, "\(value.typeName.withArticle) has no length")
  }

  /// `value in container`.
  public func contains(_ container: Value, _ value: Value) throws(RuntimeError) -> Bool {
    switch container {
    case .dict(let dict): return try dict.value(for: value) != nil
    case .string(let text):
      guard case .string(let part) = value else {
        throw RuntimeError(.typeError, "in a string only a string is looked for, not \(value.typeName.withArticle)")
      }
      return try firstRange(of: part.bytes, in: text.bytes) != nil
    case .range(let range):
      if case .int(let number) = value { return range.place(of: number) != nil }
    case .entry: return try contains(container.boxed, value)
    case .foreign(let object):
      if let result = try object.contains(value, in: self) { return result }
    default: break
    }
    let iterator = try iterator(over: container)
    while let item = try iterator.next() {
      if try equal(item, value) { return true }
    }
    return false
  }

  /// Takes exactly `count` items from a value, or with `star` at least the others, the star's share as a list.
  func unpack(_ value: Value, count: Int, star: Int?) throws(RuntimeError) -> [Value] {
    let items: [Value]
    switch value {
    case .list, .tuple, .string, .dict, .range, .foreign, .entry, .iterator: items = try self.items(of: value)
    default:
      throw RuntimeError(.typeError, "cannot unpack \(value.typeName.withArticle) into \(count) names")
    }
    guard let star else {
      guard items.count == count else {
        let amount = items.count < count ? "not enough" : "too many"
        throw RuntimeError(
          .valueError, "\(amount) values to unpack: \(count) names, \(items.count) values",
          help: unpackingHelp(value) ?? "give as many names, or let one take the rest: a, *rest = …")
      }
      return items
    }
    guard items.count >= count - 1 else {
      throw RuntimeError(
        .valueError, "not enough values to unpack: at least \(count - 1) needed, \(items.count) given",
        help: "take out names, or give more values")
    }
    let after = count - 1 - star
    let middle = items[star..<(items.count - after)]
    return items[..<star] + [.list(try joined(middle))] + items[(items.count - after)...]
  }
}

extension Machine {
  /// What helps where a value of this type, or the result of this method, is unpacked into another number of names.
  private func unpackingHelp(_ value: Value) -> String? {
    if let advice = advice.unpacking[value.typeName] { return advice }
    guard case .call(let callee, _)? = runningExpression?.kind, case .attribute(_, let name, _) = callee.kind else { return nil }
    return advice.unpacking[name]
  }
}

extension StringObject {
  var bytes: [UInt8] { Array(text.utf8) }
}
