#ifndef BP_ONEDNN_H
#define BP_ONEDNN_H
#include "include/CKernels.h"

/* Multiply-adds of a product for which the library is loaded. */
#define BP_ONEDNN_WORK ((size_t)1 << 27)

/* Whether the library does this product. */
bool bp_onednn_takes(const struct bp_product *product);
/* A block of such a product, with the rows of the transposed `a`, of `b` and `out` so far apart; false if it could not. */
bool bp_onednn_multiply(const float *a, ptrdiff_t a_row, const float *b, ptrdiff_t b_row, float *out, ptrdiff_t out_row,
                        size_t rows, size_t inner, size_t columns, bool adds);
#endif
