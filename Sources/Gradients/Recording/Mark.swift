/// What one sweep leaves on the variables that it meets.
struct Mark {
  /// The sweep that was here last.
  var pass: UInt64 = 0
  /// Where that sweep keeps the gradient.
  var slot: Int32 = 0
  var isVisited = false
}
