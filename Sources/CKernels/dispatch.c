/* The public kernels: each calls the one for the best instruction set that the processor has. */
#include "include/CKernels.h"

#include <stdlib.h>
#include <string.h>

enum level { baseline, avx2, avx512, neon, level_count };

static const char *const names[level_count] = {"baseline", "avx2", "avx512", "neon"};
static enum level level = baseline;
static const char *refused = NULL;

static bool has(enum level asked) {
  switch (asked) {
  case baseline: return true;
#if defined(__x86_64__)
  case avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  case avx512:
    return has(avx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
  case neon: return true;
#endif
  default: return false;
  }
}

__attribute__((constructor)) static void choose_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
#endif
  const char *asked = getenv("BP_INSTRUCTION_SET");
  if (asked != NULL && *asked != 0) refused = asked;
  for (enum level each = baseline; each < level_count; each++) {
    if (!has(each)) continue;
    level = each;
    if (refused != NULL && strcmp(refused, names[each]) == 0) {
      refused = NULL;
      return;
    }
  }
}

const char *bp_instruction_set(void) { return names[level]; }

const char *bp_instruction_set_at(size_t place) {
  for (enum level each = baseline; each < level_count; each++)
    if (has(each) && place-- == 0) return names[each];
  return NULL;
}

const char *bp_refused_instruction_set(void) { return refused; }

#if defined(__x86_64__)
#define CALL(name, arguments)                                                                                                  \
  switch (level) {                                                                                                             \
  case avx512: return name##_avx512 arguments;                                                                                 \
  case avx2: return name##_avx2 arguments;                                                                                     \
  default: return name##_baseline arguments;                                                                                   \
  }
#elif defined(__aarch64__)
#define CALL(name, arguments)                                                                                                  \
  if (level == neon) return name##_neon arguments;                                                                             \
  return name##_baseline arguments;
#else
#define CALL(name, arguments) return name##_baseline arguments;
#endif

#define KERNEL(result, name, parameters, arguments)                                                                            \
  result name##_baseline parameters;                                                                                           \
  result name##_avx2 parameters;                                                                                               \
  result name##_avx512 parameters;                                                                                             \
  result name##_neon parameters;                                                                                               \
  result name parameters { CALL(name, arguments) }

