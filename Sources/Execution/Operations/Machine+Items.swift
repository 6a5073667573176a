import Diagnostics

extension Machine {
  /// `container[key]`.
  public func item(of container: Value, at key: Value) throws(RuntimeError) -> Value {
    switch container {
    case .list(let list):
      if case .slice(let slice) = key { return .list(try select(slice, from: list.elements)) }
      return list.elements[try place(key, count: list.elements.count, in: "list")]
    case .tuple(let tuple):
      if case .slice(let slice) = key { return .tuple(try select(slice, from: tuple.elements)) }
      return tuple.elements[try place(key, count: tuple.elements.count, in: "tuple")]
    case .string(let text):
      if case .slice(let slice) = key { return .string(try select(slice, from: text)) }
      if !text.isASCII { try text.layOut(in: self) }
      return .string(text.character(at: try place(key, count: text.count, in: "string")))
    case .range(let range):
      if case .slice(let slice) = key { return try select(slice, from: range) }
      return .int(range[try place(key, count: range.count, in: "range")])
    case .dict(let dict):
      if let value = try dict.value(for: key) { return value }
      throw missingKey(key, in: dict)
    case .entry: return try item(of: container.boxed, at: key)
    case .foreign(let object):
      if let value = try object.item(at: key, in: self) { return value }
    default: break
    }
    throw RuntimeError(.typeError, "\(container.typeName.withArticle) has no items to take with [ ]")
  }

  /// `container[key] = value`; the container that stands in the name afterwards is left in `container`.
  public func setItem(of container: inout Value, at key: Value, to value: Value) throws(RuntimeError) {
    switch container {
    case .list(let list):
      if case .slice(let slice) = key {
        try replace(slice, of: list, with: try items(of: value))
      } else {
        list.elements[try place(key, count: list.elements.count, in: "list")] = value
      }
    case .dict(let dict):
      try charge(bytes: MemoryLayout<DictObject.Entry>.stride)
      try dict.set(key, to: try dict.admit?(key, value) ?? value)
    case .entry:
      container = container.boxed
      try setForeignItem(of: &container, at: key, to: value)
    case .foreign: try setForeignItem(of: &container, at: key, to: value)
    case .string, .tuple:
      throw RuntimeError(
        .typeError, "the items of \(container.typeName.withArticle) cannot be set",
        help: "make a new one, or a list that can change: list(x)")
    default: throw RuntimeError(.typeError, "\(container.typeName.withArticle) has no items to set with [ ]")
    }
  }

  private func setForeignItem(of container: inout Value, at key: Value, to value: Value) throws(RuntimeError) {
    var taken = Value.unbound
    swap(&taken, &container)
    guard case .foreign(var object) = consume taken else { return }
    let isUnique = isKnownUniquelyReferenced(&object)
    // The name keeps its value should the hook fail.
    container = .foreign(object)
    guard let changed = try object.settingItem(at: key, to: value, isUnique: isUnique, in: self) else {
      throw RuntimeError(.typeError, "the items of \(object.typeName.withArticle) cannot be set")
    }
    if changed !== object { container = .foreign(changed) }
  }

  func deleteItem(of container: Value, at key: Value) throws(RuntimeError) {
    switch container {
    case .list(let list):
      if case .slice(let slice) = key {
        try delete(slice, from: list)
      } else {
        list.elements.remove(at: try place(key, count: list.elements.count, in: "list"))
      }
    case .dict(let dict):
      guard try dict.remove(key) != nil else { throw missingKey(key, in: dict, help: "ask first whether it is there: key in d") }
    default: throw RuntimeError(.typeError, "the items of \(container.typeName.withArticle) cannot be deleted")
    }
  }

  private func delete(_ slice: SliceObject, from list: ListObject) throws(RuntimeError) {
    let slice = try Slice(slice, count: list.elements.count)
    var kept: [Value] = []
    kept.reserveCapacity(list.elements.count - slice.count)
    var parts = parts(of: list.elements.count)
    while let part = try parts.next() {
      for place in part where !slice.contains(place) { kept.append(list.elements[place]) }
    }
    list.elements = kept
  }

  /// The place from 0 that an index means, counted from the end where it is negative.
  func place(_ key: Value, count: Int, in what: String) throws(RuntimeError) -> Int {
    guard let index = try key.wholeNumber() else {
      throw RuntimeError(
        .typeError, "a \(what) is indexed by whole numbers and slices, not by \(key.typeName.withArticle)",
        help: Number(key) == nil ? nil : "make it whole: int(x)")
    }
    let place = index < 0 ? index + count : index
    guard place >= 0, place < count else {
      let extent = count == 0 ? "it is empty" : "its places go from 0 to \(count - 1)"
      throw RuntimeError(
        .indexError, "\(what) index \(index) is out of range: \(extent)",
        help: count == 0 ? "put something into it first" : "places count from 0; the last is [-1]")
    }
    return place
  }

