import Tensors

@testable import Gradients

extension FuzzedOperation {
  static let places: [FuzzedOperation] = [
    FuzzedOperation(.gather) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(1...3))
      let axis = fuzz.axis(of: slow.shape)
      let (places, at) = try fuzz.placesAlong(slow.resolved(axis).map { slow.shape[$0] } ?? 1, fuzz.shape(0...2))
      let expected = slow.resolved(axis).flatMap { axis -> SlowTensor? in
        guard let at = at.within(slow.shape[axis]) else { return nil }
        let shape = slow.shape[..<axis] + at.shape + slow.shape[(axis + 1)...]
        return SlowTensor(Array(shape)) { index in
          let place = Int(at[Array(index[axis..<axis + at.shape.count])])
          return slow[Array(index[..<axis] + [place] + index[(axis + at.shape.count)...])]
        }
      }
      fuzz.expect(expected, "rows \(at) of \(slow.shape) along \(axis)") { try x.gather(places, axis: axis) }
    },
    FuzzedOperation(.scatterAdd) { fuzz in
      let shape = fuzz.shape(1...3)
      let axis = fuzz.whole(0...shape.count - 1)
      let (places, at) = try fuzz.placesAlong(shape[axis], fuzz.shape(0...2))
      let (x, slow) = try fuzz.numbers(Array(shape[..<axis] + at.shape + shape[(axis + 1)...]))
      let expected = at.within(shape[axis]).map { at in
        SlowTensor(shape) { index in
          slow.indices.reduce(0) { sum, from in
            let target = from[..<axis] + [Int(at[Array(from[axis..<axis + at.shape.count])])] + from[(axis + at.shape.count)...]
            return Array(target) == index ? sum + slow[from] : sum
          }
        }
      }
      fuzz.expect(expected, "adding \(slow.shape) at \(at) along \(axis)") {
        try x.apply(.scatterAdd, with: places, .length(shape[axis], axis: axis))
      }
    },
    FuzzedOperation(.gatherAlong) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(1...3))
      let axis = fuzz.axis(of: slow.shape)
      let place = slow.resolved(axis)
      let shape = place.map { slow.shape.replacing($0, fuzz.whole(0...3)) } ?? slow.shape
      let (places, at) = try fuzz.placesAlong(place.map { slow.shape[$0] } ?? 1, shape)
      let expected = place.flatMap { axis in
        at.within(slow.shape[axis]).map { at in SlowTensor(shape) { slow[$0.replacing(axis, Int(at[$0]))] } }
      }
      fuzz.expect(expected, "entries \(at) of \(slow.shape) along \(axis)") { try x.gatherAlong(axis: axis, places) }
    },
    FuzzedOperation(.scatterAddAlong) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape(1...3))
      let (axis, length) = (fuzz.whole(0...slow.shape.count - 1), fuzz.whole(0...3))
      let (places, at) = try fuzz.placesAlong(length, slow.shape)
      let expected = at.within(length).map { at in
        SlowTensor(slow.shape.replacing(axis, length)) { index in
          slow.indices.reduce(0) { $1.replacing(axis, Int(at[$1])) == index ? $0 + slow[$1] : $0 }
        }
      }
      fuzz.expect(expected, "adding \(slow.shape) at \(at) along \(axis)") {
        try x.apply(.scatterAddAlong, with: places, .length(length, axis: axis))
      }
    },
    FuzzedOperation(.oneHot) { fuzz in
      let classes = fuzz.whole(1...3)
      let (labels, slow) = try fuzz.wholes(fuzz.shape(0...3), in: fuzz.happens(0.1) ? -1...3 : 0...classes - 1)
      let isRight = slow.values.allSatisfy { 0 <= $0 && $0 < Double(classes) }
      let expected = SlowTensor(slow.shape + [classes]) { slow[Array($0.dropLast())] == Double($0[$0.count - 1]) ? 1 : 0 }
      fuzz.expect(isRight ? expected : nil, "\(classes) classes of \(slow)") { try labels.oneHot(classes, dtype: .float32) }
    },
    FuzzedOperation(.index) { fuzz in
      let (x, slow) = try fuzz.numbers(fuzz.shape())
      let (indices, meant) = try fuzz.indices(of: slow.shape)
      let picked = SlowIndex(meant, slow.shape)
      fuzz.expect(
        picked?.places.map { SlowTensor($0.shape, $0.values.map { slow.values[Int($0)] }) }, "\(meant) of \(slow.shape)"
      ) {
        try x.subscripted(indices)
      }
    },
    FuzzedOperation(.scatterIndex) { fuzz in
      let shape = fuzz.shape()
      let (indices, meant) = try fuzz.indices(of: shape)
      guard let places = SlowIndex(meant, shape)?.places else { return }
      let (x, slow) = try fuzz.numbers(places.shape)
      var sums = [Double](repeating: 0, count: shape.reduce(1, *))
      for (place, value) in zip(places.values, slow.values) { sums[Int(place)] += value }
      fuzz.expect(SlowTensor(shape, sums), "adding at \(meant) of \(shape)") {
        try x.apply(.scatterIndex, .indices(indices, of: Shape(shape)))
      }
    },
  ]
}

extension Fuzz {
  /// Places along a dimension of that size, from the front or the back, now and then one that is not there.
  mutating func placesAlong(_ size: Int, _ shape: [Int]) throws -> (Variable, SlowTensor) {
    try wholes(shape, in: size == 0 || happens(0.1) ? -size - 1...size : -size...size - 1)
  }
}

extension SlowTensor {
  /// Counted from the front; nil where one of the places is not there.
  func within(_ size: Int) -> SlowTensor? {
    guard values.allSatisfy({ -Double(size) <= $0 && $0 < Double(size) }) else { return nil }
    return SlowTensor(shape, values.map { $0 < 0 ? $0 + Double(size) : $0 })
  }
}
