/* Runs the kernels on fixed operands, and compares two sets of results entry by entry.

     compare show > FILE        what the kernels of the chosen instruction set give
     compare PLAIN OTHER        says by how much they differ, at most; fails where that is more than rounding

   The sets differ in rounding alone (fused multiply-adds, the order of sums). Entries are compared relative to themselves; where an
   entry is a sum, which may come out small by chance, relative to the sizes of its terms together. */
#include "CKernels.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct head {
  char name[48];
  uint64_t count;
  /* At least so large is what an entry is compared with; and the most that entries may differ by. */
  double terms, tolerance;
};

static uint32_t state = 1;

static double next(void) {
  state = state * 1664525u + 1013904223u;
  return (double)(state >> 8) / (1 << 24) * 4 - 2;
}

#define CHECKS(real, suffix, most)                                                                                             \
  static void show_##suffix(const char *name, int i, int j, const real *x, size_t count, double terms) {                       \
    struct head head = {"", count, terms, most};                                                                               \
    snprintf(head.name, sizeof head.name, "%s_" #suffix " %d %d", name, i, j);                                                 \
    fwrite(&head, sizeof head, 1, stdout);                                                                                     \
    for (size_t k = 0; k < count; k++) {                                                                                       \
      double entry = (double)x[k];                                                                                             \
      fwrite(&entry, sizeof entry, 1, stdout);                                                                                 \
    }                                                                                                                          \
  }                                                                                                                            \
  static void check_chain_##suffix(real *a, real *b, real *out) {                                                              \
    enum { count = 5003 };                                                                                                     \
    static double workspace[1 << 13];                                                                                          \
    real *sums = out + count;                                                                                                  \
    const struct bp_step steps[] = {                                                                                           \
        {bp_step_unary, bp_tanh, 3, 0, 0, 0, 0, 0},      {bp_step_binary, bp_multiply, 4, 3, 1, 0, 0, 0},                      \
        {bp_step_compare, bp_less, 5, 0, 2, 0, 0, 0},    {bp_step_select, 0, 6, 5, 4, 3, 0, 0},                                \
        {bp_step_multiply_add, 0, 7, 6, 1, 0, 0, 0},     {bp_step_subtract_product, 0, 8, 7, 3, 0, 0, 0},                      \
        {bp_step_add_products, 0, 9, 8, 2, 7, 1, 0}};                                                                          \
    const struct bp_chain_input inputs[] = {{{0, false, 0}, 1, count}, {{1, false, 0}, 1, count}, {{1, false, 0}, 3, 7}};      \
    const struct bp_chain_output outputs[] = {{{2, false, 0}, 9, bp_output_entries},                                           \
                                              {{2, false, 0}, 9, bp_output_sum},                                               \
                                              {{2, false, 0}, 9, bp_output_sum_of_squares}};                                   \
    const struct bp_chain chain = {steps, inputs, outputs, 7, 3, 3, 10, count};                                                \
    double totals[3] = {0};                                                                                                    \
    void *const slots[] = {a, b, out};                                                                                         \
    if (bp_chain_workspace(&chain, sizeof(real)) > sizeof workspace) abort();                                                  \
    bp_chain_##suffix(&chain, slots, 0, count, workspace, totals);                                                             \
    for (int i = 0; i < 2; i++) sums[i] = (real)totals[i + 1];                                                                 \
    show_##suffix("chain", 0, 0, out, count, 4);                                                                               \
    show_##suffix("chain_sums", 0, 0, sums, 2, count);                                                                         \
  }                                                                                                                            \
  static void check_##suffix(void) {                                                                                           \
    static real a[40000], b[40000], out[40000], scratch[1 << 18];                                                              \
    for (size_t i = 0; i < 40000; i++) {                                                                                       \
      a[i] = (real)next();                                                                                                     \
      b[i] = (real)next();                                                                                                     \
    }                                                                                                                          \
    for (int operation = bp_negate; operation <= bp_hard_sigmoid; operation++) {                                               \
      bp_unary_##suffix((enum bp_unary)operation, a, (real)0.1, out, 1003);                                                    \
      /* These are x / 2 times a sum of 1 and what comes near to -1. */                                                        \
      show_##suffix("unary", operation, 0, out, 1003, operation == bp_gelu || operation == bp_gelu_tanh);                      \
    }                                                                                                                          \
    for (int operation = bp_add; operation <= bp_atan2; operation++)                                                           \
      for (int steps = 1; steps < 4; steps++) {                                                                                \
        bp_binary_##suffix((enum bp_binary)operation, a, steps & 1, b, steps >> 1, out, 1003);                                 \
        show_##suffix("binary", operation, steps, out, 1003, 0);                                                               \
      }                                                                                                                        \
    for (int operation = bp_equal; operation <= bp_greater_equal; operation++) {                                               \
      static bool truths[1003];                                                                                                \
      bp_compare_##suffix((enum bp_comparison)operation, a, 1, b, 1, truths, 1003);                                            \
      for (size_t i = 0; i < 1003; i++) out[i] = truths[i];                                                                    \
      show_##suffix("compare", operation, 0, out, 1003, 0);                                                                    \
    }                                                                                                                          \
    static const size_t sizes[][3] = {{1, 1, 1},   {4, 2, 8},    {3, 7, 17},   {9, 33, 33},  {32, 64, 3},                      \
                                      {13, 300, 50}, {2, 700, 3}, {40, 520, 70}, {1, 64, 100}, {100, 100, 100}, {64, 7, 1}};   \
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)                                                                  \
      for (int way = 0; way < 12; way++) {                                                                                      \
        size_t rows = sizes[i][0], inner = sizes[i][1], columns = sizes[i][2];                                                 \
        struct bp_strides left = way & 1 ? (struct bp_strides){1, (ptrdiff_t)rows} : (struct bp_strides){(ptrdiff_t)inner, 1};  \
        struct bp_strides right =                                                                                              \
            way & 2 ? (struct bp_strides){1, (ptrdiff_t)inner} : (struct bp_strides){(ptrdiff_t)columns, 1};                   \
        const real *added[] = {NULL, out, b};                                                                                  \
        for (size_t j = 0; j < rows * columns; j++) out[j] = 1;                                                                \
        struct bp_target target = {out, (ptrdiff_t)columns, added[way >> 2], way >> 2 == 1 ? (ptrdiff_t)columns : 0, way >> 2 != 0};  \
        bp_matmul_##suffix(a, left, b, right, target, rows, inner, columns);                                                   \
        show_##suffix("matmul", (int)i, way, out, rows * columns, (double)inner);                                              \
      }                                                                                                                        \
    bp_softmax_##suffix(a, out, 50, 77);                                                                                       \
    show_##suffix("softmax", 0, 0, out, 50 * 77, 0);                                                                           \
    bp_log_softmax_##suffix(a, out, 50, 77);                                                                                   \
    show_##suffix("log_softmax", 0, 0, out, 50 * 77, 0);                                                                       \
    for (size_t width = 5; width < 80; width += 72) {                                                                         \
      int64_t places[50];                                                                                                      \
      for (int64_t i = 0; i < 50; i++) places[i] = i % 9 - 4;                                                                  \
      bp_softmax_loss_##suffix(a, places, 3, out, out + 50, 50, width);                                                        \
      show_##suffix("softmax_loss", (int)width, 0, out, 50 * (width + 1), 0);                                                  \
    }                                                                                                                          \
    bp_logsumexp_##suffix(a, out, 50, 77);                                                                                     \
    show_##suffix("logsumexp", 0, 0, out, 50, 0);                                                                              \
    bp_sum_rows_##suffix(a, 77, 50, 77, out);                                                                                  \
    show_##suffix("sum_rows", 0, 0, out, 77, 50);                                                                              \
    out[0] = (real)bp_sum_##suffix(a, 4001);                                                                                   \
    out[1] = (real)bp_sum_of_squares_##suffix(a, 4001);                                                                        \
    show_##suffix("sums", 0, 0, out, 2, 4001);                                                                                 \
    bp_dropout_mask_##suffix(7, 12, (uint32_t)1 << 30, (real)1.25, out, 0, 1003);                                              \
    show_##suffix("dropout_mask", 0, 0, out, 1003, 0);                                                                         \
    bp_uniform_##suffix(7, 12, 5, -1, 3, out, 0, 1003);                                                                        \
    show_##suffix("uniform", 0, 0, out, 1003, 0);                                                                              \
    bp_normal_##suffix(7, 12, 5, 0.5, 2, out, 0, 1003);                                                                        \
    show_##suffix("normal", 0, 0, out, 1003, 0);                                                                               \
    check_chain_##suffix(a, b, out);                                                                                           \
    struct bp_window w = {3, 4, 6, 2, {11, 10}, {6, 9}, {3, 2}, {2, 1}, {1, 1}, {1, 3}};                                       \
    bp_convolution_##suffix(&w, a, b, out, 0, 3, scratch);                                                                     \
    show_##suffix("convolution", 0, 0, out, 3 * 6 * 6 * 9, 12);                                                                \
    bp_convolution_input_##suffix(&w, a, b, out, 0, 3, scratch);                                                               \
    show_##suffix("convolution_input", 0, 0, out, 3 * 4 * 11 * 10, 18);                                                        \
    for (size_t j = 0; j < 6 * 2 * 6; j++) out[j] = 0;                                                                         \
    bp_convolution_weight_##suffix(&w, a, b, out, 0, 3, scratch);                                                              \
    show_##suffix("convolution_weight", 0, 0, out, 6 * 2 * 6, 162);                                                            \
    w.dilation.width = 1;                                                                                                      \
    w.output.width = 11;                                                                                                       \
    static int64_t places[3 * 4 * 6 * 11];                                                                                     \
    bp_max_pool_places_##suffix(&w, a, places, 0, 3);                                                                          \
    for (size_t j = 0; j < 3 * 4 * 6 * 11; j++) out[j] = (real)places[j];                                                      \
    show_##suffix("max_pool_places", 0, 0, out, 3 * 4 * 6 * 11, 0);                                                            \
    bp_average_pool_##suffix(&w, a, out, 0, 3);                                                                                \
    show_##suffix("average_pool", 0, 0, out, 3 * 4 * 6 * 11, 1);                                                               \
    bp_average_pool_input_##suffix(&w, a, out, 0, 3);                                                                          \
    show_##suffix("average_pool_input", 0, 0, out, 3 * 4 * 11 * 10, 1);                                                        \
  }