#define REAL_KERNELS(real, suffix)                                                                                             \
  KERNEL(void, bp_unary_##suffix, (enum bp_unary operation, const real *x, real parameter, real *out, size_t count),           \
         (operation, x, parameter, out, count))                                                                                \
  KERNEL(void, bp_binary_##suffix,                                                                                             \
         (enum bp_binary operation, const real *a, int step_a, const real *b, int step_b, real *out, size_t count),            \
         (operation, a, step_a, b, step_b, out, count))                                                                        \
  KERNEL(void, bp_compare_##suffix,                                                                                            \
         (enum bp_comparison operation, const real *a, int step_a, const real *b, int step_b, bool *out, size_t count),        \
         (operation, a, step_a, b, step_b, out, count))                                                                        \
  KERNEL(void, bp_matmul_##suffix,                                                                                             \
         (const real *a, struct bp_strides a_strides, const real *b, struct bp_strides b_strides, struct bp_target target,     \
          size_t rows, size_t inner, size_t columns),                                                                          \
         (a, a_strides, b, b_strides, target, rows, inner, columns))                                                           \
  KERNEL(double, bp_sum_##suffix, (const real *x, size_t count), (x, count))                                                   \
  KERNEL(double, bp_sum_of_squares_##suffix, (const real *x, size_t count), (x, count))                                        \
  KERNEL(void, bp_sum_rows_##suffix, (const real *x, size_t stride, size_t rows, size_t columns, real *out),                         \
         (x, stride, rows, columns, out))                                                                                         \
  KERNEL(void, bp_softmax_##suffix, (const real *x, real *out, size_t rows, size_t columns), (x, out, rows, columns))          \
  KERNEL(void, bp_log_softmax_##suffix, (const real *x, real *out, size_t rows, size_t columns), (x, out, rows, columns))      \
  KERNEL(void, bp_softmax_loss_##suffix,                                                                                       \
         (const real *x, const int64_t *places, real upstream, real *taken, real *gradient, size_t rows, size_t columns),      \
         (x, places, upstream, taken, gradient, rows, columns))                                                                \
  KERNEL(void, bp_logsumexp_##suffix, (const real *x, real *out, size_t rows, size_t columns), (x, out, rows, columns))    \
  KERNEL(void, bp_dropout_mask_##suffix,                                                                                       \
         (uint64_t seed, uint64_t stream, uint32_t threshold, real kept, real *out, size_t first, size_t last),                \
         (seed, stream, threshold, kept, out, first, last))                                                                          \
  KERNEL(void, bp_uniform_##suffix,                                                                                            \
         (uint64_t seed, uint64_t stream, uint64_t position, double low, double high, real *out, size_t first, size_t last),   \
         (seed, stream, position, low, high, out, first, last))                                                                \
  KERNEL(void, bp_normal_##suffix,                                                                                             \
         (uint64_t seed, uint64_t stream, uint64_t position, double mean, double deviation, real *out, size_t first,           \
          size_t last),                                                                                                        \
         (seed, stream, position, mean, deviation, out, first, last))                                                          \
  KERNEL(void, bp_chain_##suffix,                                                                                              \
         (const struct bp_chain *chain, void *const *slots, size_t first, size_t last, void *workspace, double *sums),         \
         (chain, slots, first, last, workspace, sums))                                                                         \
  KERNEL(void, bp_convolution_##suffix,                                                                                        \
         (const struct bp_window *window, const real *x, const real *weight, real *out, size_t first, size_t last,             \
          real *scratch),                                                                                                      \
         (window, x, weight, out, first, last, scratch))                                                                       \
  KERNEL(void, bp_convolution_input_##suffix,                                                                                  \
         (const struct bp_window *window, const real *gradient, const real *weight, real *out, size_t first, size_t last,      \
          real *scratch),                                                                                                      \
         (window, gradient, weight, out, first, last, scratch))                                                                \
  KERNEL(void, bp_convolution_weight_##suffix,                                                                                 \
         (const struct bp_window *window, const real *x, const real *gradient, real *out, size_t first, size_t last,           \
          real *scratch),                                                                                                      \
         (window, x, gradient, out, first, last, scratch))                                                                     \
  KERNEL(void, bp_max_pool_places_##suffix,                                                                                    \
         (const struct bp_window *window, const real *x, int64_t *out, size_t first, size_t last),                             \
         (window, x, out, first, last))                                                                                        \
  KERNEL(void, bp_average_pool_##suffix,                                                                                       \
         (const struct bp_window *window, const real *x, real *out, size_t first, size_t last), (window, x, out, first, last)) \
  KERNEL(void, bp_average_pool_input_##suffix,                                                                                 \
         (const struct bp_window *window, const real *gradient, real *out, size_t first, size_t last),                         \
         (window, gradient, out, first, last))

REAL_KERNELS(float, f32)
REAL_KERNELS(double, f64)

KERNEL(void, bp_winograd_weight_f32, (const struct bp_window *window, const float *weight, float *out), (window, weight, out))
KERNEL(void, bp_winograd_weight_back_f32, (const struct bp_window *window, const float *sums, float *out), (window, sums, out))
KERNEL(void, bp_winograd_f32,
       (const struct bp_window *window, const float *x, const float *weight, float *out, size_t first, size_t last, float *scratch),
       (window, x, weight, out, first, last, scratch))
KERNEL(void, bp_winograd_input_f32,
       (const struct bp_window *window, const float *gradient, const float *weight, float *out, size_t first, size_t last,
        float *scratch),
       (window, gradient, weight, out, first, last, scratch))
KERNEL(void, bp_winograd_sums_f32,
       (const struct bp_window *window, const float *x, const float *gradient, float *sums, size_t first, size_t last,
        float *scratch),
       (window, x, gradient, sums, first, last, scratch))
