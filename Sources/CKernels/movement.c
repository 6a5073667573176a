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

size_t bp_chain_workspace(const struct bp_chain *chain, size_t width) {
  size_t entries = chain->count < bp_chain_block ? chain->count : bp_chain_block;
  return chain->register_count * (2 * sizeof(void *) + (entries == 1 ? 1 : (entries + 15) & ~(size_t)15) * width);
}

size_t bp_convolution_scratch(const struct bp_window *window) {
  return window->channels / window->groups * window->size.height * window->size.width * window->output.height *
         window->output.width;
}

size_t bp_winograd_weights(const struct bp_window *window) { return 36 * window->channels * window->filters; }

size_t bp_winograd_scratch(const struct bp_window *window) {
  size_t rows = (window->output.height + 3) / 4, columns = (window->output.width + 3) / 4, tiles = rows * columns;
  size_t at_once = tiles >= BP_WINOGRAD_TILES ? tiles : BP_WINOGRAD_TILES / tiles * tiles;
  size_t most = window->channels > window->filters ? window->channels : window->filters;
  return (4 * rows + 2) * (4 * columns + 2) * most + 36 * at_once * (window->channels + window->filters);
}
