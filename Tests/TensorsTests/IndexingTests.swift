import Tensors
import Testing

@Suite struct IndexingTests {
  private func counting(_ sizes: [Int]) throws -> Tensor {
    try Tensor.arange(0, Shape(sizes).count).reshape(sizes)
  }

  private static let mask = Result { try Index.mask(Tensor([true, false, true])) }
  private static let places = Result { try Index.gather(Tensor([2, 0, -1])) }
  private static let column = Result { try Index.gather(Tensor([0, 1], shape: [2, 1])) }

  /// Expected values from NumPy 2.4, for `x = arange(24).reshape(2, 3, 4)`, `m = [True, False, True]`, `i = [2, 0, -1]`, `j = [[0], [1]]`.
  @Test func `lists of places agree with NumPy`() throws {
    let (m, i, j) = (
      try IndexingTests.mask.get(), try IndexingTests.places.get(), try IndexingTests.column.get()
    )
    let pair = try Index.gather(Tensor([1, 3]))
    let cases: [(String, [Index], Shape, [Int])] = [
      ("x[:,m]", [.all, m], [2, 2, 4], [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23]),
      (
        "x[:,i]", [.all, i], [2, 3, 4], [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11, 20, 21, 22, 23, 12, 13, 14, 15, 20, 21, 22, 23]
      ),
      ("x[j,i]", [j, i], [2, 3, 4], [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11, 20, 21, 22, 23, 12, 13, 14, 15, 20, 21, 22, 23]),
      ("x[0,:,i]", [.at(0), .all, i], [3, 3], [2, 6, 10, 0, 4, 8, 3, 7, 11]),
      ("x[:,1,i]", [.all, .at(1), i], [2, 3], [6, 4, 7, 18, 16, 19]),
      ("x[:,0:2,i]", [.all, .slice(start: 0, stop: 2, step: 1), i], [2, 2, 3], [2, 0, 3, 6, 4, 7, 14, 12, 15, 18, 16, 19]),
      ("x[j,:,[1,3]]", [j, .all, pair], [2, 2, 3], [1, 5, 9, 3, 7, 11, 13, 17, 21, 15, 19, 23]),
      (
        "x[...,None,i]", [.ellipsis, .newAxis, i], [2, 3, 1, 3],
        [2, 0, 3, 6, 4, 7, 10, 8, 11, 14, 12, 15, 18, 16, 19, 22, 20, 23]
      ),
      ("x[1,m,-1]", [.at(1), m, .at(-1)], [2], [15, 23]),
      ("x[::-1,i,0:0]", [.slice(start: nil, stop: nil, step: -1), i, .slice(start: 0, stop: 0, step: 1)], [2, 3, 0], []),
      (
        "x[:,m,None,1:3]", [.all, m, .newAxis, .slice(start: 1, stop: 3, step: 1)], [2, 2, 1, 2], [1, 2, 9, 10, 13, 14, 21, 22]
      ),
    ]
    let x = try counting([2, 3, 4])
    for (name, indices, shape, values) in cases {
      let found = try x.subscripted(indices)
      #expect(found.shape == shape, "\(name)")
      #expect(try found.ints() == values, "\(name)")
      // What is read at an index is what was written there.
      var written = try Tensor.zeros([2, 3, 4], dtype: .int64)
      try written.setting(indices, to: found)
      #expect(try written.subscripted(indices).ints() == values, "\(name)")
      let touched = try Tensor.zeros([2, 3, 4], dtype: .int64).scatterAdd(indices, .ones(shape, dtype: .int64))
      #expect(try touched.sum().intItem() == shape.count, "\(name)")
    }
  }

