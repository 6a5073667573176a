/* Products as jobs: divided into blocks by their sizes alone, so that no result depends on how many threads work on them. */
#include "include/CKernels.h"

enum {
  /* Multiply-adds below which one thread is quicker than two, */
  work_for_one = 1 << 20,
  /* and the least and the most for a block of more: the most takes some milliseconds. */
  least_work = 1 << 19,
  most_work = 1 << 28,
  column_unit = 96,
  row_unit = 16
};

struct division {
  /* Blocks of one product, or products of one block. */
  size_t rows_at_once, columns_at_once, row_blocks, column_blocks, batches_at_once, count;
};

/* So many of a dimension's places that the work is about `least`, if each takes `each`. */
static size_t part(size_t size, size_t unit, size_t least, size_t each) {
  size_t wanted = (least / each + unit - 1) / unit * unit;
  return wanted < unit ? (unit < size ? unit : size) : wanted < size ? wanted : size;
}

static struct division divide(const struct bp_product *p) {
  struct division d = {p->rows, p->columns, 1, 1, p->batch_count, 1};
  size_t work = p->rows * p->inner * p->columns, all = work * p->batch_count;
  if (all <= work_for_one) return d;
  size_t least = all / 8 < least_work ? least_work : all / 8 > most_work ? most_work : all / 8;
  if (work <= least) {
    d.batches_at_once = least / (work > 0 ? work : 1);
    d.count = (p->batch_count + d.batches_at_once - 1) / d.batches_at_once;
    return d;
  }
  d.batches_at_once = 1;
  /* The larger dimension first: what is brought together of the other then serves more of it. */
  for (int i = 0; i < 2; i++)
    if ((p->columns >= p->rows) == (i == 0)) d.columns_at_once = part(p->columns, column_unit, least, d.rows_at_once * p->inner);
    else d.rows_at_once = part(p->rows, row_unit, least, d.columns_at_once * p->inner);
  d.row_blocks = (p->rows + d.rows_at_once - 1) / d.rows_at_once;
  d.column_blocks = (p->columns + d.columns_at_once - 1) / d.columns_at_once;
  d.count = d.row_blocks * d.column_blocks * p->batch_count;
  return d;
}

/* Rows and columns of the product of one batch. */
static void multiply(const struct bp_product *p, size_t batch, size_t row, size_t rows, size_t column, size_t columns) {
  struct bp_pair start = p->batches[batch];
  start.a += (ptrdiff_t)row * p->a_strides.rows;
  start.b += (ptrdiff_t)column * p->b_strides.columns;
  size_t place = (batch * p->rows + row) * p->columns + column;
  ptrdiff_t out_row = (ptrdiff_t)p->columns;
  if (p->is_double)
    bp_matmul_f64((const double *)p->a + start.a, p->a_strides, (const double *)p->b + start.b, p->b_strides,
                  (double *)p->out + place, out_row, rows, p->inner, columns, p->adds);
  else
    bp_matmul_f32((const float *)p->a + start.a, p->a_strides, (const float *)p->b + start.b, p->b_strides,
                  (float *)p->out + place, out_row, rows, p->inner, columns, p->adds);
}

struct job {
  const struct bp_product *product;
  struct division division;
  size_t first;
};

static size_t rest(size_t all, size_t start, size_t at_once) { return all - start < at_once ? all - start : at_once; }

static void run_block(void *context, size_t index) {
  const struct job *job = context;
  const struct bp_product *p = job->product;
  const struct division *d = &job->division;
  size_t block = job->first + index, per_batch = d->row_blocks * d->column_blocks;
  if (per_batch == 1) {
    size_t first = block * d->batches_at_once, count = rest(p->batch_count, first, d->batches_at_once);
    for (size_t i = 0; i < count; i++) multiply(p, first + i, 0, p->rows, 0, p->columns);
    return;
  }
  size_t row = block % per_batch / d->column_blocks * d->rows_at_once;
  size_t column = block % d->column_blocks * d->columns_at_once;
  multiply(p, block / per_batch, row, rest(p->rows, row, d->rows_at_once), column, rest(p->columns, column, d->columns_at_once));
}

size_t bp_product_blocks(const struct bp_product *product) { return divide(product).count; }

void bp_product_run(const struct bp_product *product, size_t first, size_t last) {
  struct job job = {product, divide(product), first};
  if (job.division.count == 1) return run_block(&job, 0);
  bp_parallel(run_block, &job, last - first);
}
