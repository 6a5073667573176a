import Checking
extension Machine {
  func bind(_ arguments: Arguments, to function: FunctionObject) throws(RuntimeError) -> [Value] { arguments.positional }
  func bind(_ arguments: Arguments, to signature: Signature, of name: String) throws(RuntimeError) -> [Value] {
    arguments.positional
  }
}
