#ifndef BP_BYTES_H
#define BP_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that come piece by piece. */
struct bytes {
  uint8_t *start;
  size_t count, room;
};

static inline bool append(struct bytes *bytes, const void *more, size_t count) {
  if (bytes->room - bytes->count < count) {
    size_t room = 2 * bytes->room + count + 4096;
    uint8_t *start = realloc(bytes->start, room);
    if (!start) return false;
    bytes->start = start;
    bytes->room = room;
  }
  memcpy(bytes->start + bytes->count, more, count);
  bytes->count += count;
  return true;
}

/* The bytes, where all went well; else they are freed. */
static inline uint8_t *finished(struct bytes *bytes, bool is_good, size_t *length) {
  if (!is_good) {
    free(bytes->start);
    return NULL;
  }
  *length = bytes->count;
  return bytes->start;
}

#endif
