#ifndef IZDE_CICU_H
#define IZDE_CICU_H

// The face of ICU for Swift. No ICU header is included here: ICU renames its functions by macro,
// and two versions of ICU in one program disagree about their types. Text is UTF-16; every function
// works on a word or a chunk, never on one character, except the two that fill
// tables at start-up.

#include <stdint.h>

/// The break iterator and normalisers of one thread.
typedef struct izde_icu izde_icu;

/// Opens the handles; returns NULL and sets `code` to ICU's error code on failure.
izde_icu *izde_icu_open(int32_t *code);

/// Closes the handles; `icu` may be NULL.
void izde_icu_close(izde_icu *icu);

/// Finds the word breaks of `text`. Writes the end of every piece to `ends` and whether it is
/// word-like (letters, digits, ideographs) to `words`; both have room for `count` entries.
/// Returns the number of pieces, or -1 with ICU's error code in `code`.
int32_t izde_icu_break_words(
    izde_icu *icu, const uint16_t *text, int32_t count, int32_t *ends, uint8_t *words,
    int32_t *code);

/// The length of the longest prefix of `text` that is surely in NFC already.
int32_t izde_icu_nfc_prefix(izde_icu *icu, const uint16_t *text, int32_t count);

/// Normalises `text` to NFC. For every unit of `out` writes the first unit of `text` that it came
/// from to `starts` and the one after the last to `ends`. Returns the number of units written, or
/// -1 with ICU's error code in `code`; `capacity` is the room of `out`, `starts` and `ends`.
int32_t izde_icu_nfc(
    izde_icu *icu, const uint16_t *text, int32_t count, uint16_t *out, int32_t *starts,
    int32_t *ends, int32_t capacity, int32_t *code);

/// Folds a word by NFKC_Casefold. Returns the number of units written, or -1.
int32_t izde_icu_fold(
    izde_icu *icu, const uint16_t *text, int32_t count, uint16_t *out, int32_t capacity,
    int32_t *code);

/// Folds one unit by NFKC_Casefold; 0 if the result is not one unit.
uint16_t izde_icu_fold_unit(uint16_t unit);

/// What `izde_icu_properties` reports of a code point.
enum {
    IZDE_LETTER = 1,         // joins with its like into words
    IZDE_DIGIT = 1 << 1,     // joins with its like into numbers
    IZDE_MIDDLE = 1 << 2,    // joins two letters or two digits: full stop
    IZDE_MIDDLE_NUMBER = 1 << 3,  // joins two digits: comma
    IZDE_APOSTROPHE = 1 << 4,     // joins two letters or two digits
    IZDE_SPACE = 1 << 5,
    IZDE_NEWLINE = 1 << 6,
    IZDE_SPECIAL = 1 << 7,   // only ICU's rules can tell what it joins
    IZDE_UPPER = 1 << 8,
    IZDE_CYRILLIC = 1 << 9,
    IZDE_LATIN = 1 << 10,
    IZDE_ARABIC = 1 << 11,
    IZDE_MARK = 1 << 18,     // belongs to the character before it
};

/// The properties of one code point, as a sum of the constants above.
uint32_t izde_icu_properties(int32_t codePoint);

/// What `izde_icu_display_name` names.
enum {
    IZDE_REGION = 0,    // a country by its code of two letters
    IZDE_LANGUAGE = 1,  // a language by its code of two letters
    IZDE_MONTH = 2,     // a month by its number from 1, standing alone
};

/// The codes of countries (`IZDE_REGION`) or languages (`IZDE_LANGUAGE`): an array that ends with
/// NULL, owned by ICU.
const char *const *izde_icu_codes(int32_t kind);

/// The name of a country, a language or a month in the language of a locale, as UTF-16. Returns the
/// number of units written; 0 if ICU has no name for it, or there is no room.
int32_t izde_icu_display_name(
    int32_t kind, const char *locale, const char *code, uint16_t *out, int32_t capacity);

/// Version of ICU in use, as major * 100 + minor.
int32_t izde_icu_version(void);

/// Version of Unicode in use, as major * 100 + minor.
int32_t izde_icu_unicode_version(void);

#endif
