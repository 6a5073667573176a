/* Working memory of each thread: asked for once, and larger when more is needed. */
#include "include/CKernels.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

static _Thread_local struct {
  void *start;
  size_t size;
} room;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_key(void) { pthread_key_create(&key, free); }

static void *grow(size_t bytes) {
  pthread_once(&once, make_key);
  size_t size = (bytes + 4095) & ~(size_t)4095;
  free(room.start);
  room.start = aligned_alloc(64, size);
  if (room.start == NULL) abort();
  room.size = size;
  /* The thread's end gives it back. */
  pthread_setspecific(key, room.start);
  return room.start;
}

void *bp_room(size_t bytes) { return bytes <= room.size ? room.start : grow(bytes); }

void bp_use_large_pages(void *start, size_t bytes) {
  /* From a page's beginning, as the call asks; where pages are larger than these it refuses. It is a wish: whether it is granted
     changes no result. */
  uintptr_t first = ((uintptr_t)start + 4095) & ~(uintptr_t)4095, end = ((uintptr_t)start + bytes) & ~(uintptr_t)4095;
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
}
