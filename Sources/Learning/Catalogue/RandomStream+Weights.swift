import Tensors

// Numbers are drawn in double precision whatever the type, so that a network starts alike in both.
extension RandomStream {
  /// Normal numbers around 0.
  mutating func normal(_ shape: Shape, deviation: Double, dtype: DType) throws(TensorError) -> Tensor {
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    for _ in 0..<shape.count { values.append(deviation * normal()) }
    return try Tensor(values, shape: shape, dtype: dtype)
  }

  /// Numbers spread evenly from `-limit` to `limit`.
  mutating func uniform(_ shape: Shape, limit: Double, dtype: DType) throws(TensorError) -> Tensor {
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    for _ in 0..<shape.count { values.append(limit * (2 * uniform() - 1)) }
    return try Tensor(values, shape: shape, dtype: dtype)
  }

  /// Zeros with probability `p`, and `1 / (1 − p)` elsewhere.
  mutating func dropoutMask(_ shape: Shape, p: Double, dtype: DType) throws(TensorError) -> Tensor {
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    for _ in 0..<shape.count { values.append(uniform() < p ? 0 : 1 / (1 - p)) }
    return try Tensor(values, shape: shape, dtype: dtype)
  }

  /// Orthogonal columns of length 1, or rows where these are fewer; all dimensions but the first count as one.
  ///
  /// Normal vectors, made orthogonal one after the other (Gram & Schmidt), twice, since once leaves rounding behind.
  mutating func orthogonal(_ shape: Shape, dtype: DType) throws(TensorError) -> Tensor {
    let rows = shape.dimensions.first ?? 1
    let columns = shape.count / Swift.max(1, rows)
    let (count, length) = (Swift.min(rows, columns), Swift.max(rows, columns))
    var vectors: [[Double]] = []
    for _ in 0..<count {
      var vector = (0..<length).map { _ in normal() }
      for _ in 0..<2 {
        for other in vectors {
          let along = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          for i in vector.indices { vector[i] -= along * other[i] }
        }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vectors.append(vector.map { $0 / norm })
    }
    var values = [Double](repeating: 0, count: shape.count)
    for i in 0..<count {
      for j in 0..<length { values[rows >= columns ? j * columns + i : i * columns + j] = vectors[i][j] }
    }
    return try Tensor(values, shape: shape, dtype: dtype)
  }
}
