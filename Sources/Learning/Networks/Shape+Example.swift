import Tensors

extension Shape {
  /// The shape of one example of a batch. A vector is an example by itself.
  var example: Shape {
    guard rank > 1 else { return self }
    return removing(axis: 0)
  }
}
