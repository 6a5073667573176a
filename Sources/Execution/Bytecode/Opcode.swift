/// What an instruction does; `a`, `b`, `c` are its operands or numbers, `d` a small number.
///
/// A *window* is a row of registers: it holds a call's arguments or a container's elements.
enum Opcode: UInt8, CaseIterable, Sendable {
  // a ← b
  case move
  /// The same from a temporary register, which is left empty.
  case take
  case clear
  /// Unbinds the top-level name a, if it is bound; a hidden builtin comes back.
  case restore
  /// Unbinds the name a; a hidden builtin comes back.
  case delete

  // a ← b op c; the order of these eleven is that of `BinaryOperation`, then of the updates.
  case add, subtract, multiply, divide, floorDivide, modulo, power, matrixMultiply, and, or
  // a op= b
  case updateAdd, updateSubtract, updateMultiply, updateDivide
  /// a op= b for the operation c.
  case update
  // a ← op b
  case negate, plus, invert, not

  // a ← b op c
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case isSame, isNotSame, contains, lacks

  // Jumps; the target is a.
  case jump
  /// Jumps back, where interrupts are noticed.
  case loop
  /// Jumps to a if b is true, or unless it is.
  case jumpIf, jumpUnless
  // Jumps to a unless b op c.
  case unlessEqual, unlessNotEqual, unlessLess, unlessLessOrEqual, unlessGreater, unlessGreaterOrEqual

  /// Makes the three registers from a on ready to go over b.
  case startLoop
  /// Puts the next item into b and jumps back to c; goes on when there is none. The state is in the registers from a on.
  case nextItem

  /// c ← the function b called with the d registers after register a, which gets the function.
  case call
  /// c ← method number b of the value in register a called with the d registers after it.
  case callMethod
  /// c ← the function in register a called with arguments laid out by call layout number b.
  case callLaidOut
  case returnValue

  /// a ← the function made of code number b, defaults in the d registers from c on.
  case makeFunction
  /// Puts the register's value into a cell of its own.
  case makeCell
  /// a ← captured cell number b.
  case loadCaptured
  /// a ← the value in the cell in register b.
  case readCell
  /// The cell in register a ← b.
  case writeCell
  /// Unbinds the name whose cell is in register a.
  case clearCell  // d = 1: whether or not it is bound

  // a ← what the d registers from b on make
  case makeList, makeTuple, makeDict, makeSlice, joinText
  /// a ← the tuple of the items of list b
  case freeze
  // Changes the container in register a.
  case append, extend, setKey, merge
  /// a ← b formatted with spec c; d says which conversion comes first.
  case format

  /// a ← b[c]
  case item
  /// a[b] ← c
  case setItem
  /// Deletes a[b].
  case deleteItem
  /// a ← b.name, the name is constant c
  case attribute
  /// Writes through path number c, which starts at a; keys, then the value, are in the registers from b on.
  case assignPath
  /// The d registers from a on ← the items of b; c is the place of the starred one, plus 1.
  case unpack

  /// Raises b.
  case raise
  /// Raises the exception in register a again.
  case reraise
  /// Raises AssertionError with message a, if any (d = 1).
  case failAssertion
  /// a ← whether exception b is of the type, or one of the types, c.
  case matches

  /// a ← what entering the context b gives.
  case enter
  /// Leaves the context b.
  case exit

  /// a ← the module whose dotted name is constant b.
  case importModule
  /// a ← the module that holds, under the first word of the dotted name b, the others.
  case importPackage
  /// a ← the name, constant c, of module b.
  case importName

  /// a ← function b under the decorator whose name is constant c.
  case decorate
  /// Checks the arguments' shapes and binds the names in them.
  case checkShapes
  /// Checks the value b that the function returns.
  case checkResult

  /// Stands, while a program is debugged, for an instruction that is to be told of before it runs; the compiler makes none.
  case trap
}

/// One step of the machine: 16 bytes.
struct Instruction: Sendable {
  var opcode: Opcode
  var d: UInt16
  var a: UInt32
  var b: UInt32
  var c: UInt32

  init(_ opcode: Opcode, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, d: Int = 0) {
    precondition(d <= UInt16.max, "a window is longer than an instruction can say")
    self.opcode = opcode
    self.d = UInt16(d)
    self.a = a
    self.b = b
    self.c = c
  }
}
