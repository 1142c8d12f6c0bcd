// What Swift cannot say: instructions of the processor that are chosen at run time, a table that is
// there before the first call, and calls of the system that the C library does not have.
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

// Writes `first` plus the place of each bit that is set, ascending; returns how many there are.
// `units` are 16 bytes each. Stops where there are more than 128; `output` has room for 192.
size_t ck_places_of_bits(const void *bits, size_t units, uint32_t first, uint32_t *output);

// The same in one of three ways, 0 to 2, or in the first where the processor has not the one asked
// for; public so that tests hold one against the other.
size_t ck_places_of_bits_by(
    int way, const void *bits, size_t units, uint32_t first, uint32_t *output);

// How many bits are set in words. Uses the processor's instruction where it has one.
size_t ck_count_bits(const uint64_t *words, size_t count);

// The same without the instruction: the fallback, public so that tests hold one against the other.
size_t ck_count_bits_portable(const uint64_t *words, size_t count);

// Asks for the line of cache at an address that is read soon; any address is allowed.
static inline void ck_prefetch(const void *address) { __builtin_prefetch(address); }

// Has the allocator of this process ask the system for each block of that many bytes or more, and
// give it back as soon as it is freed. Returns whether there is such an allocator.
int ck_map_blocks_from(size_t byte_count);

// Lets the allocator of this process keep that many pools, each with a lock of its own, before
// threads have to share them. Returns whether there is such an allocator.
int ck_allow_pools(int count);

// Has the calling thread give way by `niceness`, interrupt no other when it wakes, and take turns of
// that many nanoseconds on its processor. Returns whether the system grants it.
int ck_give_way(int niceness, uint64_t turn);

#endif
