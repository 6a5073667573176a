/* Products as jobs of blocks. */
#include "include/CKernels.h"
#include "onednn.h"

#include <string.h>

enum {
  /* Multiply-adds below which one thread is quicker than two, */
  work_for_one = 1 << 20,
  /* and the most for a block of more: some milliseconds. */
  most_work = 1 << 28,
  blocks_per_thread = 2,
  /* As if there were so many when a library multiplies the blocks. */
  threads_for_library = 4,
  /* Edges of blocks lie between whole vectors: not between whole panels, since blocks of one size matter more. */
  column_unit = 16,
  row_unit = 8,
  /* The fewest rows and columns of a block. */
  least_height = 24,
  least_width = 48
};

struct division {
  /* Blocks of one product, or products of one block. */
  size_t row_blocks, column_blocks, batches_at_once, count;
};

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Where a block begins. */
static size_t edge(size_t size, size_t unit, size_t blocks, size_t block) {
  return block == blocks ? size : size / unit * block / blocks * unit;
}

/* The blocks of a product. Their number may depend on the threads, since no sum of ours depends on where a block ends; the library's
   might. */
static struct division divide(const struct bp_product *p, bool by_library) {
  struct division d = {1, 1, p->batch_count, 1};
  size_t work = p->rows * p->inner * p->columns, all = work * p->batch_count, threads = by_library ? threads_for_library : p->threads;
  size_t wanted = threads > 1 && all > work_for_one ? blocks_per_thread * threads : 1;
  if (wanted < all / most_work) wanted = all / most_work;
  if (wanted == 1) return d;
  if (wanted <= p->batch_count) {
    d.batches_at_once = (p->batch_count + wanted - 1) / wanted;
    d.count = (p->batch_count + d.batches_at_once - 1) / d.batches_at_once;
    return d;
  }
  d.batches_at_once = 1;
  wanted = (wanted + p->batch_count - 1) / p->batch_count;
  /* Blocks as square as can be: what is brought together of one side serves all of the other. None but the last ends within a unit. */
  for (; d.row_blocks * d.column_blocks < wanted; ) {
    size_t height = p->rows / d.row_blocks, width = p->columns / d.column_blocks;
    if (width >= height && width >= 2 * least_width) d.column_blocks *= 2;
    else if (height >= 2 * least_height) d.row_blocks *= 2;
    else if (width >= 2 * least_width) d.column_blocks *= 2;
    else break;
  }
  d.count = d.row_blocks * d.column_blocks * p->batch_count;
  return d;
}

/* Rows and columns of the product of one batch. */
static void multiply(const struct bp_product *p, size_t batch, size_t row, size_t rows, size_t column, size_t columns,
                     bool by_library) {
  struct bp_pair start = p->batches[batch];
  start.a += (ptrdiff_t)row * p->a_strides.rows;
  start.b += (ptrdiff_t)column * p->b_strides.columns;
  size_t place = (batch * p->rows + row) * p->columns + column;
  ptrdiff_t out_row = (ptrdiff_t)p->columns;
  if (by_library && p->added && p->added != p->out)
    for (size_t i = 0; i < rows; i++)
      memcpy((float *)p->out + place + i * p->columns, (const float *)p->added + place + i * p->columns, columns * sizeof(float));
  if (by_library && bp_onednn_multiply((const float *)p->a + start.a, p->a_strides.columns, (const float *)p->b + start.b,
                                       p->b_strides.rows, (float *)p->out + place, out_row, rows, p->inner, columns, p->added != NULL))
    return;
  size_t width = p->is_double ? sizeof(double) : sizeof(float);
  void *out = (char *)p->out + place * width;
  const void *added = p->added ? (const char *)p->added + (p->added_row == 0 ? column : place) * width : NULL;
  struct bp_target target = {out, out_row, added, p->added_row, p->rectifies};
  if (p->is_double)
    bp_matmul_f64((const double *)p->a + start.a, p->a_strides, (const double *)p->b + start.b, p->b_strides, target, rows, p->inner,
                  columns);
  else
    bp_matmul_f32((const float *)p->a + start.a, p->a_strides, (const float *)p->b + start.b, p->b_strides, target, rows, p->inner,
                  columns);
}

struct job {
  const struct bp_product *product;
  struct division division;
  size_t first;
  bool by_library;
};

static void run_block(void *context, size_t index) {
  const struct job *job = context;
  const struct bp_product *p = job->product;
  const struct division *d = &job->division;
  size_t block = job->first + index, per_batch = d->row_blocks * d->column_blocks;
  if (per_batch == 1) {
    size_t first = block * d->batches_at_once, last = smaller(first + d->batches_at_once, p->batch_count);
    for (size_t i = first; i < last; i++) multiply(p, i, 0, p->rows, 0, p->columns, job->by_library);
    return;
  }
  size_t i = block % per_batch / d->column_blocks, j = block % d->column_blocks;
  size_t row = edge(p->rows, row_unit, d->row_blocks, i), column = edge(p->columns, column_unit, d->column_blocks, j);
  multiply(p, block / per_batch, row, edge(p->rows, row_unit, d->row_blocks, i + 1) - row, column,
           edge(p->columns, column_unit, d->column_blocks, j + 1) - column, job->by_library);
}

size_t bp_product_blocks(const struct bp_product *product) { return divide(product, bp_onednn_takes(product)).count; }

void bp_product_run(const struct bp_product *product, size_t first, size_t last) {
  bool by_library = bp_onednn_takes(product);
  struct job job = {product, divide(product, by_library), first, by_library};
  if (job.division.count == 1) return run_block(&job, 0);
  bp_parallel(run_block, &job, last - first);
}
