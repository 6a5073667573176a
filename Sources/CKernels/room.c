/* Memory from the system: the working memory of each thread, asked for once, and larger when more is needed; and large blocks. */
#include "include/CKernels.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

static size_t whole_pages(size_t bytes) {
  size_t page = sysconf(_SC_PAGESIZE);
  return (bytes + page - 1) & ~(page - 1);
}

void *bp_room(size_t bytes) { return bytes <= room.size ? room.start : grow(bytes); }

void bp_use_large_pages(void *start, size_t bytes) {
  /* From a page's beginning, as the call asks; where pages are larger than these it refuses. It is a wish: whether it is granted
     changes no result. */
  uintptr_t first = ((uintptr_t)start + 4095) & ~(uintptr_t)4095, end = ((uintptr_t)start + bytes) & ~(uintptr_t)4095;
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
}

enum { LARGE_PAGE = 2 << 20 };

void *bp_zeros(size_t bytes) {
  if (bytes < LARGE_PAGE) {
    void *start = aligned_alloc(64, (bytes + 64) & ~(size_t)63);
    return start == NULL ? NULL : memset(start, 0, bytes);
  }
  /* Fresh pages are zero, so nobody has to write them before they are used. They begin where a large page may. */
  char *mapped = mmap(NULL, bytes + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return NULL;
  char *start = (char *)(((uintptr_t)mapped + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1));
  char *end = start + whole_pages(bytes);
  if (start > mapped) munmap(mapped, start - mapped);
  if (end < mapped + whole_pages(bytes + LARGE_PAGE)) munmap(end, mapped + whole_pages(bytes + LARGE_PAGE) - end);
  bp_use_large_pages(start, bytes);
  return start;
}

void bp_free_zeros(void *start, size_t bytes) {
  if (bytes < LARGE_PAGE) free(start);
  else munmap(start, whole_pages(bytes));
}
