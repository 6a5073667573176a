#ifndef BP_LAPACK_H
#define BP_LAPACK_H

#include <stdbool.h>
#include <stdint.h>

/* LAPACK, loaded when first asked for. Matrices are column-major, `lda` is the distance between columns; the result is
   LAPACK's `info`: 0, or -k where argument k is wrong, or what the routine's manual says. `lwork` of -1 asks for the size of the
   workspace, which is then put into work[0]. */

/* Loads the library, once; false where it is not there. The other functions may be called only after that. */
bool bp_lapack_is_there(void);
/* Its version in three parts, where it is there; zeros where it does not say. */
void bp_lapack_version(int parts[3]);

#define BP_DECLARE_LAPACK(real, suffix)                                                                                        \
  /* Factors a = P L U in place. */                                                                                            \
  int32_t bp_getrf_##suffix(int32_t n, real *a, int32_t *pivots);                                                              \
  /* The inverse, from the factors, in place. */                                                                               \
  int32_t bp_getri_##suffix(int32_t n, real *a, const int32_t *pivots, real *work, int32_t lwork);                             \
  /* b := x with aᵀ x = b, from the factors of a. */                                                                           \
  int32_t bp_getrs_transposed_##suffix(int32_t n, int32_t columns, const real *a, const int32_t *pivots, real *b);             \
  /* Factors the upper triangle of a = Uᵀ U in place. */                                                                       \
  int32_t bp_potrf_##suffix(int32_t n, real *a);                                                                               \
  /* Factors a = Q R in place: R in the upper triangle, reflectors below and in tau. */                                        \
  int32_t bp_geqrf_##suffix(int32_t rows, int32_t columns, real *a, real *tau, real *work, int32_t lwork);                     \
  /* The first `columns` columns of Q, from `reflectors` reflectors, in place. */                                              \
  int32_t bp_orgqr_##suffix(int32_t rows, int32_t columns, int32_t reflectors, real *a, const real *tau, real *work,           \
                            int32_t lwork);                                                                                    \
  /* a = u diag(s) vt; a is overwritten. `full`: u and vt are square. */                                                       \
  int32_t bp_gesdd_##suffix(bool full, int32_t rows, int32_t columns, real *a, real *s, real *u, real *vt, real *work,         \
                            int32_t lwork, int32_t *iwork);                                                                    \
  /* Eigenvalues, rising, and eigenvectors, as columns in place of the symmetric a. */                                         \
  int32_t bp_syevd_##suffix(int32_t n, real *a, real *values, real *work, int32_t lwork, int32_t *iwork, int32_t liwork);

BP_DECLARE_LAPACK(float, f32)
BP_DECLARE_LAPACK(double, f64)

#endif
