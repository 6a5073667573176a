import Tensors

extension Variable {
  /// The places that put each line along `axis` in order; equal entries keep theirs.
  public func argsort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Variable {
    try apply(.argsort, .order(axis: shape.resolve(axis: axis, in: "argsort"), descending: descending))
  }

  public func sort(axis: Int = -1, descending: Bool = false) throws(TensorError) -> Variable {
    try gatherAlong(axis: axis, argsort(axis: axis, descending: descending))
  }

  /// The `k` largest entries of each line along `axis`, the largest first, or the smallest, and their places.
  public func topk(
    _ k: Int, axis: Int = -1, largest: Bool = true
  ) throws(TensorError) -> (values: Variable, places: Variable) {
    let axis = try shape.resolve(axis: axis, in: "topk")
    guard k >= 0, k <= shape[axis] else {
      throw TensorError(
        .badArgument(operation: "topk", argument: "k", value: "\(k)", rule: "must be from 0 to the axis's size \(shape[axis])"))
    }
    let places = try argsort(axis: axis, descending: largest).slice(axis: axis, start: 0, count: k)
    return (try gatherAlong(axis: axis, places), places)
  }

  /// The value below which the share `q` of the entries over `axes` lies, interpolated between neighbours; nan if there is one.
  public func quantile(_ q: Double, axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    guard q >= 0, q <= 1 else {
      throw TensorError(.badArgument(operation: "quantile", argument: "q", value: "\(q)", rule: "must be from 0 to 1"))
    }
    return try quantile("quantile", q, axes, keepdims)
  }

  private func quantile(_ name: String, _ q: Double, _ axes: [Int]?, _ keepdims: Bool) throws(TensorError) -> Variable {
    let axes = try shape.axes(axes, in: name)
    let kept = (0..<shape.rank).filter { !axes.contains($0) }
    let count = axes.reduce(1) { $0 * shape[$1] }
    guard count > 0 else { throw TensorError(.nothingToReduce(operation: name, shape: shape)) }
    let lines = try cast(to: dtype.floating).transpose(kept + axes).reshape(kept.map { shape[$0] } + [count]).sort()
    let last = kept.count
    let place = q * Double(count - 1)
    let low = Int(place)
    let share = place - Double(low)
    var result = try lines.slice(axis: last, start: low, count: 1)
    if share > 0 {
      let next = try lines.slice(axis: last, start: low + 1, count: 1)
      result = try result + (next - result) * share
    }
    // What is no number is sorted to the end.
    let end = try lines.slice(axis: last, start: count - 1, count: 1)
    return try end.isnan().select(end, else: result).reshape(to: shape.reduced(along: axes, keepdims: keepdims))
  }

  /// The middle entry over `axes`, or the mean of the two in the middle.
  public func median(axes: [Int]? = nil, keepdims: Bool = false) throws(TensorError) -> Variable {
    try quantile("median", 0.5, axes, keepdims)
  }
}
