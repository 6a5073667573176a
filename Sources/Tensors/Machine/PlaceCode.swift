/// Places along a dimension of some length; those below 0 count from its end.
struct PlaceList: BitwiseCopyable {
  let address: Address
  let count: Int
  let length: Int

  init(_ places: Buffer, length: Int) {
    address = places.address
    count = places.count
    self.length = length
  }

  /// The first that does not exist.
  func missing(_ slots: Slots) -> Int? {
    let places = address(slots, as: Int.self)
    // One number tells of all: it is negative where a place is too low or too high.
    var signs = 0
    for i in 0..<count { signs |= (places[i] &+ length) | (length - 1 &- places[i]) }
    if signs >= 0 { return nil }
    return (0..<count).lazy.map { places[$0] }.first { $0 < -length || $0 >= length }
  }

  /// A place counted from 0.
  @inline(__always)
  func fromStart(_ place: Int) -> Int { place < 0 ? place + length : place }
}

struct GatherCode: PartedCode {
  let kind: Instruction.Gather.Kind
  let x: Address
  let places: PlaceList
  let out: Address
  let inner: Int
  /// Places of one line.
  let placeCount: Int
  let dtype: DType
  /// Of the blocks that are taken; of the outer dimension; or where sums have none, of the entries of a block.
  let parts: Parts
  private let dividesBlocks: Bool

  init(_ gather: Instruction.Gather) {
    kind = gather.kind
    x = gather.x.address
    places = PlaceList(gather.places, length: gather.length)
    out = gather.out.address
    let length = gather.length
    inner = gather.inner
    dtype = gather.x.dtype
    let (outer, width) = (gather.outer, gather.x.dtype.width)
    dividesBlocks = gather.kind == .add && outer == 1
    let isAlong = gather.kind == .takeAlong || gather.kind == .addAlong
    placeCount = isAlong ? gather.places.count / max(1, outer * inner) : gather.places.count
    switch kind {
    case .take: parts = Parts(outer * placeCount, bytes: 2 * inner * width)
    case .add where outer == 1: parts = Parts(inner, bytes: (3 * placeCount + length) * width, unit: 16)
    case .add: parts = Parts(outer, bytes: (3 * placeCount + length) * inner * width)
    case .takeAlong: parts = Parts(outer, bytes: 4 * placeCount * inner * width)
    case .addAlong: parts = Parts(outer, bytes: (5 * placeCount + length) * inner * width)
    }
  }

  func run(_ items: Range<Int>, _ slots: Slots) {
    switch dtype {
    case .float32: run(items, slots, Float.self, zero: 0, +)
    case .float64: run(items, slots, Double.self, zero: 0, +)
    case .int64: run(items, slots, Int.self, zero: 0, &+)
    case .bool: run(items, slots, Bool.self, zero: false) { $0 || $1 }
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(_ items: Range<Int>, _ slots: Slots, _: T.Type, zero: T, _ add: (T, T) -> T) {
    let (x, out, places) = (x(slots, as: T.self), out(slots, as: T.self), places.address(slots, as: Int.self))
    let length = self.places.length
    switch kind {
    case .take:
      var (i, k) = items.lowerBound.quotientAndRemainder(dividingBy: max(placeCount, 1))
      for item in items {
        (out + item * inner).update(from: x + (i * length + fromStart(places[k])) * inner, count: inner)
        k += 1
        if k == placeCount { (i, k) = (i + 1, 0) }
      }
    case .add:
      let (outer, entries) = dividesBlocks ? (0..<1, items) : (items, 0..<inner)
      for i in outer {
        for row in 0..<length {
          (out + (i * length + row) * inner + entries.lowerBound).update(repeating: zero, count: entries.count)
        }
        for k in 0..<placeCount {
          let (target, source) = (out + (i * length + fromStart(places[k])) * inner, x + (i * placeCount + k) * inner)
          for j in entries { target[j] = add(target[j], source[j]) }
        }
      }
    case .takeAlong:
      for i in items {
        var k = i * placeCount * inner
        for _ in 0..<placeCount {
          for j in 0..<inner {
            out[k] = x[(i * length + fromStart(places[k])) * inner + j]
            k += 1
          }
        }
      }
    case .addAlong:
      for i in items {
        (out + i * length * inner).update(repeating: zero, count: length * inner)
        var k = i * placeCount * inner
        for _ in 0..<placeCount {
          for j in 0..<inner {
            let target = (i * length + fromStart(places[k])) * inner + j
            out[target] = add(out[target], x[k])
            k += 1
          }
        }
      }
    }
  }

  @inline(__always)
  private func fromStart(_ place: Int) -> Int { places.fromStart(place) }
}

struct OneHotCode: BitwiseCopyable {
  let places: Address
  let out: Address
  let count: Int
  let classes: Int
  let dtype: DType

  /// - Returns: the first place that does not exist.
  func run(_ slots: Slots) -> Int? {
    switch dtype {
    case .float32: run(slots, Float(0), 1)
    case .float64: run(slots, 0.0, 1)
    case .int64: run(slots, 0, 1)
    case .bool: run(slots, false, true)
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(_ slots: Slots, _ zero: T, _ one: T) -> Int? {
    let (places, out) = (places(slots, as: Int.self), out(slots, as: T.self))
    out.update(repeating: zero, count: count * classes)
    for i in 0..<count {
      guard places[i] >= 0, places[i] < classes else { return places[i] }
      out[i * classes + places[i]] = one
    }
    return nil
  }
}