  func missingKey(
    _ key: Value, in dict: DictObject, help otherwise: String = "d.get(key, default) gives a default"
  ) -> RuntimeError {
    let text = (try? key.representation()) ?? key.typeName
    return RuntimeError(raising: ExceptionObject(.keyError, text, help: help(forKey: key, in: dict, otherwise), argument: key))
  }

  private func help(forKey key: Value, in dict: DictObject, _ otherwise: String) -> String {
    let count = dict.keys.count
    guard count > 0 else { return "the dictionary is empty" }
    if case .string(let word) = key {
      let names = dict.keys.compactMap { if case .string(let name) = $0 { name.text } else { nil } }
      let near = nearest(to: word.text, among: names).map { [$0] } ?? names.filter { $0.contains(word.text) && word.count > 1 }
      if !near.isEmpty, near.count <= 4 { return "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?" }
    }
    let shown = dict.keys.prefix(8).compactMap { try? $0.representation() }.joined(separator: ", ")
    guard shown.count <= 100 else { return otherwise }
    return (count == 1 ? "its only key is " : "its keys are ") + shown + (count > 8 ? ", …" : "")
  }

  private func select(_ slice: SliceObject, from elements: [Value]) throws(RuntimeError) -> [Value] {
    let slice = try Slice(slice, count: elements.count)
    try charge(values: slice.count)
    if slice.step == 1 { return try joined(elements[slice.start..<(slice.start + slice.count)]) }
    return try values(slice.count) { place in elements[slice.start + place * slice.step] }
  }

  private func select(_ slice: SliceObject, from text: StringObject) throws(RuntimeError) -> StringObject {
    let slice = try Slice(slice, count: text.count)
    try charge(bytes: slice.count)
    if slice.step == 1, text.isASCII { return text.part(slice.start..<(slice.start + slice.count)) }
    if !text.isASCII { try text.layOut(in: self) }
    var scalars = String.UnicodeScalarView()
    var parts = parts(of: slice.count)
    while let part = try parts.next() {
      for place in part { scalars.append(text.scalar(at: slice.start + place * slice.step)) }
    }
    return StringObject(String(scalars))
  }

  private func select(_ slice: SliceObject, from range: RangeObject) throws(RuntimeError) -> Value {
    let slice = try Slice(slice, count: range.count)
    let (step, overflow) = range.step.multipliedReportingOverflow(by: slice.step)
    let start = range.start &+ slice.start &* range.step
    let stop = range.start.addingReportingOverflow(slice.stop &* range.step)
    guard !overflow, !stop.overflow, let part = RangeObject(start: start, stop: stop.partialValue, step: step) else {
      throw RuntimeError.overflow("the slice of a range")
    }
    return .range(part)
  }

  private func replace(_ slice: SliceObject, of list: ListObject, with items: [Value]) throws(RuntimeError) {
    let slice = try Slice(slice, count: list.elements.count)
    if slice.step == 1 {
      list.elements.replaceSubrange(slice.start..<(slice.start + slice.count), with: items)
      return
    }
    guard items.count == slice.count else {
      throw RuntimeError(.valueError, "a slice of \(slice.count) places cannot take \(items.count) items")
    }
    // On a copy, since an interrupt shall leave the list as it was.
    var elements = try copied(list.elements)
    var parts = parts(of: slice.count)
    while let part = try parts.next() {
      for place in part { elements[slice.start + place * slice.step] = items[place] }
    }
    list.elements = elements
  }
}

/// A slice of something with `count` places, its ends worked out as Python does.
public struct Slice {
  public let start: Int
  /// The place at which it ends without reaching it; -1 is before the first.
  public let stop: Int
  public let step: Int
  public let count: Int

  public init(_ slice: SliceObject, count total: Int) throws(RuntimeError) {
    let step = try Self.part(slice.step) ?? 1
    guard step != 0 else { throw RuntimeError(.valueError, "a slice's step cannot be 0") }
    func clamp(_ place: Int?, default fallback: Int) -> Int {
      guard let place else { return fallback }
      let (low, high) = step > 0 ? (0, total) : (-1, total - 1)
      let counted = place < 0 ? place + total : place
      return min(max(counted, low), high)
    }
    let start = clamp(try Self.part(slice.start), default: step > 0 ? 0 : total - 1)
    let stop = clamp(try Self.part(slice.stop), default: step > 0 ? total : -1)
    self.start = start
    self.stop = stop
    self.step = step
    let distance = step > 0 ? stop - start : start - stop
    count = distance > 0 ? Int((UInt(distance) - 1) / step.magnitude) + 1 : 0
  }

  func contains(_ place: Int) -> Bool {
    let distance = step > 0 ? place - start : start - place
    return distance >= 0 && (step > 0 ? place < stop : place > stop) && distance % Int(clamping: step.magnitude) == 0
  }

  private static func part(_ value: Value) throws(RuntimeError) -> Int? {
    if value.isNone { return nil }
    guard let number = try value.wholeNumber() else {
      throw RuntimeError(.typeError, "a slice is made of whole numbers, not of \(value.typeName.withArticle)")
    }
    return number
  }
}
