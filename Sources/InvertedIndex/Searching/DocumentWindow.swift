import CKernels

/// A stretch of documents of one segment that is searched in one go.
///
/// Matching documents are bits of 64 words, scores 4,096 floats: both stay in the first-level
/// cache, and operators of a query tree are operations on words.
struct DocumentWindow {
    /// How many documents a window spans at most.
    static let size: UInt32 = 4096
    /// How many words that makes.
    static let wordCount = 64

    /// The first document; a multiple of 64.
    let base: UInt32
    /// The document after the last: that of the next window or the end of the segment.
    let end: UInt32

    /// The words with the documents of the window.
    @inline(__always)
    var wordCount: Int { Int((end &- base &+ 63) &>> 6) }

    /// The window around a document.
    init(around document: UInt32, documentCount: UInt32) {
        base = document & ~(DocumentWindow.size - 1)
        // Segments hold fewer than 2³¹ documents, so this does not wrap.
        end = min(base &+ DocumentWindow.size, documentCount)
    }

    /// A window of another size from a little before a document on.
    ///
    /// - Requires: `size` is a multiple of 64, at most `DocumentWindow.size`.
    init(from document: UInt32, size: UInt32, documentCount: UInt32) {
        base = document & ~63
        end = min(base &+ size, documentCount)
    }
}

/// The number that stands for "no more documents".
let noDocument = UInt32.max

/// One bit for each document of a window.
typealias WindowBits = UnsafeMutablePointer<UInt64>

extension UnsafeMutablePointer<UInt64> {
    /// Room for a window, all zeros; the owner frees it.
    static func allocateWindow() -> WindowBits {
        let bits = WindowBits.allocate(capacity: DocumentWindow.wordCount)
        bits.initialize(repeating: 0, count: DocumentWindow.wordCount)
        return bits
    }

    @inline(__always)
    func clearWindow() {
        update(repeating: 0, count: DocumentWindow.wordCount)
    }

    /// Adds the document at an offset in the window.
    @inline(__always)
    func insert(_ offset: UInt32) {
        self[Int(offset &>> 6)] |= 1 &<< UInt64(offset & 63)
    }

    /// Whether the document at an offset in the window is in.
    @inline(__always)
    func contains(_ offset: UInt32) -> Bool {
        self[Int(offset &>> 6)] &>> UInt64(offset & 63) & 1 != 0
    }

    /// 1 where the document at an offset in the window is in, else 0.
    @inline(__always)
    func bit(_ offset: UInt32) -> Int {
        Int(truncatingIfNeeded: self[Int(offset &>> 6)] &>> UInt64(offset & 63) & 1)
    }

    @inline(__always)
    func formIntersection(_ other: WindowBits) {
        for word in 0..<DocumentWindow.wordCount { self[word] &= other[word] }
    }

    @inline(__always)
    func formUnion(_ other: WindowBits) {
        for word in 0..<DocumentWindow.wordCount { self[word] |= other[word] }
    }

    @inline(__always)
    func subtract(_ other: WindowBits) {
        for word in 0..<DocumentWindow.wordCount { self[word] &= ~other[word] }
    }

    @inline(__always)
    func copyWindow(from other: WindowBits) {
        update(from: other, count: DocumentWindow.wordCount)
    }

    @inline(__always)
    func windowCount() -> Int { count(DocumentWindow.wordCount) }

    /// How many documents are in the first words.
    @inline(__always)
    func count(_ wordCount: Int) -> Int { ck_count_bits(self, wordCount) }

    @inline(__always)
    func isWindowEmpty() -> Bool {
        var any: UInt64 = 0
        for word in 0..<DocumentWindow.wordCount { any |= self[word] }
        return any == 0
    }

    /// Whether any offset in `first...last` is in.
    @inline(__always)
    func containsAny(from first: UInt32, through last: UInt32) -> Bool {
        let firstWord = Int(first &>> 6)
        let lastWord = Int(last &>> 6)
        let head = UInt64.max &<< UInt64(first & 63)
        let tail = UInt64.max &>> UInt64(63 &- (last & 63))
        if firstWord == lastWord { return self[firstWord] & head & tail != 0 }
        if self[firstWord] & head != 0 || self[lastWord] & tail != 0 { return true }
        var word = firstWord &+ 1
        while word < lastWord {
            if self[word] != 0 { return true }
            word &+= 1
        }
        return false
    }
}

extension Deletions {
    /// Takes the deleted documents of a window out of a set.
    func subtract(from bits: WindowBits, _ window: DocumentWindow) {
        let first = Int(window.base / 64)
        words.withUnsafeBufferPointer { words in
            for word in 0..<min(DocumentWindow.wordCount, words.count - first) {
                bits[word] &= ~words[first + word]
            }
        }
    }

    /// The documents of a window that are not deleted.
    static func fillLive(_ deletions: Deletions?, _ window: DocumentWindow, _ bits: WindowBits) {
        let count = window.end - window.base
        let full = Int(count / 64)
        for word in 0..<DocumentWindow.wordCount { bits[word] = word < full ? .max : 0 }
        if count % 64 != 0 { bits[full] = 1 &<< UInt64(count % 64) &- 1 }
        guard let deletions, deletions.deletedCount > 0 else { return }
        deletions.subtract(from: bits, window)
    }
}
