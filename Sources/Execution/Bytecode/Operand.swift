/// Where an instruction finds a value or leaves one: a register of the frame, a constant of the code or a top-level name.
struct Operand: Equatable, Sendable {
  let bits: UInt32

  private init(space: UInt32, place: Int) {
    precondition(place >= 0 && place < 1 << 30, "an operand's place has 30 bits")
    bits = space << 30 | UInt32(place)
  }

  static func register(_ place: Int) -> Operand { Operand(space: 0, place: place) }
  static func constant(_ place: Int) -> Operand { Operand(space: 1, place: place) }
  static func global(_ place: Int) -> Operand { Operand(space: 2, place: place) }

  init(bits: UInt32) { self.bits = bits }

  /// 0 for registers, 1 for constants, 2 for top-level names.
  var space: Int { Int(bits >> 30) }
  var place: Int { Int(bits & 0x3fff_ffff) }
  var isRegister: Bool { space == 0 }
  var isConstant: Bool { space == 1 }
  var isGlobal: Bool { space == 2 }
}

extension Operand: CustomStringConvertible {
  var description: String { ["r", "k", "g"][space] + String(place) }
}
