import Gradients
import Tensors

/// The target of a loss or metric, checked against the prediction and brought into its form.
struct Target {
  let variable: Variable
  /// The loss or metric that asks, for errors.
  let asker: String

  init(_ variable: Variable, of asker: String) {
    self.variable = variable
    self.asker = asker
  }

  init(_ tensor: Tensor, of asker: String) { self.init(Variable(tensor), of: asker) }

  /// The values, to be checked: what is computed from a target goes through its variable.
  var tensor: Tensor { variable.data }

  /// One number for each of the prediction's.
  ///
  /// Class numbers other than 0 and 1 are refused: their differences mean nothing.
  func numbers(like prediction: Variable) throws(LearningError) -> Variable {
    try match(prediction.shape)
    if !tensor.dtype.isFloat, !tensor.doubles.allSatisfy({ $0 == 0 || $0 == 1 }) {
      throw .wrongLabels(by: asker, found: tensor.dtype, wanted: .numbers)
    }
    return try shaped(like: prediction)
  }

  /// One number from 0 to 1 for each of the prediction's.
  func probabilities(like prediction: Variable) throws(LearningError) -> Variable {
    try match(prediction.shape)
    if let place = tensor.doubles.firstIndex(where: { !(0...1).contains($0) }) {
      if !tensor.dtype.isFloat { throw .wrongLabels(by: asker, found: tensor.dtype, wanted: .zeroOrOne) }
      throw .notProbability(by: asker, value: tensor.doubles[place], row: row(of: place))
    }
    return try shaped(like: prediction)
  }

  /// Numbers from 0 to 1, as a single output of two classes has them.
  func binary() throws(LearningError) -> [Double] {
    let values = tensor.doubles
    if let place = values.firstIndex(where: { !(0...1).contains($0) }) {
      throw .notBinary(by: asker, value: values[place], row: row(of: place))
    }
    return values
  }

  /// A class number for each row, or a probability for each class of each row.
  func classes(like logits: Variable) throws(LearningError) -> Variable {
    guard let classes = logits.shape.dimensions.last, logits.shape.rank > 1 else {
      throw .unmatched(by: asker, prediction: logits.shape, target: tensor.shape)
    }
    if tensor.dtype.isFloat {
      guard tensor.shape == logits.shape else {
        if tensor.shape.rank < logits.shape.rank {
          throw .wrongLabels(by: asker, found: tensor.dtype, wanted: .classNumbers)
        }
        throw .unmatched(by: asker, prediction: logits.shape, target: tensor.shape)
      }
      return try shaped(like: logits)
    }
    return try labels(below: classes, like: logits)
  }

  /// A class number for each row.
  private func labels(below classes: Int, like logits: Variable) throws(LearningError) -> Variable {
    guard tensor.shape.dimensions == Array(logits.shape.dimensions.dropLast()) else {
      throw .unmatched(by: asker, prediction: logits.shape, target: tensor.shape)
    }
    let labels = try operations { () throws(TensorError) in try tensor.ints() }
    for (row, label) in labels.enumerated() where !(0..<classes).contains(label) {
      throw .labelOutOfRange(by: asker, label: label, row: row, classes: classes)
    }
    return try operations { () throws(TensorError) in try variable.cast(to: .int64) }
  }

  /// −1 or 1 for each number of the prediction, from these or from 0 and 1; or a class number for each row.
  func sides(like prediction: Variable) throws(LearningError) -> Variable {
    if !tensor.dtype.isFloat, let classes = prediction.shape.dimensions.last, classes > 1,
      tensor.shape.rank == prediction.shape.rank - 1
    {
      return try labels(below: classes, like: prediction)
    }
    try match(prediction.shape)
    let values = tensor.doubles
    if let place = values.firstIndex(where: { ![-1, 0, 1].contains($0) }) {
      throw .notBinary(by: asker, value: values[place], row: row(of: place))
    }
    let numbers = try shaped(like: prediction)
    return try operations { () throws(TensorError) in try numbers.greater(0).cast(to: numbers.dtype) * 2 - 1 }
  }

  /// Shapes are equal, or one is `[n]` and the other `[n, 1]`: broadcasting would pair every row with every other.
  func match(_ prediction: Shape) throws(LearningError) {
    let (a, b) = (prediction.dimensions, tensor.shape.dimensions)
    guard a == b || a == b + [1] || a + [1] == b else {
      throw .unmatched(by: asker, prediction: prediction, target: tensor.shape)
    }
  }

  private func shaped(like prediction: Variable) throws(LearningError) -> Variable {
    try operations { () throws(TensorError) in
      try variable.cast(to: prediction.dtype).reshape(to: prediction.shape)
    }
  }

  private func row(of place: Int) -> Int {
    place / max(1, tensor.shape.dimensions.dropFirst().reduce(1, *))
  }
}
