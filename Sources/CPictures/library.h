/* Entry points of a library that is looked for when it is first needed. */
#ifndef BP_LIBRARY_H
#define BP_LIBRARY_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

struct entry_point {
  const char *name;
  void **place;
};

/* Whether the library is there with all of them. What it is itself linked with is found through it too. */
static inline bool has_loaded(const char *file, const struct entry_point *entries, size_t count) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return false;
  for (size_t i = 0; i < count; i++)
    if (!(*entries[i].place = dlsym(library, entries[i].name))) return false;
  return true;
}

#endif
