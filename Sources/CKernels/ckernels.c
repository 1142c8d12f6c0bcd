#include "ckernels.h"

#include <malloc.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The polynomial 0x1EDC6F41 with its bits reversed.
#define POLYNOMIAL 0x82F63B78u

static uint32_t table[8][256];
static int has_instruction;
static int has_popcnt;
// How places of bits are found: by a table, eight or sixteen at a time.
static int places_way;

// Runs before main, so that all later reads see finished tables without a lock.
__attribute__((constructor)) static void prepare(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++) {
            value = (value >> 1) ^ (POLYNOMIAL & (0u - (value & 1)));
        }
        table[0][byte] = value;
    }
    for (int slice = 1; slice < 8; slice++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t value = table[slice - 1][byte];
            table[slice][byte] = (value >> 8) ^ table[0][value & 255];
        }
    }
#if defined(__x86_64__)
    __builtin_cpu_init();
    has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    has_popcnt = __builtin_cpu_supports("popcnt") != 0;
    if (__builtin_cpu_supports("avx2")) {
        places_way = has_popcnt && __builtin_cpu_supports("avx512f") ? 2 : 1;
    }
#endif
}

// Eight bytes a step: each byte's share of the remainder stands in a table of its own.
uint32_t ck_crc32c_table(uint32_t checksum, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint32_t crc = ~checksum;
    while (count >= 8) {
        uint32_t low = crc ^ ((uint32_t)next[0] | (uint32_t)next[1] << 8 |
                              (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24);
        crc = table[7][low & 255] ^ table[6][(low >> 8) & 255] ^ table[5][(low >> 16) & 255] ^
              table[4][low >> 24] ^ table[3][next[4]] ^ table[2][next[5]] ^ table[1][next[6]] ^
              table[0][next[7]];
        next += 8;
        count -= 8;
    }
    while (count-- > 0) {
        crc = (crc >> 8) ^ table[0][(crc ^ *next++) & 255];
    }
    return ~crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t by_instruction(
    uint32_t checksum, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    uint64_t crc = (uint32_t)~checksum;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        crc = __builtin_ia32_crc32di(crc, word);
        next += 8;
        count -= 8;
    }
    uint32_t rest = (uint32_t)crc;
    while (count-- > 0) {
        rest = __builtin_ia32_crc32qi(rest, *next++);
    }
    return ~rest;
}
#endif

uint32_t ck_crc32c(uint32_t checksum, const void *bytes, size_t count) {
#if defined(__x86_64__)
    if (has_instruction) {
        return by_instruction(checksum, bytes, count);
    }
#endif
    return ck_crc32c_table(checksum, bytes, count);
}

int ck_crc32c_is_hardware(void) { return has_instruction; }

// For each byte the places of its bits, and after the last anything below 8.
static uint8_t places[256][8];
static uint8_t place_count[256];

__attribute__((constructor)) static void prepare_places(void) {
    for (int byte = 0; byte < 256; byte++) {
        for (int bit = 0; bit < 8; bit++) {
            if (byte >> bit & 1) {
                places[byte][place_count[byte]++] = (uint8_t)bit;
            }
        }
    }
}

// Eight numbers are written for each byte, of which those of its bits count: no branch waits for
// what the bits are.
static size_t places_by_table(
    const void *bits, size_t units, uint32_t first, uint32_t *output) {
    const uint8_t *next = bits;
    size_t count = 0;
    for (size_t byte = 0; byte < 16 * units && count <= 128; byte++) {
        uint8_t value = *next++;
        for (int place = 0; place < 8; place++) {
            output[count + (size_t)place] = first + places[value][place];
        }
        count += place_count[value];
        first += 8;
    }
    return count;
}

#if defined(__x86_64__)
// The same with the eight numbers in one register.
__attribute__((target("avx2"))) static size_t places_by_eights(
    const void *bits, size_t units, uint32_t first, uint32_t *output) {
    const uint8_t *next = bits;
    size_t count = 0;
    __m256i base = _mm256_set1_epi32((int)first);
    for (size_t byte = 0; byte < 16 * units && count <= 128; byte++) {
        uint8_t value = *next++;
        __m256i eight = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)places[value]));
        _mm256_storeu_si256((__m256i *)(output + count), _mm256_add_epi32(base, eight));
        count += place_count[value];
        base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
    }
    return count;
}

// Sixteen numbers at a time, of which the processor keeps those of the bits.
__attribute__((target("avx512f,popcnt"))) static size_t places_by_sixteens(
    const void *bits, size_t units, uint32_t first, uint32_t *output) {
    const char *next = bits;
    size_t count = 0;
    __m512i numbers = _mm512_add_epi32(
        _mm512_set1_epi32((int)first),
        _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    for (size_t word = 0; word < 2 * units && count <= 128; word++) {
        uint64_t value;
        memcpy(&value, next, 8);
        next += 8;
        for (int group = 0; group < 4; group++) {
            uint16_t sixteen = (uint16_t)(value >> (16 * group));
            _mm512_storeu_si512(output + count, _mm512_maskz_compress_epi32(sixteen, numbers));
            count += (size_t)__builtin_popcount(sixteen);
            numbers = _mm512_add_epi32(numbers, _mm512_set1_epi32(16));
        }
    }
    return count;
}
#endif

size_t ck_places_of_bits(const void *bits, size_t units, uint32_t first, uint32_t *output) {
    return ck_places_of_bits_by(places_way, bits, units, first, output);
}

size_t ck_places_of_bits_by(
    int way, const void *bits, size_t units, uint32_t first, uint32_t *output) {
#if defined(__x86_64__)
    if (way == 2 && places_way >= 2) {
        return places_by_sixteens(bits, units, first, output);
    }
    if (way == 1 && places_way >= 1) {
        return places_by_eights(bits, units, first, output);
    }
#endif
    return places_by_table(bits, units, first, output);
}

__attribute__((always_inline)) static inline size_t count_bits(
    const uint64_t *words, size_t count) {
    size_t sum = 0;
    for (size_t word = 0; word < count; word++) {
        sum += (size_t)__builtin_popcountll(words[word]);
    }
    return sum;
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static size_t count_bits_by_instruction(
    const uint64_t *words, size_t count) {
    return count_bits(words, count);
}
#endif

size_t ck_count_bits(const uint64_t *words, size_t count) {
#if defined(__x86_64__)
    if (has_popcnt) {
        return count_bits_by_instruction(words, count);
    }
#endif
    return count_bits(words, count);
}

size_t ck_count_bits_portable(const uint64_t *words, size_t count) {
    return count_bits(words, count);
}

int ck_map_blocks_from(size_t byte_count) {
#ifdef M_MMAP_THRESHOLD
    return mallopt(M_MMAP_THRESHOLD, (int)byte_count);
#else
    (void)byte_count;
    return 0;
#endif
}

int ck_allow_pools(int count) {
#ifdef M_ARENA_MAX
    return mallopt(M_ARENA_MAX, count);
#else
    (void)count;
    return 0;
#endif
}
