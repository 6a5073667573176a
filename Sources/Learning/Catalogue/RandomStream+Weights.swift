import Tensors

extension RandomStream {
  /// Numbers spread evenly from `-limit` to `limit`.
  mutating func even(_ shape: Shape, upTo limit: Double, dtype: DType) throws(TensorError) -> Tensor {
    try uniform(shape, low: -limit, high: limit, dtype: dtype)
  }

  /// Orthogonal columns of length 1, or rows where these are fewer; all dimensions but the first count as one.
  ///
  /// Normal vectors, made orthogonal one after the other (Gram & Schmidt), twice, since once leaves rounding behind.
  mutating func orthogonal(_ shape: Shape, dtype: DType) throws(TensorError) -> Tensor {
    let rows = shape.dimensions.first ?? 1
    let columns = shape.count / Swift.max(1, rows)
    let (count, length) = (Swift.min(rows, columns), Swift.max(rows, columns))
    var vectors: [[Double]] = []
    let start = try normal(Shape([count, length]), dtype: .float64).doubles
    for row in 0..<count {
      var vector = Array(start[row * length..<(row + 1) * length])
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
