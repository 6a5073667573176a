/// A dictionary in the order of insertion, with Python's keys: `1`, `1.0` and `True` are one key.
///
/// Entries lie in one array in their order; an open-addressed table of places finds them. A removed entry leaves an unbound
/// key behind until the table is laid out anew.
public final class DictObject: @unchecked Sendable {
  // Unchecked: values are touched with the floor taken.
  struct Entry {
    var hash: Int
    var key: Value
    var value: Value
  }

  private var entries: [Entry] = []
  private var table: [Int32] = []
  public private(set) var count = 0

  /// Asked before a program sets an item: what is to be stored, or why it is refused. For a dictionary that shows what an
  /// engine holds, so that nothing written to it is lost.
  public var admit: ((_ key: Value, _ value: Value) throws(RuntimeError) -> Value)?

  public init() {}

  /// A dictionary with text keys, in the given order.
  public convenience init(_ pairs: some Sequence<(String, Value)>) {
    self.init()
    for (key, value) in pairs { self[key] = value }
  }

  deinit {
    guard entries.contains(where: { $0.value.mayNest || $0.key.mayNest }) else { return }
    var values = takeValues()
    Dismantling.dismantle(&values)
  }

  /// The value of a text key.
  public subscript(key: String) -> Value? {
    get {
      let object = StringObject(key)
      return place(of: .string(object), hash: object.keyHash).map { entries[$0].value }
    }
    set {
      let object = StringObject(key)
      if let newValue {
        insert(.string(object), hash: object.keyHash, newValue)
      } else if let place = place(of: .string(object), hash: object.keyHash) {
        removeEntry(at: place)
      }
    }
  }

  public func value(for key: Value) throws(RuntimeError) -> Value? {
    let (key, hash) = try key.hashed()
    return place(of: key, hash: hash).map { entries[$0].value }
  }

  public func set(_ key: Value, to value: Value) throws(RuntimeError) {
    let (key, hash) = try key.hashed()
    insert(key, hash: hash, value)
  }

  /// Takes a key out and gives the value it had.
  @discardableResult
  public func remove(_ key: Value) throws(RuntimeError) -> Value? {
    let (key, hash) = try key.hashed()
    guard let place = place(of: key, hash: hash) else { return nil }
    let value = entries[place].value
    removeEntry(at: place)
    return value
  }

  /// Takes the last entry out.
  func removeLast() -> (key: Value, value: Value)? {
    guard let place = entries.lastIndex(where: { !$0.key.isUnbound }) else { return nil }
    let entry = entries[place]
    removeEntry(at: place)
    return (entry.key, entry.value)
  }

  public func removeAll() {
    entries = []
    table = []
    count = 0
  }

  /// The entries in their order.
  public var pairs: [(key: Value, value: Value)] {
    entries.compactMap { $0.key.isUnbound ? nil : ($0.key, $0.value) }
  }

  /// The pairs one after the other, without a copy of them all.
  var lazyPairs: some Sequence<(key: Value, value: Value)> {
    entries.lazy.filter { !$0.key.isUnbound }.map { ($0.key, $0.value) }
  }

  public var keys: [Value] { entries.compactMap { $0.key.isUnbound ? nil : $0.key } }

  public var values: [Value] { entries.compactMap { $0.key.isUnbound ? nil : $0.value } }

  func copy(in machine: Machine) throws(RuntimeError) -> DictObject {
    let copy = DictObject()
    copy.entries = try machine.copied(entries)
    copy.table = try machine.copied(table)
    copy.count = count
    return copy
  }

  /// Gives up all keys and values while the dictionary dies.
  private func takeValues() -> [Value] {
    var taken: [Entry] = []
    swap(&taken, &entries)
    removeAll()
    return taken.flatMap { [$0.key, $0.value] }
  }

  private func insert(_ key: Value, hash: Int, _ value: Value) {
    if let place = place(of: key, hash: hash) {
      entries[place].value = value
      return
    }
    // At most two thirds of the table are in use, so a search meets a free place soon.
    if (entries.count + 1) * 3 > table.count * 2 { layOut() }
    let slot = freeSlot(for: hash)
    table[slot] = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(hash: hash, key: key, value: value))
    count += 1
  }

  private func removeEntry(at place: Int) {
    entries[place].key = .unbound
    entries[place].value = .unbound
    count -= 1
    if count == 0 { removeAll() }
  }

  private func place(of key: Value, hash: Int) -> Int? {
    guard count > 0 else { return nil }
    let mask = table.count - 1
    var slot = hash & mask
    while table[slot] >= 0 {
      let place = Int(table[slot])
      if entries[place].hash == hash, entries[place].key.isSameKey(as: key) { return place }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func freeSlot(for hash: Int) -> Int {
    let mask = table.count - 1
    var slot = hash & mask
    while table[slot] >= 0 { slot = (slot + 1) & mask }
    return slot
  }

  private func layOut() {
    entries.removeAll(where: \.key.isUnbound)
    var size = 8
    while size < (entries.count + 1) * 3 { size *= 2 }
    table = Array(repeating: -1, count: size)
    for (place, entry) in entries.enumerated() { table[freeSlot(for: entry.hash)] = Int32(truncatingIfNeeded: place) }
  }
}
