/* Working memory of each thread: asked for once, and larger when more is needed. */
#include "include/CKernels.h"
#include <pthread.h>
#include <stdlib.h>

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
