/* Entry points to LAPACK by Fortran's calling convention: all arguments by address, lengths of texts behind them. */
#include "include/lapack.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

typedef int32_t integer;

#define ENTRIES(real, prefix)                                                                                                  \
  struct {                                                                                                                     \
    void (*getrf)(const integer *, const integer *, real *, const integer *, integer *, integer *);                            \
    void (*getri)(const integer *, real *, const integer *, const integer *, real *, const integer *, integer *);              \
    void (*getrs)(const char *, const integer *, const integer *, const real *, const integer *, const integer *, real *,      \
                  const integer *, integer *, size_t);                                                                         \
    void (*potrf)(const char *, const integer *, real *, const integer *, integer *, size_t);                                  \
    void (*geqrf)(const integer *, const integer *, real *, const integer *, real *, real *, const integer *, integer *);      \
    void (*orgqr)(const integer *, const integer *, const integer *, real *, const integer *, const real *, real *,            \
                  const integer *, integer *);                                                                                 \
    void (*gesdd)(const char *, const integer *, const integer *, real *, const integer *, real *, real *, const integer *,    \
                  real *, const integer *, real *, const integer *, integer *, integer *, size_t);                             \
    void (*syevd)(const char *, const char *, const integer *, real *, const integer *, real *, real *, const integer *,       \
                  integer *, const integer *, integer *, size_t, size_t);                                                      \
  } prefix

static ENTRIES(float, f32);
static ENTRIES(double, f64);

static bool is_there = false;
static void (*version)(integer *, integer *, integer *) = NULL;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void **entry) { return (*entry = dlsym(library, name)) != NULL; }

#define FIND(prefix, letter, name) find(library, letter #name "_", (void **)&prefix.name)
#define FIND_ALL(prefix, letter)                                                                                               \
  (FIND(prefix, letter, getrf) && FIND(prefix, letter, getri) && FIND(prefix, letter, getrs) && FIND(prefix, letter, potrf) && \
   FIND(prefix, letter, geqrf) && FIND(prefix, letter, orgqr) && FIND(prefix, letter, gesdd) && FIND(prefix, letter, syevd))

static void load(void) {
  void *library = dlopen("liblapack.so.3", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  is_there = FIND_ALL(f32, "s") && FIND_ALL(f64, "d");
  find(library, "ilaver_", (void **)&version);
  /* OpenBLAS in LAPACK's place would split sums by the number of its threads: results are to depend on nothing of the kind. */
  void (*set_threads)(int);
  if (find(library, "openblas_set_num_threads", (void **)&set_threads)) set_threads(1);
}

bool bp_lapack_is_there(void) {
  pthread_once(&once, load);
  return is_there;
}

void bp_lapack_version(int parts[3]) {
  integer found[3] = {0, 0, 0};
  if (bp_lapack_is_there() && version) version(&found[0], &found[1], &found[2]);
  for (int i = 0; i < 3; i++) parts[i] = found[i];
}

static integer least(integer size) { return size > 1 ? size : 1; }

#define DEFINE_LAPACK(real, suffix)                                                                                            \
  int32_t bp_getrf_##suffix(int32_t n, real *a, int32_t *pivots) {                                                             \
    integer info = 0, lda = least(n);                                                                                          \
    suffix.getrf(&n, &n, a, &lda, pivots, &info);                                                                              \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_getri_##suffix(int32_t n, real *a, const int32_t *pivots, real *work, int32_t lwork) {                            \
    integer info = 0, lda = least(n);                                                                                          \
    suffix.getri(&n, a, &lda, pivots, work, &lwork, &info);                                                                    \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_getrs_transposed_##suffix(int32_t n, int32_t columns, const real *a, const int32_t *pivots, real *b) {            \
    integer info = 0, lda = least(n);                                                                                          \
    suffix.getrs("T", &n, &columns, a, &lda, pivots, b, &lda, &info, 1);                                                       \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_potrf_##suffix(int32_t n, real *a) {                                                                              \
    integer info = 0, lda = least(n);                                                                                          \
    suffix.potrf("U", &n, a, &lda, &info, 1);                                                                                  \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_geqrf_##suffix(int32_t rows, int32_t columns, real *a, real *tau, real *work, int32_t lwork) {                    \
    integer info = 0, lda = least(rows);                                                                                       \
    suffix.geqrf(&rows, &columns, a, &lda, tau, work, &lwork, &info);                                                          \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_orgqr_##suffix(int32_t rows, int32_t columns, int32_t reflectors, real *a, const real *tau, real *work,           \
                            int32_t lwork) {                                                                                   \
    integer info = 0, lda = least(rows);                                                                                       \
    suffix.orgqr(&rows, &columns, &reflectors, a, &lda, tau, work, &lwork, &info);                                             \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_gesdd_##suffix(bool full, int32_t rows, int32_t columns, real *a, real *s, real *u, real *vt, real *work,         \
                            int32_t lwork, int32_t *iwork) {                                                                   \
    integer info = 0, lda = least(rows), ldvt = least(full || columns < rows ? columns : rows);                                \
    suffix.gesdd(full ? "A" : "S", &rows, &columns, a, &lda, s, u, &lda, vt, &ldvt, work, &lwork, iwork, &info, 1);            \
    return info;                                                                                                               \
  }                                                                                                                            \
  int32_t bp_syevd_##suffix(int32_t n, real *a, real *values, real *work, int32_t lwork, int32_t *iwork, int32_t liwork) {     \
    integer info = 0, lda = least(n);                                                                                          \
    suffix.syevd("V", "L", &n, a, &lda, values, work, &lwork, iwork, &liwork, &info, 1, 1);                                    \
    return info;                                                                                                               \
  }

DEFINE_LAPACK(float, f32)
DEFINE_LAPACK(double, f64)
