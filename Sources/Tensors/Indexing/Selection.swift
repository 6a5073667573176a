/// What an index picks out of a tensor: a view, and after it lists of places for some of the view's dimensions.
struct Selection {
  private(set) var view: StridedView
  /// The dimensions of the view that are picked from by lists, with their places. The lists are walked together.
  private(set) var lists: [(axis: Int, places: [Int])] = []
  /// The shape to which the lists were broadcast.
  private(set) var listShape = Shape.scalar
  /// Where the lists' dimensions stand in the result.
  private(set) var listAxis = 0

  init(_ indices: [Index], of shape: Shape) throws(TensorError) {
    let indices = try Selection.complete(indices, shape)
    view = StridedView(sizes: [], strides: [], offset: 0)
    let strides = shape.strides
    var gathered: [(axis: Int, source: Int, indices: Tensor)] = []
    var axis = 0
    // A place given by number beside a list counts as a list of one, as in NumPy.
    let hasLists = indices.contains { $0.isList }
    for index in indices {
      switch index {
      case .newAxis:
        append(1, 0)
        continue
      case .at(let place):
        let place = try Selection.resolve(place, axis, shape[axis])
        if hasLists {
          gathered.append((view.sizes.count, axis, try Tensor([place], shape: [])))
          append(shape[axis], strides[axis])
        } else {
          view.offset += place * strides[axis]
        }
      case .slice(let start, let stop, let step):
        let range = try SliceRange(start: start, stop: stop, step: step, size: shape[axis])
        if range.count > 0 { view.offset += range.start * strides[axis] }
        append(range.count, range.count > 1 ? strides[axis] * step : strides[axis])
      case .gather(let places):
        gathered.append((view.sizes.count, axis, places))
        append(shape[axis], strides[axis])
      case .mask(let mask):
        let found = try Selection.found(mask, axis, shape)
        for places in found {
          gathered.append((view.sizes.count, axis, places))
          append(shape[axis], strides[axis])
          axis += 1
        }
        continue
      case .ellipsis: continue
      }
      axis += 1
    }
    try walkTogether(gathered, shape, indices)
  }

  private mutating func append(_ size: Int, _ stride: Int) {
    view.sizes.append(size)
    view.strides.append(stride)
  }

  /// The indices with the ellipsis, written or understood, replaced by whole dimensions.
  private static func complete(_ indices: [Index], _ shape: Shape) throws(TensorError) -> [Index] {
    var used = 0
    var ellipses = 0
    for index in indices {
      switch index {
      case .newAxis: break
      case .ellipsis: ellipses += 1
      case .mask(let mask): used += mask.rank
      default: used += 1
      }
    }
    guard ellipses <= 1 else { throw TensorError(.secondEllipsis) }
    guard used <= shape.rank else { throw TensorError(.tooManyIndices(count: used, shape: shape)) }
    let rest = [Index](repeating: .all, count: shape.rank - used)
    guard ellipses == 1 else { return indices + rest }
    return indices.flatMap { index in
      if case .ellipsis = index { return rest }
      return [index]
    }
  }

  private static func resolve(_ index: Int, _ axis: Int, _ size: Int) throws(TensorError) -> Int {
    guard index >= -size, index < size else { throw TensorError(.indexOutOfRange(index: index, axis: axis, size: size)) }
    return index < 0 ? index + size : index
  }

  /// The places where `mask` is true, one list for each of its dimensions.
  private static func found(_ mask: Tensor, _ axis: Int, _ shape: Shape) throws(TensorError) -> [Tensor] {
    guard mask.rank > 0, Array(shape.dimensions[axis...].prefix(mask.rank)) == mask.shape.dimensions else {
      throw TensorError(.maskShape(mask: mask.shape, shape: shape, axis: axis))
    }
    let found = try mask.nonzero()
    var lists: [Tensor] = []
    for axis in 0..<mask.rank { lists.append(try found.slice(axis: 1, start: axis, count: 1).flatten()) }
    return lists
  }

  private mutating func walkTogether(
    _ gathered: [(axis: Int, source: Int, indices: Tensor)], _ shape: Shape, _ indices: [Index]
  ) throws(TensorError) {
    for list in gathered {
      guard let common = listShape.broadcast(with: list.indices.shape) else {
        throw TensorError(.shapesDiffer(operation: "indexing", left: listShape, right: list.indices.shape))
      }
      listShape = common
    }
    for list in gathered {
      let places = try list.indices.expand(to: listShape).places(in: shape, axis: list.source)
      lists.append((list.axis, places))
    }
    // Lists side by side stand where the first of them stood; lists apart come first.
    guard let first = lists.first?.axis, let last = lists.last?.axis else { return }
    listAxis = last - first + 1 == lists.count ? first : 0
  }

  /// The result's shape.
  func shape() throws(TensorError) -> Shape {
    var sizes = rest.sizes
    if !lists.isEmpty { sizes.insert(contentsOf: listShape.dimensions, at: listAxis) }
    return try Shape(sizes)
  }

  /// The view's dimensions without those that lists pick from.
  private var rest: StridedView {
    let listed = Set(lists.map { $0.axis })
    return view.permuted(view.sizes.indices.filter { !listed.contains($0) })
  }

  /// The place in memory of every element picked, in the result's order.
  func places() -> [Int] {
    let rest = rest
    let starts = listStarts()
    let before = StridedView(
      sizes: Array(rest.sizes[..<listAxis]), strides: Array(rest.strides[..<listAxis]), offset: rest.offset)
    let after = StridedView(sizes: Array(rest.sizes[listAxis...]), strides: Array(rest.strides[listAxis...]), offset: 0)
    let tails = after.places()
    return before.places().flatMap { outer in starts.flatMap { start in tails.map { outer + start + $0 } } }
  }

  /// How far each entry of the lists moves from the view's beginning.
  private func listStarts() -> [Int] {
    if lists.isEmpty { return [0] }
    return (0..<listShape.count).map { entry in
      lists.reduce(0) { $0 + $1.places[entry] * view.strides[$1.axis] }
    }
  }
}

extension Index {
  fileprivate var isList: Bool {
    switch self {
    case .mask, .gather: true
    default: false
    }
  }
}

extension StridedView {
  /// The place of every element, in order.
  func places() -> [Int] {
    var places = [offset]
    for (size, stride) in zip(sizes, strides) {
      places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
    }
    return places
  }
}
