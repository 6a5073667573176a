/* Threads that share out the blocks of one job at a time.

   A job is one word of a generation and the next block: whoever raises the block by one owns it. The caller takes blocks like any
   other thread, so that a worker that is not scheduled is not waited for, unless it has begun a block. Idle workers sleep. */
#define _GNU_SOURCE
#include "include/CKernels.h"
#include "scratch.h"
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

/* `spins` is how long a thread waits awake, in pauses: less than it takes to wake one that sleeps, which is more than lies between
   two products of a step. Much longer, and a worker has used up its turn when another program shares the core. */
enum { most_threads = 256, spins = 1000 };

static struct {
  /* Held by the thread whose job it is. */
  pthread_mutex_t user;
  /* Generation in the upper half, next block in the lower. */
  _Atomic uint64_t ticket;
  /* The generation again, as a word to sleep on; and the blocks that are not done, on which the caller sleeps. */
  _Atomic uint32_t generation, left;
  _Atomic uint32_t sleeping;
  _Atomic(void (*)(void *, size_t)) body;
  _Atomic(void *) context;
  _Atomic uint32_t blocks;
  size_t started;
} pool = {.user = PTHREAD_MUTEX_INITIALIZER};

static _Atomic size_t wanted = 0;

static void sleep_while(_Atomic uint32_t *word, uint32_t value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void wake(_Atomic uint32_t *word, int count) { syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0); }

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* Takes blocks of the job of a generation until there are none. */
static void take_blocks(uint32_t generation) {
  for (;;) {
    uint64_t ticket = atomic_load(&pool.ticket);
    void (*body)(void *, size_t) = atomic_load(&pool.body);
    void *context = atomic_load(&pool.context);
    uint32_t blocks = atomic_load(&pool.blocks);
    /* What was read belongs to the ticket, if that is still the same: it changes before the rest does. */
    if (ticket >> 32 != generation || (uint32_t)ticket >= blocks) return;
    if (!atomic_compare_exchange_weak(&pool.ticket, &ticket, ticket + 1)) continue;
    body(context, (uint32_t)ticket);
    if (atomic_fetch_sub(&pool.left, 1) == 1) wake(&pool.left, 1);
  }
}

static void *work(void *none) {
  /* Asked for now, so that no step does. */
  bp_product_scratch();
  uint32_t seen = 0;
  for (;;) {
    uint32_t generation = atomic_load(&pool.generation);
    for (int i = 0; i < spins && generation == seen; i++) {
      pause_briefly();
      generation = atomic_load(&pool.generation);
    }
    if (generation == seen) {
      atomic_fetch_add(&pool.sleeping, 1);
      sleep_while(&pool.generation, seen);
      atomic_fetch_sub(&pool.sleeping, 1);
      continue;
    }
    seen = generation;
    take_blocks(generation);
  }
  return none;
}

static void start_workers(size_t count) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 2 << 20);
  while (pool.started < count) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, work, NULL) != 0) break;
    pthread_setname_np(thread, "bp-worker");
    pool.started++;
  }
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

size_t bp_thread_count(void) {
  size_t count = atomic_load(&wanted);
  if (count == 0) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    count = processors < 1 ? 1 : processors > most_threads ? most_threads : (size_t)processors;
    atomic_store(&wanted, count);
  }
  return count;
}

void bp_set_thread_count(size_t count) { atomic_store(&wanted, count < 1 ? 1 : count > most_threads ? most_threads : count); }

void bp_parallel(void (*body)(void *context, size_t block), void *context, size_t blocks) {
  size_t threads = bp_thread_count();
  /* Jobs within jobs, and those of other threads meanwhile, are done by who brings them. */
  if (threads == 1 || blocks < 2 || blocks > UINT32_MAX / 2 || pthread_mutex_trylock(&pool.user) != 0) {
    for (size_t i = 0; i < blocks; i++) body(context, i);
    return;
  }
  if (pool.started < threads - 1) start_workers(threads - 1);
  uint32_t generation = atomic_load(&pool.generation) + 1;
  atomic_store(&pool.ticket, (uint64_t)generation << 32 | UINT32_MAX);
  atomic_store(&pool.body, body);
  atomic_store(&pool.context, context);
  atomic_store(&pool.blocks, (uint32_t)blocks);
  atomic_store(&pool.left, (uint32_t)blocks);
  atomic_store(&pool.ticket, (uint64_t)generation << 32);
  atomic_store(&pool.generation, generation);
  size_t helpers = threads - 1 < blocks - 1 ? threads - 1 : blocks - 1;
  if (atomic_load(&pool.sleeping) > 0) wake(&pool.generation, (int)helpers);
  take_blocks(generation);
  uint32_t left = atomic_load(&pool.left);
  for (int i = 0; left > 0; left = atomic_load(&pool.left)) {
    if (i++ < spins) pause_briefly();
    else sleep_while(&pool.left, left);
  }
  pthread_mutex_unlock(&pool.user);
}
