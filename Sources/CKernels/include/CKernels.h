#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Loops over elements. Each is compiled for several instruction sets, and the best that the processor has is chosen at start.
   Lengths and steps count elements. A `step` is 1, or 0 for an operand of one element that serves every place. */

enum bp_unary {
  bp_negate, bp_abs, bp_sign, bp_square, bp_sqrt, bp_exp, bp_expm1, bp_log, bp_log1p, bp_log2, bp_log10,
  bp_sin, bp_cos, bp_tan, bp_sinh, bp_cosh, bp_tanh, bp_erf, bp_round, bp_floor, bp_ceil,
  bp_sigmoid, bp_relu, bp_leaky_relu, bp_elu, bp_selu, bp_gelu, bp_gelu_tanh, bp_silu, bp_softplus, bp_softsign, bp_mish,
  bp_hard_sigmoid
};

enum bp_binary {
  bp_add, bp_subtract, bp_multiply, bp_divide, bp_floor_divide, bp_remainder, bp_power, bp_maximum, bp_minimum, bp_atan2
};

enum bp_comparison { bp_equal, bp_not_equal, bp_less, bp_less_equal, bp_greater, bp_greater_equal };

/* A matrix in memory: `rows` elements from one row to the next, `columns` from one column to the next. */
struct bp_strides {
  ptrdiff_t rows, columns;
};

#define BP_DECLARE_REAL_KERNELS(real, suffix)                                                                                  \
  /* `parameter` is the slope of leaky_relu and the alpha of elu. */                                                           \
  void bp_unary_##suffix(enum bp_unary operation, const real *x, real parameter, real *out, size_t count);                     \
  void bp_binary_##suffix(enum bp_binary operation, const real *a, int step_a, const real *b, int step_b, real *out,           \
                          size_t count);                                                                                       \
  void bp_compare_##suffix(enum bp_comparison operation, const real *a, int step_a, const real *b, int step_b, bool *out,      \
                           size_t count);                                                                                      \
  /* out[i, j] = sum of a[i, k] * b[k, j]; `out` is row-major. */                                                              \
  void bp_matmul_##suffix(const real *a, struct bp_strides a_strides, const real *b, struct bp_strides b_strides, real *out,   \
                          size_t rows, size_t inner, size_t columns);                                                          \
  /* The sum of `count` elements in double precision, always in the same order. */                                             \
  double bp_sum_##suffix(const real *x, size_t count);                                                                         \
  /* The sum of x² in the same way. */                                                                                         \
  double bp_sum_of_squares_##suffix(const real *x, size_t count);                                                              \
  /* out[j] = sum over i of x[i, j], in double precision. */                                                                   \
  void bp_sum_rows_##suffix(const real *x, size_t rows, size_t columns, real *out);                                            \
  /* Rows of `columns` elements: exp(x - max) / sum, its logarithm, and the logarithm of the sum of exp. */                    \
  void bp_softmax_##suffix(const real *x, real *out, size_t rows, size_t columns);                                             \
  void bp_log_softmax_##suffix(const real *x, real *out, size_t rows, size_t columns);                                         \
  void bp_logsumexp_##suffix(const real *x, real *out, size_t rows, size_t columns);

BP_DECLARE_REAL_KERNELS(float, f32)
BP_DECLARE_REAL_KERNELS(double, f64)

/* Copies a block of `rank` dimensions between two arrangements in memory. `width` is the bytes of an element: 1, 4 or 8;
   the strides count elements, may be 0 in the source and negative in both. */
void bp_copy_strided(size_t width, size_t rank, const ptrdiff_t *sizes, const void *source, const ptrdiff_t *source_strides,
                     void *target, const ptrdiff_t *target_strides);

/* out[i] = condition[i] ? a[i] : b[i], for elements of `width` bytes. */
void bp_select(size_t width, const bool *condition, const void *a, int step_a, const void *b, int step_b, void *out,
               size_t count);

void bp_float_from_double(const double *x, float *out, size_t count);
void bp_double_from_float(const float *x, double *out, size_t count);

/* The name of the instruction set in use: "avx512", "avx2" or "baseline". */
const char *bp_instruction_set(void);

#include "lapack.h"

#endif
