#include "cicu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

struct izde_icu {
    UBreakIterator *words;
    const UNormalizer2 *nfc;
    const UNormalizer2 *fold;
};

izde_icu *izde_icu_open(int32_t *code) {
    UErrorCode status = U_ZERO_ERROR;
    izde_icu *icu = calloc(1, sizeof *icu);
    if (icu == NULL) {
        *code = U_MEMORY_ALLOCATION_ERROR;
        return NULL;
    }
    icu->words = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
    icu->nfc = unorm2_getNFCInstance(&status);
    icu->fold = unorm2_getNFKCCasefoldInstance(&status);
    *code = status;
    if (U_FAILURE(status)) {
        izde_icu_close(icu);
        return NULL;
    }
    return icu;
}

void izde_icu_close(izde_icu *icu) {
    if (icu == NULL) return;
    if (icu->words != NULL) ubrk_close(icu->words);
    free(icu);
}

int32_t izde_icu_break_words(
    izde_icu *icu, const uint16_t *text, int32_t count, int32_t *ends, uint8_t *words,
    int32_t *code) {
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(icu->words, (const UChar *)text, count, &status);
    *code = status;
    if (U_FAILURE(status)) return -1;
    int32_t pieces = 0;
    ubrk_first(icu->words);
    for (int32_t end = ubrk_next(icu->words); end != UBRK_DONE && pieces < count;
         end = ubrk_next(icu->words)) {
        ends[pieces] = end;
        words[pieces] = ubrk_getRuleStatus(icu->words) >= UBRK_WORD_NONE_LIMIT;
        pieces++;
    }
    return pieces;
}

int32_t izde_icu_nfc_prefix(izde_icu *icu, const uint16_t *text, int32_t count) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t end = unorm2_spanQuickCheckYes(icu->nfc, (const UChar *)text, count, &status);
    return U_FAILURE(status) ? 0 : end;
}

// A run of combining marks longer than this is cut: sorting marks takes quadratic time, and no
// writing system stacks so many.
enum { LONGEST_SEGMENT = 128 };

int32_t izde_icu_nfc(
    izde_icu *icu, const uint16_t *source, int32_t count, uint16_t *out, int32_t *starts,
    int32_t *ends, int32_t capacity, int32_t *code) {
    const UChar *text = (const UChar *)source;
    int32_t written = 0;
    int32_t from = 0;
    *code = U_ZERO_ERROR;
    while (from < count) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t clean = unorm2_spanQuickCheckYes(icu->nfc, text + from, count - from, &status);
        if (U_FAILURE(status) || written + clean > capacity) {
            *code = U_FAILURE(status) ? status : U_BUFFER_OVERFLOW_ERROR;
            return -1;
        }
        for (int32_t end = from + clean; from < end; from++, written++) {
            out[written] = source[from];
            starts[written] = from;
            ends[written] = from + 1;
        }
        if (from == count) break;
        int32_t next = from;
        UChar32 point;
        do {
            U16_NEXT(text, next, count, point);
            if (next == count) break;
            int32_t ahead = next;
            U16_NEXT(text, ahead, count, point);
        } while (next - from < LONGEST_SEGMENT && !unorm2_hasBoundaryBefore(icu->nfc, point));
        int32_t length = unorm2_normalize(
            icu->nfc, text + from, next - from, (UChar *)out + written, capacity - written,
            &status);
        if (status == U_STRING_NOT_TERMINATED_WARNING) status = U_ZERO_ERROR;
        if (U_FAILURE(status)) {
            *code = status;
            return -1;
        }
        for (int32_t unit = 0; unit < length; unit++) {
            starts[written + unit] = from;
            ends[written + unit] = next;
        }
        written += length;
        from = next;
    }
    return written;
}

int32_t izde_icu_fold(
    izde_icu *icu, const uint16_t *text, int32_t count, uint16_t *out, int32_t capacity,
    int32_t *code) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = unorm2_normalize(
        icu->fold, (const UChar *)text, count, (UChar *)out, capacity, &status);
    *code = status;
    return U_FAILURE(status) ? -1 : length;
}

