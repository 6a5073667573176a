struct GatherCode: BitwiseCopyable {
  let kind: Instruction.Gather.Kind
  let x: Address
  let places: Address
  let out: Address
  let outer: Int
  let length: Int
  let inner: Int
  let placeCount: Int
  let outCount: Int
  let dtype: DType

  init(_ gather: Instruction.Gather) {
    kind = gather.kind
    x = gather.x.address
    places = gather.places.address
    out = gather.out.address
    outer = gather.outer
    length = gather.length
    inner = gather.inner
    dtype = gather.x.dtype
    outCount = gather.out.count
    switch kind {
    case .take, .add: placeCount = gather.places.count
    case .takeAlong, .addAlong: placeCount = gather.places.count / max(1, gather.outer * gather.inner)
    }
  }

  /// - Returns: the first place that does not exist.
  func run(_ slots: Slots) -> Int? {
    switch dtype {
    case .float32: run(slots, Float.self, zero: 0, +)
    case .float64: run(slots, Double.self, zero: 0, +)
    case .int64: run(slots, Int.self, zero: 0, &+)
    case .bool: run(slots, Bool.self, zero: false) { $0 || $1 }
    }
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(_ slots: Slots, _: T.Type, zero: T, _ add: (T, T) -> T) -> Int? {
    let (x, out, places) = (x(slots, as: T.self), out(slots, as: T.self), places(slots, as: Int.self))
    switch kind {
    case .take:
      for i in 0..<outer {
        for k in 0..<placeCount {
          guard let place = valid(places[k]) else { return places[k] }
          (out + (i * placeCount + k) * inner).update(from: x + (i * length + place) * inner, count: inner)
        }
      }
    case .add:
      out.update(repeating: zero, count: outCount)
      for i in 0..<outer {
        for k in 0..<placeCount {
          guard let place = valid(places[k]) else { return places[k] }
          let (target, source) = (out + (i * length + place) * inner, x + (i * placeCount + k) * inner)
          for j in 0..<inner { target[j] = add(target[j], source[j]) }
        }
      }
    case .takeAlong:
      var k = 0
      for i in 0..<outer {
        for _ in 0..<placeCount {
          for j in 0..<inner {
            guard let place = valid(places[k]) else { return places[k] }
            out[k] = x[(i * length + place) * inner + j]
            k += 1
          }
        }
      }
    case .addAlong:
      out.update(repeating: zero, count: outCount)
      var k = 0
      for i in 0..<outer {
        for _ in 0..<placeCount {
          for j in 0..<inner {
            guard let place = valid(places[k]) else { return places[k] }
            let target = (i * length + place) * inner + j
            out[target] = add(out[target], x[k])
            k += 1
          }
        }
      }
    }
    return nil
  }

  /// A place counted from 0; those below 0 count from the end.
  @inline(__always)
  private func valid(_ place: Int) -> Int? {
    let place = place < 0 ? place + length : place
    return place >= 0 && place < length ? place : nil
  }
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
