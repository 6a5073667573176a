/// stub
struct FunctionShapes: Sendable {}
extension Machine {
  func checkShapes(of frame: Frame) throws(RuntimeError) {}
  func checkResult(_ value: Value, of frame: Frame) throws(RuntimeError) {}
}
