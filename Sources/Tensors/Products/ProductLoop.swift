import CKernels

/// Products of matrices, block after block; asks between them whether to stop.
struct ProductLoop {
  private var product: bp_product

  init(_ product: bp_product) { self.product = product }

  /// Blocks of some milliseconds, so that even one thread asks within a fiftieth of a second.
  private static let blocksBetweenQuestions = 4

  func run() throws(TensorError) {
    guard product.rows > 0, product.columns > 0, product.batch_count > 0 else { return }
    var product = product
    let count = bp_product_blocks(&product)
    for first in stride(from: 0, to: count, by: ProductLoop.blocksBetweenQuestions) {
      let last = min(first + ProductLoop.blocksBetweenQuestions, count)
      bp_product_run(&product, first, last)
      if count > 1 { try Interruption.check() }
    }
  }
}