CHECKS(float, f32, 1e-6)
CHECKS(double, f64, 1e-14)

/* How far two numbers lie apart beside the larger of them, or beside `terms`. */
static double distance(double a, double b, double terms) {
  if (a == b || (isnan(a) && isnan(b))) return 0;
  double size = fmax(fmax(fabs(a), fabs(b)), terms);
  return isfinite(size) && !isnan(a) && !isnan(b) ? fabs(a - b) / size : INFINITY;
}

static int compare(FILE *plain, FILE *other) {
  struct head one, two;
  double worst[2] = {0, 0};
  char where[2][48] = {"all", "all"};
  size_t arrays = 0, entries = 0;
  int faults = 0;
  while (fread(&one, sizeof one, 1, plain) == 1) {
    if (fread(&two, sizeof two, 1, other) != 1 || memcmp(&one, &two, sizeof one) != 0) break;
    int is_double = strstr(one.name, "_f64") != NULL, is_far = 0;
    for (uint64_t i = 0; i < one.count; i++) {
      double a, b;
      if (fread(&a, sizeof a, 1, plain) != 1 || fread(&b, sizeof b, 1, other) != 1) return 1;
      double d = distance(a, b, one.terms);
      if (d > worst[is_double]) {
        worst[is_double] = d;
        strcpy(where[is_double], one.name);
      }
      if (d > one.tolerance && !is_far++) {
        printf("%s, entry %llu: %.17g, but plain %.17g\n", one.name, (unsigned long long)i, b, a);
        faults++;
      }
    }
    arrays++;
    entries += one.count;
  }
  if (!feof(plain) || arrays == 0 || fread(&two, 1, 1, other) != 0) {
    printf("not the same kernels\n");
    return 1;
  }
  printf("%zu entries of %zu kernels, float32 within %.1e (%s), float64 within %.1e (%s)\n", entries, arrays, worst[0], where[0],
         worst[1], where[1]);
  return faults > 0;
}

int main(int count, char **words) {
  if (count == 3) {
    FILE *plain = fopen(words[1], "rb"), *other = fopen(words[2], "rb");
    return plain == NULL || other == NULL ? 2 : compare(plain, other);
  }
  if (bp_refused_instruction_set() != NULL) return 2;
  check_f32();
  check_f64();
  return 0;
}
