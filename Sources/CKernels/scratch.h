#ifndef BP_SCRATCH_H
#define BP_SCRATCH_H
/* Memory of each thread for what a product brings together. */
#include <stddef.h>

/* Bytes of strips that stay in the second cache beside a group of columns. */
#define BP_NEAR_BYTES ((size_t)160 << 10)

struct bp_product_scratch {
  _Alignas(64) char columns[288 * 12 * 64];
  _Alignas(64) char rows[1 << 20];
};

extern _Thread_local struct bp_product_scratch bp_product_scratch;
#endif
