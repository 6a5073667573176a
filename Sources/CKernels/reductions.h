/* Sums for REAL. Included by kernels.h once for each precision.

   Sums run in LANES double accumulators, element i in lane i % LANES, and are added up as a tree: the order depends on the count
   alone, never on an address or on the instruction set. */
#ifndef LANES
#define LANES 16
#define COLUMN_BLOCK 256
typedef double sum_lanes __attribute__((ext_vector_type(LANES)));

static double BP_JOIN(add_lanes, all, BP_LEVEL)(double *lanes) {
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
  return lanes[0];
}
#endif

/* So many entries anywhere in memory. They are vectors as written: of a loop over the lanes the compiler makes poor ones. */
typedef REAL KERNEL(lanes) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define SUM(expression)                                                                                                        \
  sum_lanes sums = 0;                                                                                                          \
  size_t i = 0;                                                                                                                \
  for (; i + LANES <= count; i += LANES) {                                                                                     \
    sum_lanes v = __builtin_convertvector(*(const KERNEL(lanes) *)(x + i), sum_lanes);                                         \
    sums += (expression);                                                                                                      \
  }                                                                                                                            \
  double lanes[LANES];                                                                                                         \
  memcpy(lanes, &sums, sizeof lanes);                                                                                          \
  for (int j = 0; i < count; i++, j++) {                                                                                       \
    double v = x[i];                                                                                                           \
    lanes[j] += (expression);                                                                                                  \
  }                                                                                                                            \
  return BP_JOIN(add_lanes, all, BP_LEVEL)(lanes)

double KERNEL(bp_sum)(const REAL *x, size_t count) { SUM(v); }

double KERNEL(bp_sum_of_squares)(const REAL *x, size_t count) { SUM(v * v); }
#undef SUM

void KERNEL(bp_sum_rows)(const REAL *x, size_t stride, size_t rows, size_t columns, REAL *out) {
  double sums[COLUMN_BLOCK];
  for (size_t start = 0; start < columns; start += COLUMN_BLOCK) {
    size_t width = columns - start < COLUMN_BLOCK ? columns - start : COLUMN_BLOCK;
    for (size_t j = 0; j < width; j++) sums[j] = 0;
    size_t row = 0;
    /* Four rows at a time, so that the sums are loaded and stored a fourth as often. */
    for (; row + 4 <= rows; row += 4) {
      const REAL *a = x + row * stride + start, *b = a + stride, *c = b + stride, *d = c + stride;
      for (size_t j = 0; j < width; j++) sums[j] += ((double)a[j] + b[j]) + ((double)c[j] + d[j]);
    }
    for (; row < rows; row++) {
      const REAL *place = x + row * stride + start;
      for (size_t j = 0; j < width; j++) sums[j] += place[j];
    }
    INDEPENDENT for (size_t j = 0; j < width; j++) out[start + j] = (REAL)sums[j];
  }
}
