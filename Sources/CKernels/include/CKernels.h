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

/* A chain: elementwise steps that follow each other over the same `count` entries, block by block, so that what is between them
   stays in the nearest cache. Bools are 0 and 1 within it. */
enum bp_step_kind {
  bp_step_unary, bp_step_binary, bp_step_compare, bp_step_select, bp_step_and, bp_step_or, bp_step_not, bp_step_is_nan,
  bp_step_is_finite, bp_step_copy,
  /* a b + c, c − a b, a b + c d: rounded once or twice, as the processor likes it. */
  bp_step_multiply_add, bp_step_subtract_product, bp_step_add_products,
  /* a / (√b + c). */
  bp_step_root_quotient,
  /* sign(a) b. */
  bp_step_sign_product
};

/* out = operation(a, b, c, d), each a register. `operation` is of the kind's enum. */
struct bp_step {
  uint32_t kind, operation;
  uint32_t out, a, b, c, d;
  double parameter;
};

/* Where numbers lie: `offset` bytes into a block of memory. */
struct bp_place {
  uint32_t slot;
  bool is_bool;
  size_t offset;
};

/* An operand fills a register of the same number: entry i is element (i / inner) % count. */
struct bp_chain_input {
  struct bp_place place;
  size_t inner, count;
};

/* A register that is written to memory: entry by entry, or as the sum of its entries (or of their squares) in double precision. */
enum bp_output_kind { bp_output_entries, bp_output_sum, bp_output_sum_of_squares };

struct bp_chain_output {
  struct bp_place place;
  uint32_t from;
  enum bp_output_kind kind;
};

/* Registers are numbered: inputs first, then temporaries. */
struct bp_chain {
  const struct bp_step *steps;
  const struct bp_chain_input *inputs;
  const struct bp_chain_output *outputs;
  size_t step_count, input_count, output_count, register_count;
  size_t count;
};

/* Entries of a chain that are worked on at a time, and bytes that one call needs besides. */
enum { bp_chain_block = 512 };
size_t bp_chain_workspace(const struct bp_chain *chain, size_t width);

/* Windows that move over images `[images, channels, ...input]` and give `[images, filters, ...output]`; with one spatial
   dimension the heights are 1. `padding` is the zeros on each side. The weights are `[filters, channels / groups, ...size]`; pooling
   has as many filters as channels. */
struct bp_extent {
  size_t height, width;
};

struct bp_window {
  size_t images, channels, filters, groups;
  struct bp_extent input, output, size, stride, padding, dilation;
};

/* Places of a dropout mask that are drawn together, from eight counters. */
enum { bp_mask_unit = 32, bp_pairs_unit = 16 };

/* Elements of scratch memory that one call of a convolution needs. */
size_t bp_convolution_scratch(const struct bp_window *window);

/* Convolutions of 3 by 3 in tiles: for channels and filters by the sixteen, one group, strides of 1 and a padding of at most 2.
   Elements of transformed weights, or of the sums that become a gradient in the weights; and of scratch memory for one call. */
size_t bp_winograd_weights(const struct bp_window *window);
size_t bp_winograd_scratch(const struct bp_window *window);
void bp_winograd_weight_f32(const struct bp_window *window, const float *weight, float *out);
void bp_winograd_f32(const struct bp_window *window, const float *x, const float *weight, float *out, size_t first, size_t last,
                     float *scratch);
void bp_winograd_input_f32(const struct bp_window *window, const float *gradient, const float *weight, float *out, size_t first,
                           size_t last, float *scratch);
/* Adds what the images from `first` up to `last` give to `sums`; and the gradient from the sums of all. */
void bp_winograd_sums_f32(const struct bp_window *window, const float *x, const float *gradient, float *sums, size_t first,
                          size_t last, float *scratch);
void bp_winograd_weight_back_f32(const struct bp_window *window, const float *sums, float *out);

/* Where a product goes: its rows are `out_row` elements apart. It is added to `added`, if that is not NULL, whose rows are
   `added_row` apart and which may be `out` itself; what is then below 0 becomes 0 if `rectifies`. */
struct bp_target {
  void *out;
  ptrdiff_t out_row;
  const void *added;
  ptrdiff_t added_row;
  bool rectifies;
};

