import Tensors

@testable import Gradients

extension FuzzedOperation {
  static let arrangements: [FuzzedOperation] = [
    FuzzedOperation(.cast) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      let dtype = DType.allCases[fuzz.whole(0...3)]
      let values = slow.values.map { dtype == .int64 ? $0.rounded(.towardZero) : dtype == .bool ? ($0 == 0 ? 0 : 1) : $0 }
      fuzz.expect(SlowTensor(slow.shape, values), "cast to \(dtype)") { try x.cast(to: dtype) }
    },
    FuzzedOperation(.reshape) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      var sizes = slow.shape.shuffled(using: &fuzz.random)
      if fuzz.happens(0.2) { sizes.append(fuzz.whole(0...2)) }
      let given = sizes
      if fuzz.happens(0.4), !sizes.isEmpty { sizes[fuzz.whole(0...sizes.count - 1)] = -1 }
      let others = sizes.filter { $0 != -1 }.reduce(1, *)
      let fits = sizes.contains(-1) ? others > 0 && slow.values.count % others == 0 : given.reduce(1, *) == slow.values.count
      let result = sizes.map { $0 == -1 && others > 0 ? slow.values.count / others : $0 }
      fuzz.expect(fits ? SlowTensor(result, slow.values) : nil, "\(slow.shape) as \(sizes)") { [sizes] in try x.reshape(sizes) }
    },
    FuzzedOperation(.transpose) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      let order = slow.shape.indices.shuffled(using: &fuzz.random)
      let expected = SlowTensor(order.map { slow.shape[$0] }) { index in
        slow[slow.shape.indices.map { axis in index[order.firstIndex(of: axis) ?? 0] }]
      }
      fuzz.expect(expected, "\(slow.shape) as \(order)") { try x.transpose(order) }
    },
    FuzzedOperation(.expand) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(0...3))
      let target = fuzz.shape(0...1) + slow.shape.map { $0 == 1 ? fuzz.whole(0...3) : fuzz.happens(0.05) ? $0 + 1 : $0 }
      let fits = SlowTensor.common(slow.shape, target) == target
      fuzz.expect(fits ? SlowTensor(target) { slow.stretched($0) } : nil, "\(slow.shape) to \(target)") {
        try x.expand(to: Shape(target))
      }
    },
    FuzzedOperation(.concat) { fuzz in
      let shape = fuzz.shape(1...3)
      let axis = fuzz.axis(of: shape)
      let place = (axis + shape.count) % max(shape.count, 1)
      var parts: [(Variable, SlowTensor)] = []
      for _ in 0..<fuzz.whole(1...3) {
        var own = shape
        if own.indices.contains(place) { own[place] = fuzz.whole(0...2) }
        if fuzz.happens(0.05) { own[fuzz.whole(0...own.count - 1)] += 1 }
        parts.append(try fuzz.numbers(own))
      }
      let slow = parts.map { $0.1 }
      let agree = slow.allSatisfy { part in
        shape.indices.allSatisfy { $0 == place || part.shape[$0] == slow[0].shape[$0] }
      }
      var expected: SlowTensor?
      if slow[0].resolved(axis) != nil, agree {
        let starts = slow.indices.map { i in slow[..<i].reduce(0) { $0 + $1.shape[place] } }
        let total = slow.reduce(0) { $0 + $1.shape[place] }
        expected = SlowTensor(slow[0].shape.replacing(place, total)) { index in
          let part = starts.lastIndex { $0 <= index[place] && true } ?? 0
          return slow[part][index.replacing(place, index[place] - starts[part])]
        }
      }
      fuzz.expect(expected, "\(slow.map(\.shape)) along \(axis)") { [parts] in try .concat(parts.map { $0.0 }, axis: axis) }
    },
    FuzzedOperation(.slice) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      let ranges = fuzz.ranges(of: slow.shape)
      let expected = SlowTensor(ranges.map(\.count)) { index in slow[zip(index, ranges).map { $1.start + $0 * $1.step }] }
      fuzz.expect(expected, "\(ranges) of \(slow.shape)") { try x.slice(ranges) }
    },
    FuzzedOperation(.placeSlice) { fuzz in
      let shape = fuzz.shape()
      let ranges = fuzz.ranges(of: shape)
      let (x, slow) = try fuzz.numbers(ranges.map(\.count))
      let expected = SlowTensor(shape) { index in
        slow.indices.first { from in zip(from, ranges).map { $1.start + $0 * $1.step } == index }.map { slow[$0] } ?? 0
      }
      fuzz.expect(expected, "\(ranges) in \(shape)") { try x.apply(.placeSlice, .ranges(ranges, of: Shape(shape))) }
    },
  ]
}

extension Fuzz {
  /// Entries of each dimension that are there, forwards or backwards.
  mutating func ranges(of shape: [Int]) -> [Attributes.Range] {
    shape.map { size in
      guard size > 0 else { return .init(start: 0, count: 0) }
      let (start, step) = (whole(0...size - 1), [1, 2, -1, -2][whole(0...3)])
      let most = step > 0 ? (size - 1 - start) / step + 1 : start / -step + 1
      return .init(start: start, step: step, count: whole(0...most))
    }
  }
}
