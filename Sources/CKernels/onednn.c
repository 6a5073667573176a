/* Large products by oneDNN, loaded when the first of them comes, where it is installed and the environment does not say
   BP_ONEDNN=off. */
#include "include/CKernels.h"
#include "onednn.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int (*sgemm)(char, char, int64_t, int64_t, int64_t, float, const float *, int64_t, const float *, int64_t, float, float *,
                    int64_t) = NULL;
static void (*set_threads)(int) = NULL;
static const void *(*version)(void) = NULL;
static const char *absence = NULL;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  const char *asked = getenv("BP_ONEDNN");
  absence = "left out by BP_ONEDNN=off";
  if (asked != NULL && strcmp(asked, "off") == 0) return;
  /* Its kernels suit the processor, whatever instruction set ours were told to keep to. */
  const char *set = getenv("BP_INSTRUCTION_SET");
  absence = "left out, since BP_INSTRUCTION_SET is set";
  if (set != NULL && *set != 0) return;
  absence = "libdnnl.so.2 is not installed";
  void *library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  absence = "libdnnl.so.2 has not what is needed";
  *(void **)&set_threads = dlsym(library, "omp_set_num_threads");
  /* Without this its own threads could not be told to rest. */
  if (set_threads) *(void **)&sgemm = dlsym(library, "dnnl_sgemm");
  *(void **)&version = dlsym(library, "dnnl_version");
}

bool bp_onednn_takes(const struct bp_product *p) {
  /* Where it is ahead of our kernels: gradients in large weights, whose left side is transposed. By the sizes alone. */
  if (p->is_double || (p->added && p->added_row == 0) || p->rectifies || p->a_strides.rows != 1 ||
      p->a_strides.columns < (ptrdiff_t)p->rows || p->b_strides.columns != 1 || p->rows < 512 || p->columns < 512 ||
      p->rows * p->inner * p->columns < BP_ONEDNN_WORK)
    return false;
  pthread_once(&once, load);
  return sgemm != NULL;
}

bool bp_onednn_is_there(void) {
  pthread_once(&once, load);
  return sgemm != NULL;
}

const char *bp_onednn_absence(void) { return bp_onednn_is_there() ? NULL : absence; }

void bp_onednn_version(int parts[3]) {
  const int *found = bp_onednn_is_there() && version ? version() : NULL;
  for (int i = 0; i < 3; i++) parts[i] = found ? found[i] : 0;
}

bool bp_onednn_multiply(const float *a, ptrdiff_t a_row, const float *b, ptrdiff_t b_row, float *out, ptrdiff_t out_row,
                        size_t rows, size_t inner, size_t columns, bool adds) {
  /* The threads are ours: its own would wait for each other where a processor is busy. */
  set_threads(1);
  return sgemm('T', 'N', (int64_t)rows, (int64_t)columns, (int64_t)inner, 1, a, a_row, b, b_row, adds ? 1 : 0, out, out_row) == 0;
}
