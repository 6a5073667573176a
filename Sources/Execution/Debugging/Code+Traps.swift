// Traps stand in place of instructions, so that a program that nobody debugs runs through the same loop as ever, and a debugged one
// at full speed between two of them.
extension Code {
  /// Has these instructions, and no others, told of before they run.
  func setTraps(_ places: some Sequence<Int>) {
    if let plain = plainInstructions { for place in 0..<count { instructions[place].opcode = plain[place].opcode } }
    for place in places { setTrap(place) }
  }

  func setTrap(_ place: Int) {
    guard place < count else { return }
    let plain = plainInstructions ?? copyInstructions()
    if plain[place].opcode != .trap { instructions[place].opcode = .trap }
  }

  private func copyInstructions() -> UnsafeMutablePointer<Instruction> {
    let plain = UnsafeMutablePointer<Instruction>.allocate(capacity: max(count, 1))
    plain.initialize(from: instructions, count: count)
    plainInstructions = plain
    return plain
  }

  /// The instruction that a trap stands for.
  func plain(_ place: Int) -> UnsafeMutablePointer<Instruction> { (plainInstructions ?? instructions) + place }

  /// The instructions at which functions return.
  var returns: [Int] { (0..<count).filter { plain($0).pointee.opcode == .returnValue } }
}
