#ifndef BP_SCRATCH_H
#define BP_SCRATCH_H
/* Memory of each thread for what a product brings together, and for the entries of a chain. */
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

/* Entries that a chain works on at a time. Many registers and what streams past them would not fit the nearest cache, but where all
   is small, fewer blocks are worth more. */
static inline size_t bp_chain_width(const struct bp_chain *chain) {
  size_t block = chain->register_count > 8 && chain->count > 1 << 14 ? bp_chain_block / 2 : bp_chain_block;
  return chain->count < block ? chain->count : block;
}

/* Bytes of a chain's registers, before their entries: these begin with a cache line, so that no vector lies in two. */
static inline size_t bp_chain_registers(const struct bp_chain *chain) {
  return (2 * sizeof(void *) * chain->register_count + 63) & ~(size_t)63;
}

static inline struct bp_product_scratch *bp_product_scratch(void) { return bp_room(sizeof(struct bp_product_scratch)); }
#endif
