import CKernels

/// A type that LAPACK computes in, with the routines for it; CKernels' lapack.h says what each does.
protocol MatrixElement: Element, BinaryFloatingPoint {
  typealias Numbers = UnsafeMutablePointer<Self>?
  typealias Places = UnsafeMutablePointer<Int32>?

  static var factorLU: (Int32, Numbers, Places) -> Int32 { get }
  static var invertLU: (Int32, Numbers, UnsafePointer<Int32>?, Numbers, Int32) -> Int32 { get }
  static var solveTransposedLU: (Int32, Int32, UnsafePointer<Self>?, UnsafePointer<Int32>?, Numbers) -> Int32 { get }
  static var factorCholesky: (Int32, Numbers) -> Int32 { get }
  static var factorQR: (Int32, Int32, Numbers, Numbers, Numbers, Int32) -> Int32 { get }
  static var expandQ: (Int32, Int32, Int32, Numbers, UnsafePointer<Self>?, Numbers, Int32) -> Int32 { get }
  static var decomposeSingular: (Bool, Int32, Int32, Numbers, Numbers, Numbers, Numbers, Numbers, Int32, Places) -> Int32 { get }
  static var decomposeSymmetric: (Int32, Numbers, Numbers, Numbers, Int32, Places, Int32) -> Int32 { get }
}

extension Float: MatrixElement {
  static var factorLU: (Int32, Numbers, Places) -> Int32 { bp_getrf_f32 }
  static var invertLU: (Int32, Numbers, UnsafePointer<Int32>?, Numbers, Int32) -> Int32 { bp_getri_f32 }
  static var solveTransposedLU: (Int32, Int32, UnsafePointer<Float>?, UnsafePointer<Int32>?, Numbers) -> Int32 {
    bp_getrs_transposed_f32
  }
  static var factorCholesky: (Int32, Numbers) -> Int32 { bp_potrf_f32 }
  static var factorQR: (Int32, Int32, Numbers, Numbers, Numbers, Int32) -> Int32 { bp_geqrf_f32 }
  static var expandQ: (Int32, Int32, Int32, Numbers, UnsafePointer<Float>?, Numbers, Int32) -> Int32 { bp_orgqr_f32 }
  static var decomposeSingular: (Bool, Int32, Int32, Numbers, Numbers, Numbers, Numbers, Numbers, Int32, Places) -> Int32 {
    bp_gesdd_f32
  }
  static var decomposeSymmetric: (Int32, Numbers, Numbers, Numbers, Int32, Places, Int32) -> Int32 { bp_syevd_f32 }
}

extension Double: MatrixElement {
  static var factorLU: (Int32, Numbers, Places) -> Int32 { bp_getrf_f64 }
  static var invertLU: (Int32, Numbers, UnsafePointer<Int32>?, Numbers, Int32) -> Int32 { bp_getri_f64 }
  static var solveTransposedLU: (Int32, Int32, UnsafePointer<Double>?, UnsafePointer<Int32>?, Numbers) -> Int32 {
    bp_getrs_transposed_f64
  }
  static var factorCholesky: (Int32, Numbers) -> Int32 { bp_potrf_f64 }
  static var factorQR: (Int32, Int32, Numbers, Numbers, Numbers, Int32) -> Int32 { bp_geqrf_f64 }
  static var expandQ: (Int32, Int32, Int32, Numbers, UnsafePointer<Double>?, Numbers, Int32) -> Int32 { bp_orgqr_f64 }
  static var decomposeSingular: (Bool, Int32, Int32, Numbers, Numbers, Numbers, Numbers, Numbers, Int32, Places) -> Int32 {
    bp_gesdd_f64
  }
  static var decomposeSymmetric: (Int32, Numbers, Numbers, Numbers, Int32, Places, Int32) -> Int32 { bp_syevd_f64 }
}

extension MatrixElement {
  /// Runs a routine with a workspace as large as it asks for, charged to the budget.
  static func withWorkspace(_ routine: (Numbers, Int32) -> Int32) throws(TensorError) -> Int32 {
    var wanted: Self = 0
    _ = routine(&wanted, -1)
    // In single precision the answer may have been rounded down.
    let size = Double(wanted) * 1.0001 + 1
    guard size < Double(Int32.max) else { throw TensorError(.tooManyElements([Int(size)])) }
    var work = try Tensor(uninitialized: Shape([Int(size)]), Self.dtype)
    return try work.withMutableElements(Self.self) { work throws(TensorError) in routine(work.baseAddress, Int32(work.count)) }
  }
}