/* A target whose rows, and those of what it is added to, are so far apart. */
static inline struct bp_target bp_target_of(void *out, size_t row, const void *added) {
  return (struct bp_target){out, (ptrdiff_t)row, added, (ptrdiff_t)row, false};
}

#define BP_DECLARE_REAL_KERNELS(real, suffix)                                                                                  \
  /* `parameter` is the slope of leaky_relu and the alpha of elu. */                                                           \
  void bp_unary_##suffix(enum bp_unary operation, const real *x, real parameter, real *out, size_t count);                     \
  void bp_binary_##suffix(enum bp_binary operation, const real *a, int step_a, const real *b, int step_b, real *out,           \
                          size_t count);                                                                                       \
  void bp_compare_##suffix(enum bp_comparison operation, const real *a, int step_a, const real *b, int step_b, bool *out,      \
                           size_t count);                                                                                      \
  /* out[i, j] = sum of a[i, k] * b[k, j], finished as its target says. */                                                     \
  void bp_matmul_##suffix(const real *a, struct bp_strides a_strides, const real *b, struct bp_strides b_strides,              \
                          struct bp_target target, size_t rows, size_t inner, size_t columns);                                 \
  /* The sum of `count` elements in double precision, always in the same order. */                                             \
  double bp_sum_##suffix(const real *x, size_t count);                                                                         \
  /* The sum of x² in the same way. */                                                                                         \
  double bp_sum_of_squares_##suffix(const real *x, size_t count);                                                              \
  /* out[j] = sum over i of x[i, j], in double precision; rows of `x` are `stride` elements apart. */                          \
  void bp_sum_rows_##suffix(const real *x, size_t stride, size_t rows, size_t columns, real *out);                                \
  /* Rows of `columns` elements: exp(x - max) / sum, its logarithm, and the logarithm of the sum of exp. */                    \
  void bp_softmax_##suffix(const real *x, real *out, size_t rows, size_t columns);                                             \
  void bp_log_softmax_##suffix(const real *x, real *out, size_t rows, size_t columns);                                         \
  /* The logarithm of one entry of each row's softmax, and `upstream` times the gradient of their sum. */                      \
  void bp_softmax_loss_##suffix(const real *x, const int64_t *places, real upstream, real *taken, real *gradient, size_t rows, \
                                size_t columns);                                                                               \
  void bp_logsumexp_##suffix(const real *x, real *out, size_t rows, size_t columns);                                           \
  /* Zeros where the 32 bits drawn for a place are below `threshold`, and `kept` elsewhere. From the place `first`, a multiple  \
     of bp_mask_unit, up to `last`. */                                                                                         \
  void bp_dropout_mask_##suffix(uint64_t seed, uint64_t stream, uint32_t threshold, real kept, real *out, size_t first,        \
                                size_t last);                                                                                  \
  /* Random numbers from `low` up to but not including `high`, and normal ones, two from each counter of Philox from `position`\
     on. From the place `first`, a multiple of bp_pairs_unit, up to `last`. */                                                 \
  void bp_uniform_##suffix(uint64_t seed, uint64_t stream, uint64_t position, double low, double high, real *out,              \
                           size_t first, size_t last);                                                                         \
  void bp_normal_##suffix(uint64_t seed, uint64_t stream, uint64_t position, double mean, double deviation, real *out,         \
                          size_t first, size_t last);                                                                          \
  /* Runs a chain on the entries from `first` up to `last`. `sums` has a place for each output, to which a sum is added. */    \
  void bp_chain_##suffix(const struct bp_chain *chain, void *const *slots, size_t first, size_t last, void *workspace,         \
                         double *sums);                                                                                        \
  /* Convolves the images from `first` up to `last`. */                                                                        \
  void bp_convolution_##suffix(const struct bp_window *window, const real *x, const real *weight, real *out, size_t first,     \
                               size_t last, real *scratch);                                                                    \
  /* The gradient in the images from `first` up to `last`, from that in the result. */                                         \
  void bp_convolution_input_##suffix(const struct bp_window *window, const real *gradient, const real *weight, real *out,      \
                                     size_t first, size_t last, real *scratch);                                                \
  /* Adds the gradient in the weights from the images `first` up to `last` to `out`. */                                        \
  void bp_convolution_weight_##suffix(const struct bp_window *window, const real *x, const real *gradient, real *out,          \
                                      size_t first, size_t last, real *scratch);                                               \
  /* Where in its image's plane the largest element of each window lies: the first of them, or the first nan. */               \
  void bp_max_pool_places_##suffix(const struct bp_window *window, const real *x, int64_t *out, size_t first, size_t last);    \
  /* The mean of each window, padding counted as zeros; and the gradient in the images from that in the result. */             \
  void bp_average_pool_##suffix(const struct bp_window *window, const real *x, real *out, size_t first, size_t last);          \
  void bp_average_pool_input_##suffix(const struct bp_window *window, const real *gradient, real *out, size_t first,           \
                                      size_t last);

