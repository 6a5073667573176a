/* Copies between arrangements in memory, and conversions. */
#include "include/CKernels.h"
#include <string.h>

#define ROW(type)                                                                                                              \
  for (ptrdiff_t i = 0; i < count; i++) ((type *)target)[i * target_step] = ((const type *)source)[i * source_step]

static void copy_row(size_t width, ptrdiff_t count, const void *source, ptrdiff_t source_step, void *target,
                     ptrdiff_t target_step) {
  if (source_step == 1 && target_step == 1) {
    memcpy(target, source, (size_t)count * width);
  } else if (width == 4) {
    ROW(uint32_t);
  } else if (width == 8) {
    ROW(uint64_t);
  } else {
    ROW(uint8_t);
  }
}

void bp_copy_strided(size_t width, size_t rank, const ptrdiff_t *sizes, const void *source, const ptrdiff_t *source_strides,
                     void *target, const ptrdiff_t *target_strides) {
  if (rank == 0) {
    memcpy(target, source, width);
  } else if (rank == 1) {
    copy_row(width, sizes[0], source, source_strides[0], target, target_strides[0]);
  } else {
    for (ptrdiff_t i = 0; i < sizes[0]; i++)
      bp_copy_strided(width, rank - 1, sizes + 1, (const char *)source + i * source_strides[0] * (ptrdiff_t)width,
                      source_strides + 1, (char *)target + i * target_strides[0] * (ptrdiff_t)width, target_strides + 1);
  }
}

void bp_float_from_double(const double *x, float *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = (float)x[i];
}

void bp_double_from_float(const float *x, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = x[i];
}

#define SELECT(type)                                                                                                           \
  for (size_t i = 0; i < count; i++)                                                                                           \
  ((type *)out)[i] = condition[i] ? ((const type *)a)[step_a ? i : 0] : ((const type *)b)[step_b ? i : 0]

void bp_select(size_t width, const bool *condition, const void *a, int step_a, const void *b, int step_b, void *out,
               size_t count) {
  if (width == 4) {
    SELECT(uint32_t);
  } else if (width == 8) {
    SELECT(uint64_t);
  } else {
    SELECT(uint8_t);
  }
}
