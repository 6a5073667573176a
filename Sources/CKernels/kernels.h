/* Every kernel for one instruction set, BP_LEVEL, in both precisions. */
#include "include/CKernels.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)

#define BP_JOIN_(name, suffix, level) name##_##suffix##_##level
#define BP_JOIN(name, suffix, level) BP_JOIN_(name, suffix, level)

#define REAL float
#define SUFFIX f32
#define MATH(name) name##f
#include "elementwise.h"
#include "reductions.h"
#include "product.h"
#undef REAL
#undef SUFFIX
#undef MATH

#define REAL double
#define SUFFIX f64
#define MATH(name) name
#include "elementwise.h"
#include "reductions.h"
#include "product.h"
