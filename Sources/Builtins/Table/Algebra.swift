import Checking
import Execution
import Gradients
import Tensors

extension Builtin {
  static let algebra: [Builtin] = [
    ofTensor(
      "dot", "a", [.required("b", .tensor)], .algebra,
      "The sum of products over the last dimension of a and the first of b, as @.",
      example: "print(dot([1, 2], [3, 4]))\n# 11.0",
      shape: ShapeRules.function(of: [0, 1]) { x, _ throws(TensorError) in try x[0].dot(x[1]) }
    ) { a, call, workspace in try a.dot(call.variable(1, in: workspace)) },
    ofTensor(
      "outer", "a", [.required("b", .tensor)], .algebra, "The product of each entry of a with each of b.",
      example: "print(outer([1, 2], [3, 4]))\n# [[3.0000, 4.0000],\n#  [6.0000, 8.0000]]",
      shape: ShapeRules.function(of: [0, 1]) { x, _ throws(TensorError) in try x[0].outer(x[1]) }
    ) { a, call, workspace in try a.outer(call.variable(1, in: workspace)) },
    Builtin(
      "einsum", [.required("formula", .formula), .rest("tensors", .tensor)], .algebra,
      "Einstein's summation: letters name the dimensions of each tensor, and what stands behind -> is left, summed over all other letters. Dots (...) stand for dimensions without a letter.",
      example: "a = tensor([[1, 2], [3, 4]])\nprint(einsum(\"ij,jk->ik\", a, a))\n# [[ 7.0000, 10.0000],\n#  [15.0000, 22.0000]]"
    ) { call, workspace throws(RuntimeError) in
      let formula = try call.string(0)
      var operands: [Variable] = []
      for value in call.rest(1) { operands.append(try workspace.variable(value)) }
      try workspace.mark(call.machine)
      return try engine { [operands] in workspace.value(try .einsum(formula, operands)) }
    },
    ofTensor(
      "diag", "x", [offset], .algebra,
      "The diagonal of a matrix, or the matrix that has the vector x on its diagonal; k counts diagonals to the right.",
      example: "print(diag([[1, 2], [3, 4]]))\n# [1.0000, 4.0000]",
      shape: ShapeRules.counted { x, k throws(TensorError) in try x.diag(k) }
    ) { x, call, _ in try x.diag(call.int(1, default: 0)) },
    ofTensor(
      "trace", "x", [offset], .algebra, "The sum over a diagonal of a matrix; of more dimensions, of the first two.",
      example: "print(trace([[1, 2], [3, 4]]))\n# 5.0",
      shape: ShapeRules.counted { x, k throws(TensorError) in try x.trace(k) }
    ) { x, call, _ in try x.trace(call.int(1, default: 0)) },
    ofTensor(
      "tril", "x", [offset], .algebra, "The entries on and below a diagonal of the last two dimensions, 0 above it.",
      example: "print(tril(ones(2, 2)))\n# [[1.0000, 0.0000],\n#  [1.0000, 1.0000]]",
      shape: ShapeRules.counted { x, k throws(TensorError) in try x.tril(k) }
    ) { x, call, _ in try x.tril(call.int(1, default: 0)) },
    ofTensor(
      "triu", "x", [offset], .algebra, "The entries on and above a diagonal of the last two dimensions, 0 below it.",
      example: "print(triu(ones(2, 2)))\n# [[1.0000, 1.0000],\n#  [0.0000, 1.0000]]",
      shape: ShapeRules.counted { x, k throws(TensorError) in try x.triu(k) }
    ) { x, call, _ in try x.triu(call.int(1, default: 0)) },
    ofTensor(
      "det", "x", [], .algebra, "The determinant of a square matrix, or of each of a stack.",
      example: "print(det([[2, 0], [0, 3]]))\n# 6.0",
      shape: ShapeRules.function { x, _ throws(TensorError) in try x[0].det() }
    ) { x, _, _ in try x.det() },
    ofTensor(
      "inv", "x", [], .algebra, "The inverse of a square matrix, or of each of a stack; a singular one is an error.",
      example: "print(inv([[2, 1], [1, 1]]))\n# [[ 1.0000, -1.0000],\n#  [-1.0000,  2.0000]]", shape: ShapeRules.square("inv")
    ) { x, _, _ in try x.inv() },
    ofTensor(
      "pinv", "x", [.named("rtol", "None", .notNegative)], .algebra,
      "The pseudo-inverse of a matrix of any shape: singular values below rtol times the largest count as 0. rtol is the larger size times the rounding error of the type unless given.",
      example: "print(pinv([[2, 0], [0, 0]]))\n# [[0.5000, 0.0000],\n#  [0.0000, 0.0000]]",
      shape: ShapeRules.function { x, _ throws(TensorError) in try x[0].pinv() }
    ) { x, call, _ in try x.pinv(rtol: call.has(1) ? call.float(1) : nil) },
    ofTensor(
      "solve", "a", [.required("b", .tensor)], .algebra,
      "x with a @ x = b, for a square matrix a and a vector b or a matrix of columns b; stacks are broadcast.",
      example: "print(solve([[2, 0], [0, 4]], [2, 2]))\n# [1.0000, 0.5000]"
    ) { a, call, workspace in try a.solve(call.variable(1, in: workspace)) },
    tupleOfTensor(
      "lstsq", "a", [.required("b", .tensor), .named("rtol", "None", .notNegative)], .algebra,
      "Least squares: the x for which a @ x comes closest to b, the shortest where there are several; with it the sum of squares that is left, the rank of a and its singular values.",
      example:
        "a = [[1, 0], [0, 1], [0, 0]]\nx, rest, rank, s = lstsq(a, [1, 2, 3])\nprint(x, rest, rank)\n# [1.0000, 2.0000] 9.0 2"
    ) { a, call, workspace in
      let rtol = call.has(2) ? try call.float(2) : nil
      let found = try a.lstsq(call.variable(1, in: workspace), rtol: rtol)
      return [found.solution, found.residuals, found.rank, found.singularValues]
    },
    ofTensor(
      "cholesky", "x", [], .algebra,
      "The lower triangle l with l @ l.T the symmetric matrix x, which must be positive definite. Of a matrix that is not symmetric the mean with its transpose is taken.",
      example: "print(cholesky([[4, 0], [0, 9]]))\n# [[2.0000, 0.0000],\n#  [0.0000, 3.0000]]",
      shape: ShapeRules.square("cholesky")
    ) { x, _, _ in try x.cholesky() },
    tupleOfTensor(
      "qr", "x", [], .algebra,
      "q and r with q @ r = x: q has as many orthonormal columns as x has rows or columns, whichever are fewer, and r is an upper triangle.",
      example: "q, r = qr([[3, 1], [4, 2]])\nprint(allclose(q @ r, [[3, 1], [4, 2]], atol=1e-5))\n# True"
    ) { x, _, _ in
      let (q, r) = try x.qr()
      return [q, r]
    },
    tupleOfTensor(
      "svd", "x", [.optional("full_matrices", "True", .flag)], .algebra,
      "u, s and vh with x = u @ diag(s) @ vh: s falls, and u and vh are square; with full_matrices=False they have as many columns and rows as s.",
      example: "u, s, vh = svd([[3, 0], [0, 4]])\nprint(s)\n# [4.0000, 3.0000]"
    ) { x, call, _ in
      let (u, s, vh) = try x.svd(full: call.truth(1, default: true))
      return [u, s, vh]
    },
    tupleOfTensor(
      "eigh", "x", [], .algebra,
      "The eigenvalues, rising, and the eigenvectors, as columns, of a symmetric matrix. Of one that is not symmetric the mean with its transpose is taken.",
      example: "values, vectors = eigh([[2, 0], [0, 1]])\nprint(values)\n# [1.0000, 2.0000]"
    ) { x, _, _ in
      let (values, vectors) = try x.eigh()
      return [values, vectors]
    },
    ofTensor(
      "cov", "x", [.optional("rowvar", "True", .flag), .named("correction", "1", .whole)], .algebra,
      "The covariances of variables that are the rows of x, or with rowvar=False its columns: sums of products of distances from the means over n - correction.",
      example: "print(cov([[1, 2, 3], [3, 2, 1]]))\n# [[ 1.0000, -1.0000],\n#  [-1.0000,  1.0000]]",
    ) { x, call, _ in
      try x.cov(rowsAreVariables: call.truth(1, default: true), correction: call.int(2, default: 1))
    },
  ]

  private static let offset = Checking.Parameter.optional("k", "0", .whole)
}
