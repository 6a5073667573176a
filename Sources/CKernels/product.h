/* The matrix product for REAL. Included by kernels.h once for each precision. */
void KERNEL(bp_matmul)(const REAL *a, struct bp_strides a_strides, const REAL *b, struct bp_strides b_strides, REAL *out,
                       size_t rows, size_t inner, size_t columns) {
  for (size_t i = 0; i < rows; i++, out += columns) {
    for (size_t j = 0; j < columns; j++) out[j] = 0;
    for (size_t k = 0; k < inner; k++) {
      REAL factor = a[(ptrdiff_t)i * a_strides.rows + (ptrdiff_t)k * a_strides.columns];
      const REAL *row = b + (ptrdiff_t)k * b_strides.rows;
      for (size_t j = 0; j < columns; j++) out[j] += factor * row[(ptrdiff_t)j * b_strides.columns];
    }
  }
}
#undef KERNEL
#undef INLINE
