// What Swift cannot say: two processor instructions, one of them chosen at run time.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// CRC-32C (Castagnoli) of `count` bytes after those that gave `checksum` (0 at the start).
// Uses the processor's instruction where it has one.
uint32_t ck_crc32c(uint32_t checksum, const void *bytes, size_t count);

// The same by tables alone: the fallback, public so that tests hold one against the other.
uint32_t ck_crc32c_table(uint32_t checksum, const void *bytes, size_t count);

// Whether `ck_crc32c` uses the instruction here.
int ck_crc32c_is_hardware(void);

// Asks for the line of cache at an address that is read soon; any address is allowed.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
