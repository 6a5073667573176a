// Stands before the C library's functions in the process of the tests, and counts their calls and bytes by thread.
#include "allocations.h"
#include <errno.h>
#include <malloc.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Thread_local unsigned long count;
static _Thread_local long held, most;

unsigned long bp_allocations(void) { return count; }
long bp_bytes_held(void) { return held; }
long bp_most_bytes_held(void) { return most; }
void bp_forget_most_bytes(void) { most = held; }

static void *taken(void *block) {
  count += 1;
  held += (long)malloc_usable_size(block);
  if (held > most) most = held;
  return block;
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }

void *calloc(size_t number, size_t size) { return taken(__libc_calloc(number, size)); }

void *realloc(void *old, size_t size) {
  held -= (long)malloc_usable_size(old);
  return taken(__libc_realloc(old, size));
}

void *memalign(size_t alignment, size_t size) { return taken(__libc_memalign(alignment, size)); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *found = memalign(alignment, size);
  if (!found && size != 0) return ENOMEM;
  *block = found;
  return 0;
}

void free(void *block) {
  held -= (long)malloc_usable_size(block);
  __libc_free(block);
}
