/* Memory that a product fetches before it is wanted. */
#ifndef BP_AHEAD_H
#define BP_AHEAD_H
#include <stddef.h>

enum { cache_line = 64 };

/* Rows of memory that are fetched to the second cache before they are wanted, some after each tile. */
struct bp_ahead {
  const char *next;
  ptrdiff_t step;
  size_t rows, bytes, at_once;
};

static inline void fetch_ahead(struct bp_ahead *ahead) {
  for (size_t i = ahead->at_once; i > 0 && ahead->rows > 0; i--, ahead->rows--, ahead->next += ahead->step)
    for (size_t byte = 0; byte < ahead->bytes; byte += cache_line) __builtin_prefetch(ahead->next + byte, 0, 2);
}
#endif
