import Glibc
import Tensors

// Data made by a formula: small, and hard in one known way each.
extension Dataset {
  /// The exclusive or: the four corners of the unit square, 1 where just one coordinate is 1.
  public static func xor() throws(LearningError) -> Dataset {
    try points([0, 0, 0, 1, 1, 0, 1, 1], labels: [0, 1, 1, 0], name: "xor")
  }

  /// Spiral arms around the origin, one for each class, each one turn long with radius up to 1.
  ///
  /// - Parameters:
  ///   - count: rows in all, shared out evenly.
  ///   - noise: the standard deviation of what is added to each coordinate.
  public static func spirals(
    _ count: Int = 300, classes: Int = 3, noise: Double = 0.05, from stream: RandomStream
  ) throws(LearningError) -> Dataset {
    try check("make_spirals", count: count, classes: classes, ("noise", noise))
    return try scattered(count, classes: classes, noise: noise, name: "spirals", stream) { label, share in
      let radius = 0.05 + 0.95 * share
      let angle = 2 * Double.pi * (Double(label) / Double(classes) + share)
      return (radius * cos(angle), radius * sin(angle))
    }
  }

  /// Two half circles that reach into each other.
  public static func moons(
    _ count: Int = 200, noise: Double = 0.1, from stream: RandomStream
  ) throws(LearningError) -> Dataset {
    try check("make_moons", count: count, classes: 2, ("noise", noise))
    return try scattered(count, classes: 2, noise: noise, name: "moons", stream) { label, share in
      let angle = Double.pi * share
      return label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    }
  }

  /// A circle of radius 1 (class 0) around one of radius `factor` (class 1).
  public static func circles(
    _ count: Int = 200, noise: Double = 0.05, factor: Double = 0.5, from stream: RandomStream
  ) throws(LearningError) -> Dataset {
    try check("make_circles", count: count, classes: 2, ("noise", noise))
    guard factor > 0, factor < 1 else {
      throw .badSetup(
        of: "make_circles", problem: "factor must be between 0 and 1, but is \(factor)", help: "make_circles(factor=0.5)")
    }
    return try scattered(count, classes: 2, noise: noise, isClosed: true, name: "circles", stream) { label, share in
      let angle = 2 * Double.pi * share
      let radius = label == 0 ? 1 : factor
      return (radius * cos(angle), radius * sin(angle))
    }
  }

  /// Clouds of points around centres that are drawn from the square from −5 to 5.
  ///
  /// - Parameter spread: the standard deviation around a centre.
  public static func blobs(
    _ count: Int = 300, classes: Int = 3, features: Int = 2, spread: Double = 1, from stream: RandomStream
  ) throws(LearningError) -> Dataset {
    try check("make_blobs", count: count, classes: classes, ("spread", spread))
    guard features > 0 else {
      throw .badSetup(
        of: "make_blobs", problem: "features must be at least 1, but is \(features)", help: "make_blobs(features=2)")
    }
    var stream = stream
    // Before the noise, so that the same seed has the same centres whatever the number of rows.
    let centres = try operations { () throws(TensorError) in
      try stream.uniform(Shape([classes, features]), low: -5, high: 5, dtype: .float64).doubles
    }
    var values = try noise([count, features], spread, &stream)
    let labels = (0..<count).map { $0 * classes / count }
    for i in values.indices { values[i] += centres[labels[i / features] * features + i % features] }
    return try points(values, width: features, labels: labels, name: "blobs")
  }

  /// Points of a curve for each class, at equal distances of its parameter from 0 to 1, and noise on both coordinates.
  ///
  /// - Parameter isClosed: whether the curve ends where it began, so that its last point would be its first.
  private static func scattered(
    _ count: Int, classes: Int, noise: Double, isClosed: Bool = false, name: String, _ stream: RandomStream,
    _ curve: (_ label: Int, _ share: Double) -> (Double, Double)
  ) throws(LearningError) -> Dataset {
    var stream = stream
    var values = try Dataset.noise([count, 2], noise, &stream)
    var labels: [Int] = []
    for label in 0..<classes {
      let rows = (label + 1) * count / classes - label * count / classes
      for i in 0..<rows {
        let (x, y) = curve(label, Double(i) / Double(max(1, isClosed ? rows : rows - 1)))
        values[2 * labels.count] += x
        values[2 * labels.count + 1] += y
        labels.append(label)
      }
    }
    return try points(values, labels: labels, name: name)
  }

  private static func noise(
    _ sizes: [Int], _ deviation: Double, _ stream: inout RandomStream
  ) throws(LearningError) -> [Double] {
    try operations { () throws(TensorError) in try stream.normal(Shape(sizes), std: deviation, dtype: .float64).doubles }
  }

  private static func points(
    _ values: [Double], width: Int = 2, labels: [Int], name: String
  ) throws(LearningError) -> Dataset {
    let (x, y) = try operations { () throws(TensorError) in
      (try Tensor(values, shape: Shape([labels.count, width])), try Tensor(labels))
    }
    return try Dataset(x: x, y: y, name: name)
  }

  private static func check(
    _ maker: String, count: Int, classes: Int, _ noise: (name: String, value: Double)
  ) throws(LearningError) {
    guard classes >= 1 else {
      throw .badSetup(of: maker, problem: "classes must be at least 1, but is \(classes)", help: "\(maker)(classes=3)")
    }
    guard count >= classes else {
      let classes = "\(classes) \(classes == 1 ? "class" : "classes")"
      throw .badSetup(
        of: maker, problem: "\(count) \(count == 1 ? "row does" : "rows do") not cover \(classes)", help: "ask for more rows")
    }
    guard noise.value >= 0, noise.value.isFinite else {
      throw .badSetup(
        of: maker, problem: "\(noise.name) must be at least 0, but is \(noise.value)", help: "\(maker)(\(noise.name)=0.1)")
    }
  }
}