uint16_t izde_icu_fold_unit(uint16_t unit) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
    UChar text = unit;
    UChar out[32];
    int32_t length = unorm2_normalize(fold, &text, 1, out, 32, &status);
    return U_SUCCESS(status) && length == 1 ? out[0] : 0;
}

uint32_t izde_icu_properties(int32_t codePoint) {
    uint32_t flags = 0;
    switch (u_getIntPropertyValue(codePoint, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER: flags = IZDE_LETTER; break;
    case U_WB_NUMERIC: flags = IZDE_DIGIT; break;
    case U_WB_MIDNUMLET: flags = IZDE_MIDDLE; break;
    case U_WB_MIDNUM: flags = IZDE_MIDDLE_NUMBER; break;
    case U_WB_SINGLE_QUOTE: flags = IZDE_APOSTROPHE; break;
    case U_WB_CR:
    case U_WB_LF:
    case U_WB_NEWLINE: flags = IZDE_SPACE | IZDE_NEWLINE; break;
    case U_WB_OTHER:
    case U_WB_WSEGSPACE:
        // Ideographs and the scripts that are broken by dictionary are "other" to the rules.
        if (u_isalnum(codePoint)) flags = IZDE_SPECIAL;
        break;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: flags = IZDE_SPECIAL | IZDE_MARK; break;
    default: flags = IZDE_SPECIAL; break;
    }
    // ICU keeps a commercial at inside words, against the property.
    if (codePoint == '@') flags = IZDE_SPECIAL;
    if (u_isUWhiteSpace(codePoint)) flags |= IZDE_SPACE;
    if (u_isupper(codePoint) || u_istitle(codePoint)) flags |= IZDE_UPPER;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(codePoint, &status)) {
    case USCRIPT_CYRILLIC: flags |= IZDE_CYRILLIC; break;
    case USCRIPT_LATIN: flags |= IZDE_LATIN; break;
    case USCRIPT_ARABIC: flags |= IZDE_ARABIC; break;
    default: break;
    }
    return flags;
}

int32_t izde_icu_version(void) {
    UVersionInfo version;
    u_getVersion(version);
    return version[0] * 100 + version[1];
}

int32_t izde_icu_unicode_version(void) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    return version[0] * 100 + version[1];
}

const char *const *izde_icu_codes(int32_t kind) {
    return kind == IZDE_REGION ? uloc_getISOCountries() : uloc_getISOLanguages();
}

static int32_t month_name(const char *locale, int32_t month, uint16_t *out, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format =
        udat_open(UDAT_NONE, UDAT_LONG, locale, NULL, 0, NULL, 0, &status);
    int32_t count =
        udat_getSymbols(
            format, UDAT_STANDALONE_MONTHS, month - 1, (UChar *)out, capacity, &status);
    if (format != NULL) udat_close(format);
    return U_FAILURE(status) ? 0 : count;
}

int32_t izde_icu_display_name(
    int32_t kind, const char *locale, const char *code, uint16_t *out, int32_t capacity) {
    if (kind == IZDE_MONTH) return month_name(locale, atoi(code), out, capacity);
    UErrorCode status = U_ZERO_ERROR;
    ULocaleDisplayNames *names = uldn_open(locale, ULDN_STANDARD_NAMES, &status);
    if (U_FAILURE(status)) return 0;
    int32_t count = kind == IZDE_REGION
        ? uldn_regionDisplayName(names, code, (UChar *)out, capacity, &status)
        : uldn_languageDisplayName(names, code, (UChar *)out, capacity, &status);
    uldn_close(names);
    if (U_FAILURE(status)) return 0;
    // Where ICU has no name it gives the code back.
    if (count == (int32_t)strlen(code)) {
        int32_t same = 0;
        while (same < count && out[same] == (uint16_t)code[same]) same++;
        if (same == count) return 0;
    }
    return count;
}
