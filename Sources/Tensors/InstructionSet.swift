import CKernels

/// The instruction sets that the kernels are compiled for: the best is used unless `BP_INSTRUCTION_SET` names another.
public enum InstructionSet {
  /// The one in use.
  public static var current: String { String(cString: bp_instruction_set()) }

  /// Those that this processor has, from the plainest to the best.
  public static var available: [String] {
    var names: [String] = []
    while let name = bp_instruction_set_at(names.count) { names.append(String(cString: name)) }
    return names
  }

  /// What the environment asks for, if this processor does not have it.
  public static var refused: String? { bp_refused_instruction_set().map { String(cString: $0) } }
}
