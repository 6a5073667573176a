/* Every kernel for one instruction set, BP_LEVEL, in both precisions.

   PLACE is a whole number as wide as REAL, for places within one image. MATH(f) is the C library's f for REAL. QUICK(f) is an
   approximation without calls for float, and the library's f for double. */
#include "include/CKernels.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)

/* A loop whose entries do not look at each other: `out` may be an operand's own memory, entry by entry. Without this the compiler
   takes the slow way wherever they are the same. Those with calls of the library stay as they are. */
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#pragma clang diagnostic ignored "-Wpass-failed"

/* A short loop that is slower in vectors: they would be gathered, scattered, or wait for each other in memory. */
#define ONE_BY_ONE _Pragma("clang loop vectorize(disable)")

#define BP_JOIN_(name, suffix, level) name##_##suffix##_##level
#define BP_JOIN(name, suffix, level) BP_JOIN_(name, suffix, level)

#include "ahead.h"
#include "approximations.h"
#include "scratch.h"
#include "tiling.h"

#define REAL float
#define SUFFIX f32
#define PLACE int32_t
#define MATH(name) name##f
#define QUICK(name) FAST(name)
#include "elementwise.h"
#include "reductions.h"
#include "softmax.h"
#include "chain.h"
#include "random.h"
#include "product.h"
#include "convolution.h"
#include "winograd.h"
#include "pooling.h"
#undef WIDTH
#undef VECTOR
#undef KERNEL
#undef REAL
#undef SUFFIX
#undef PLACE
#undef MATH
#undef QUICK

#define REAL double
#define SUFFIX f64
#define PLACE int64_t
#define MATH(name) name
#define QUICK(name) name
#include "elementwise.h"
#include "reductions.h"
#include "softmax.h"
#include "chain.h"
#include "random.h"
#include "product.h"
#include "convolution.h"
#include "pooling.h"
#undef WIDTH
#undef VECTOR
#undef KERNEL
