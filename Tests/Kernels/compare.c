/* Writes what the kernels give for fixed operands, as text: run once for each instruction set, and compared by compare.sh.

   The sets differ in rounding alone (fused multiply-adds, approximations), so that numbers are rounded to `digits`. */
#include "CKernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t state = 1;

static double next(void) {
  state = state * 1664525u + 1013904223u;
  return (double)(state >> 8) / (1 << 24) * 4 - 2;
}

#define CHECKS(real, suffix, digits)                                                                                           \
  static void show_##suffix(const char *name, const real *x, size_t count) {                                                   \
    double sum = 0, weighted = 0;                                                                                              \
    for (size_t i = 0; i < count; i++) {                                                                                       \
      double v = isfinite((double)x[i]) ? (double)x[i] : isnan((double)x[i]) ? 3 : 7;                                          \
      sum += v;                                                                                                                \
      weighted += v * (double)(i % 7);                                                                                         \
    }                                                                                                                          \
    printf("%s_" #suffix " %zu %.*e %.*e\n", name, count, digits, sum / (double)count, digits, weighted / (double)count);      \
  }                                                                                                                            \
  static void check_##suffix(void) {                                                                                           \
    static real a[40000], b[40000], out[40000], scratch[1 << 18];                                                              \
    for (size_t i = 0; i < 40000; i++) {                                                                                       \
      a[i] = (real)next();                                                                                                     \
      b[i] = (real)next();                                                                                                     \
    }                                                                                                                          \
    for (int operation = bp_negate; operation <= bp_hard_sigmoid; operation++) {                                               \
      bp_unary_##suffix((enum bp_unary)operation, a, (real)0.1, out, 1003);                                                    \
      printf("%d ", operation);                                                                                                \
      show_##suffix("unary", out, 1003);                                                                                       \
    }                                                                                                                          \
    for (int operation = bp_add; operation <= bp_atan2; operation++)                                                           \
      for (int steps = 1; steps < 4; steps++) {                                                                                \
        bp_binary_##suffix((enum bp_binary)operation, a, steps & 1, b, steps >> 1, out, 1003);                                 \
        printf("%d %d ", operation, steps);                                                                                    \
        show_##suffix("binary", out, 1003);                                                                                    \
      }                                                                                                                        \
    static const size_t sizes[][3] = {{1, 1, 1},   {4, 2, 8},    {3, 7, 17},   {9, 33, 33},  {32, 64, 3},                      \
                                      {13, 300, 50}, {2, 700, 3}, {40, 520, 70}, {1, 64, 100}, {100, 100, 100}, {64, 7, 1}};   \
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)                                                                  \
      for (int way = 0; way < 8; way++) {                                                                                      \
        size_t rows = sizes[i][0], inner = sizes[i][1], columns = sizes[i][2];                                                 \
        struct bp_strides left = way & 1 ? (struct bp_strides){1, (ptrdiff_t)rows} : (struct bp_strides){(ptrdiff_t)inner, 1};  \
        struct bp_strides right =                                                                                              \
            way & 2 ? (struct bp_strides){1, (ptrdiff_t)inner} : (struct bp_strides){(ptrdiff_t)columns, 1};                   \
        for (size_t j = 0; j < rows * columns; j++) out[j] = 1;                                                                \
        bp_matmul_##suffix(a, left, b, right, out, (ptrdiff_t)columns, rows, inner, columns, way & 4);                         \
        printf("%zu %d ", i, way);                                                                                             \
        show_##suffix("matmul", out, rows * columns);                                                                          \
      }                                                                                                                        \
    bp_softmax_##suffix(a, out, 50, 77);                                                                                       \
    show_##suffix("softmax", out, 50 * 77);                                                                                    \
    bp_log_softmax_##suffix(a, out, 50, 77);                                                                                   \
    show_##suffix("log_softmax", out, 50 * 77);                                                                                \
    bp_logsumexp_##suffix(a, out, 50, 77);                                                                                     \
    show_##suffix("logsumexp", out, 50);                                                                                       \
    bp_sum_rows_##suffix(a, 50, 77, out);                                                                                      \
    show_##suffix("sum_rows", out, 77);                                                                                        \
    out[0] = (real)bp_sum_##suffix(a, 4001);                                                                                   \
    out[1] = (real)bp_sum_of_squares_##suffix(a, 4001);                                                                        \
    show_##suffix("sums", out, 2);                                                                                             \
    struct bp_window w = {3, 4, 6, 2, {11, 10}, {6, 9}, {3, 2}, {2, 1}, {1, 1}, {1, 3}};                                       \
    bp_convolution_##suffix(&w, a, b, out, 0, 3, scratch);                                                                     \
    show_##suffix("convolution", out, 3 * 6 * 6 * 9);                                                                          \
    bp_convolution_input_##suffix(&w, a, b, out, 0, 3, scratch);                                                               \
    show_##suffix("convolution_input", out, 3 * 4 * 11 * 10);                                                                  \
    for (size_t j = 0; j < 6 * 2 * 6; j++) out[j] = 0;                                                                         \
    bp_convolution_weight_##suffix(&w, a, b, out, 0, 3, scratch);                                                              \
    show_##suffix("convolution_weight", out, 6 * 2 * 6);                                                                       \
    w.dilation.width = 1;                                                                                                      \
    w.output.width = 11;                                                                                                       \
    static int64_t places[3 * 4 * 6 * 11];                                                                                     \
    bp_max_pool_places_##suffix(&w, a, places, 0, 3);                                                                          \
    for (size_t j = 0; j < 3 * 4 * 6 * 11; j++) out[j] = (real)places[j];                                                      \
    show_##suffix("max_pool_places", out, 3 * 4 * 6 * 11);                                                                     \
    bp_average_pool_##suffix(&w, a, out, 0, 3);                                                                                \
    show_##suffix("average_pool", out, 3 * 4 * 6 * 11);                                                                        \
    bp_average_pool_input_##suffix(&w, a, out, 0, 3);                                                                          \
    show_##suffix("average_pool_input", out, 3 * 4 * 11 * 10);                                                                 \
  }

CHECKS(float, f32, 3)
CHECKS(double, f64, 9)

int main(void) {
  if (bp_refused_instruction_set() != NULL) return 2;
  fprintf(stderr, "%s\n", bp_instruction_set());
  check_f32();
  check_f64();
  return 0;
}
