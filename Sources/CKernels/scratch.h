#ifndef BP_SCRATCH_H
#define BP_SCRATCH_H
/* Memory of each thread for what a product brings together. */
#include "include/CKernels.h"

/* The most of the inner dimension at a time: a panel of so many rows and a strip of `a` share the nearest cache. */
#define INNER_BLOCK 288
/* Vectors of columns of `b` that are brought together at a time, and the bytes of the widest vector. */
#define GROUP_VECTORS 12
#define WIDEST_VECTOR 64

/* Bytes of strips that stay in the second cache beside a group of columns. */
#define BP_NEAR_BYTES ((size_t)160 << 10)

struct bp_product_scratch {
  _Alignas(64) char columns[INNER_BLOCK * GROUP_VECTORS * WIDEST_VECTOR];
  _Alignas(64) char rows[1 << 20];
};

static inline struct bp_product_scratch *bp_product_scratch(void) { return bp_room(sizeof(struct bp_product_scratch)); }
#endif