  @Test func `conditions pick single elements and rows`() throws {
    let x = try counting([2, 3, 4])
    let fives = try Tensor.compare(.equal, x.remainder(.number(5)), .number(0))
    #expect(try x.subscripted([.mask(fives)]).ints() == [0, 5, 10, 15, 20])
    let rows = try Tensor.compare(.greater, x.subscripted([.ellipsis, .at(0)]), .number(4))
    #expect(try x.subscripted([.mask(rows)]).shape == [4, 4])
    #expect(throws: TensorError(.maskShape(mask: [3], shape: [2, 3, 4], axis: 0))) {
      try x.subscripted([IndexingTests.mask.get()])
    }
  }

  /// Every combination of numbers, slices, new axes and an ellipsis, drawn at random, against coordinates worked out one by one.
  @Test(arguments: 0..<200)
  func `random indices agree with coordinates worked out one by one`(seed: UInt64) throws {
    var random = RandomStream(seed: seed)
    func draw(_ range: Range<Int>) -> Int { range.lowerBound + Int(random.integer(below: UInt64(range.count))) }
    let sizes = (0..<draw(1..<4)).map { _ in draw(0..<5) }
    let used = draw(0..<sizes.count + 1)
    let ellipsis = draw(0..<used + 1)
    var indices: [Index] = []
    // For each dimension of the result: which dimension of the source it walks, and where.
    var walks: [(axis: Int, places: [Int])?] = []
    var fixed = [Int](repeating: 0, count: sizes.count)
    var axis = 0
    for part in 0...used {
      if draw(0..<4) == 0 {
        indices.append(.newAxis)
        walks.append(nil)
      }
      if part == ellipsis {
        indices.append(.ellipsis)
        for _ in used..<sizes.count {
          walks.append((axis, Array(0..<sizes[axis])))
          axis += 1
        }
      }
      if part == used { break }
      let size = sizes[axis]
      if size > 0, draw(0..<3) == 0 {
        fixed[axis] = draw(0..<size)
        indices.append(.at(draw(0..<2) == 0 ? fixed[axis] : fixed[axis] - size))
      } else {
        let bounds = [nil, draw(-7..<8), draw(-7..<8), Int.max, Int.min]
        let (start, stop) = (bounds[draw(0..<5)], bounds[draw(0..<5)])
        let step = [1, 2, -1, -2, Int.max, Int.min][draw(0..<6)]
        indices.append(.slice(start: start, stop: stop, step: step))
        walks.append((axis, slowSlice(start, stop, step, size)))
      }
      axis += 1
    }
    let x = try counting(sizes)
    let found = try x.subscripted(indices)
    #expect(found.shape.dimensions == walks.map { $0?.places.count ?? 1 })
    #expect(try found.ints() == slowPlaces(walks[...], fixed, sizes))
    var written = x
    try written.setting(indices, to: .number(-1))
    let changed = Set(try found.ints())
    #expect(try written.ints() == x.ints().map { changed.contains($0) ? -1 : $0 })
  }

  /// Python's rule, read off its definition: walk from the start while before the stop.
  private func slowSlice(_ start: Int?, _ stop: Int?, _ step: Int, _ size: Int) -> [Int] {
    func clamp(_ value: Int, _ low: Int, _ high: Int) -> Int { min(max(value < 0 ? value + size : value, low), high) }
    let (low, high) = step > 0 ? (0, size) : (-1, size - 1)
    var place = start.map { clamp($0, low, high) } ?? (step > 0 ? 0 : size - 1)
    let end = stop.map { clamp($0, low, high) } ?? (step > 0 ? size : -1)
    var places: [Int] = []
    while step > 0 ? place < end : place > end {
      places.append(place)
      let (next, overflow) = place.addingReportingOverflow(step)
      if overflow { break }
      place = next
    }
    return places
  }

  private func slowPlaces(_ walks: ArraySlice<(axis: Int, places: [Int])?>, _ fixed: [Int], _ sizes: [Int]) -> [Int] {
    guard let walk = walks.first else { return [zip(fixed, sizes).reduce(0) { $0 * $1.1 + $1.0 }] }
    guard let walk else { return slowPlaces(walks.dropFirst(), fixed, sizes) }
    return walk.places.flatMap { place in
      var fixed = fixed
      fixed[walk.axis] = place
      return slowPlaces(walks.dropFirst(), fixed, sizes)
    }
  }

  @Test func `assignment casts and broadcasts, and leaves copies alone`() throws {
    var x = try Tensor.zeros([2, 3])
    let before = x
    try x.setting([.at(1)], to: Tensor([1, 2, 3]))
    try x.setting([.all, .at(0)], to: .number(7))
    #expect(x.doubles == [7, 0, 0, 7, 2, 3])
    #expect(before.doubles.allSatisfy { $0 == 0 })
    try x.setting([try Index(Tensor.compare(.greater, x, .number(5)))], to: .number(-1))
    #expect(x.doubles == [-1, 0, 0, -1, 2, 3])
    try x.setting([.at(0)], to: Tensor([4.0, 5, 6], shape: [1, 3]))
    #expect(x.doubles == [4, 5, 6, -1, 2, 3])
    #expect(throws: TensorError(.valueDoesNotFit(value: [2], place: [3]))) { try x.setting([.at(0)], to: Tensor([1, 2])) }
    #expect(throws: TensorError(.notANumberAsInteger(value: "nan"))) {
      var whole = try Tensor([1, 2])
      try whole.setting([.at(0)], to: .number(.nan))
    }
  }

  @Test func `a tensor may be assigned to part of itself`() throws {
    var x = try counting([4])
    try x.setting([.all], to: x.subscripted([.slice(start: nil, stop: nil, step: -1)]))
    #expect(try x.ints() == [3, 2, 1, 0])
  }

  @Test func `a place gathered twice adds up in the adjoint`() throws {
    let sums = try Tensor.zeros([3]).scatterAdd([.gather(Tensor([0, 2, 0]))], Tensor([1.0, 2, 3]))
    #expect(sums.doubles == [4, 0, 2])
  }

  @Test(arguments: [
    ([Index.at(2)], TensorError.Kind.indexOutOfRange(index: 2, axis: 0, size: 2)),
    ([.at(-3)], .indexOutOfRange(index: -3, axis: 0, size: 2)), ([.all, .at(3)], .indexOutOfRange(index: 3, axis: 1, size: 3)),
    ([.at(Int.min)], .indexOutOfRange(index: Int.min, axis: 0, size: 2)),
    ([.at(0), .at(0), .at(0)], .tooManyIndices(count: 3, shape: [2, 3])),
    ([.ellipsis, .ellipsis], .secondEllipsis), ([.slice(start: nil, stop: nil, step: 0)], .zeroStep),
  ])
  func `an index that picks nothing is an error with its axis`(indices: [Index], kind: TensorError.Kind) throws {
    let x = try counting([2, 3])
    #expect(throws: TensorError(kind)) { try x.subscripted(indices) }
    var y = x
    #expect(throws: TensorError(kind)) { try y.setting(indices, to: .number(0)) }
  }

  @Test func `floats are no indices`() throws {
    let error = #expect(throws: TensorError.self) { try Index(Tensor([1.0])) }
    #expect(error?.category == .typeError)
  }
}