BP_DECLARE_REAL_KERNELS(float, f32)
BP_DECLARE_REAL_KERNELS(double, f64)

/* Products of matrices `out = a · b`, one for each batch: `batches` has the first elements of both; those of `out`
   follow each other, row-major. */
struct bp_pair {
  ptrdiff_t a, b;
};

struct bp_product {
  const void *a, *b;
  void *out;
  struct bp_strides a_strides, b_strides;
  size_t rows, inner, columns;
  const struct bp_pair *batches;
  size_t batch_count;
  bool is_double;
  /* What the products are added to, or NULL: rows as long as the result's, `added_row` elements apart. It is one row for all if that
     is 0, and may be `out` itself. */
  const void *added;
  ptrdiff_t added_row;
  /* Whether what is then below 0 becomes 0. */
  bool rectifies;
  /* That share it: bp_thread_count(), which may change between two looks. */
  size_t threads;
};

/* A product is done in blocks, each of some milliseconds at most. Where they end may depend on the threads, and no result on that. */
size_t bp_product_blocks(const struct bp_product *product);
/* Runs the blocks from `first` up to `last`, on as many threads as there are. */
void bp_product_run(const struct bp_product *product, size_t first, size_t last);

/* Whether oneDNN was found, which does some of the large products in float. */
bool bp_onednn_is_there(void);
/* Why it was not, else NULL. */
const char *bp_onednn_absence(void);
/* Its version in three parts, where it is there. */
void bp_onednn_version(int parts[3]);

/* Calls `body` for each block from 0 up to `blocks`, in any order, on the calling thread and on others, and returns when all are
   done. Within a block, and where another thread's job is under way, all is done by the caller. */
void bp_parallel(void (*body)(void *context, size_t block), void *context, size_t blocks);
/* Threads that share a job, the caller among them: as many as there are processors unless set. */
size_t bp_thread_count(void);
void bp_set_thread_count(size_t count);

/* At least so many bytes for the calling thread alone, until it asks again. They are kept, and so near in its caches. */
void *bp_room(size_t bytes);

/* Asks the system for large pages in a block of many megabytes, where it has them. */
void bp_use_large_pages(void *start, size_t bytes);

/* Zeros that begin at a cache line, or NULL where the system has no more; they are given back with the same count. */
void *bp_zeros(size_t bytes);
void bp_free_zeros(void *start, size_t bytes);

/* Copies a block of `rank` dimensions between two arrangements in memory. `width` is the bytes of an element: 1, 4 or 8;
   the strides count elements, may be 0 in the source and negative in both. */
void bp_copy_strided(size_t width, size_t rank, const ptrdiff_t *sizes, const void *source, const ptrdiff_t *source_strides,
                     void *target, const ptrdiff_t *target_strides);

/* out[i] = condition[i] ? a[i] : b[i], for elements of `width` bytes. */
void bp_select(size_t width, const bool *condition, const void *a, int step_a, const void *b, int step_b, void *out,
               size_t count);

void bp_float_from_double(const double *x, float *out, size_t count);
void bp_double_from_float(const float *x, double *out, size_t count);

/* The instruction set in use: the best that the processor has, or what the environment names in BP_INSTRUCTION_SET. */
const char *bp_instruction_set(void);
/* Those that the processor has, from the plainest to the best, then NULL. */
const char *bp_instruction_set_at(size_t place);
/* What the environment names, if the processor has no such instruction set, else NULL. */
const char *bp_refused_instruction_set(void);

#include "lapack.h"

#endif
