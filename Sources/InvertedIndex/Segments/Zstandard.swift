import CZstd
import Synchronization

/// Compression of blocks by Zstandard; a context is one thread's at a time.
enum Zstandard {
    /// The level of stored bytes: beyond 3 time grows faster than the bytes shrink.
    static let level: Int32 = 3

    /// Compresses block after block.
    final class Compressor {
        private let context: OpaquePointer
        private let dictionary: OpaquePointer?

        /// A context of its own; blocks are told by a dictionary unless it is empty.
        init(dictionary bytes: [UInt8]) {
            guard let context = ZSTD_createCCtx() else { preconditionFailure("out of memory") }
            self.context = context
            guard !bytes.isEmpty else {
                dictionary = nil
                return
            }
            dictionary = ZSTD_createCDict(bytes, bytes.count, Zstandard.level)
            precondition(dictionary != nil, "the dictionary is sound")
        }

        deinit {
            ZSTD_freeCDict(dictionary)
            ZSTD_freeCCtx(context)
        }

        /// Appends the compressed bytes of a block; `nil`, and nothing appended, where they would
        /// not be fewer.
        func compress(
            _ bytes: UnsafeRawBufferPointer, into output: inout GrowingBytes
        ) -> Int? {
            let bound = ZSTD_compressBound(bytes.count)
            let target = output.reserve(bound)
            let count =
                if let dictionary {
                    ZSTD_compress_usingCDict(
                        context, target, bound, bytes.baseAddress, bytes.count, dictionary)
                } else {
                    ZSTD_compressCCtx(
                        context, target, bound, bytes.baseAddress, bytes.count, Zstandard.level)
                }
            guard ZSTD_isError(count) == 0, count < bytes.count else { return nil }
            output.extend(by: count)
            return count
        }
    }

    /// What blocks were compressed with, ready for decompression by any thread.
    final class Dictionary: @unchecked Sendable {
        // Unchecked: libzstd only reads it once it is made.
        fileprivate let pointer: OpaquePointer

        /// Takes in the bytes; `nil` where they are not a dictionary.
        init?(_ bytes: UnsafeRawBufferPointer) {
            guard let pointer = ZSTD_createDDict(bytes.baseAddress, bytes.count) else {
                return nil
            }
            self.pointer = pointer
        }

        deinit { ZSTD_freeDDict(pointer) }
    }

    /// A dictionary of what samples have in common, at most `byteCount` bytes.
    ///
    /// The samples stand one behind the other, each as long as `byteCounts` say. It is empty where
    /// libzstd finds too little.
    static func dictionary(
        of samples: UnsafeRawBufferPointer, _ byteCounts: [Int], byteCount: Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let made = ZDICT_trainFromBuffer(
                buffer.baseAddress, byteCount, samples.baseAddress, byteCounts,
                UInt32(byteCounts.count))
            count = ZDICT_isError(made) == 0 ? made : 0
        }
    }

    /// Decompresses a block into exactly `output.count` bytes; false where it holds not as many
    /// or is broken.
    static func decompress(
        _ bytes: UnsafeRawBufferPointer, _ dictionary: Dictionary?,
        into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let context = contexts.take()
        defer { contexts.giveBack(context) }
        let count =
            if let dictionary {
                ZSTD_decompress_usingDDict(
                    context, output.baseAddress, output.count, bytes.baseAddress, bytes.count,
                    dictionary.pointer)
            } else {
                ZSTD_decompressDCtx(
                    context, output.baseAddress, output.count, bytes.baseAddress, bytes.count)
            }
        return ZSTD_isError(count) == 0 && count == output.count
    }

    private static let contexts = Contexts()

    /// Contexts that wait for use: making one costs more than a small block.
    private final class Contexts: Sendable {
        private struct Free: ~Copyable, @unchecked Sendable {
            // Unchecked: a context is here or with one thread, never both.
            var contexts: [OpaquePointer] = []
        }

        /// As many as threads are likely to decompress at once; more are freed.
        private static let keptCount = 16
        private let free = Mutex(Free())

        func take() -> OpaquePointer {
            nonisolated(unsafe) var taken: OpaquePointer?
            free.withLock { taken = $0.contexts.popLast() }
            if let taken { return taken }
            guard let context = ZSTD_createDCtx() else { preconditionFailure("out of memory") }
            return context
        }

        func giveBack(_ context: OpaquePointer) {
            nonisolated(unsafe) let context = context
            let isKept = free.withLock { free in
                guard free.contexts.count < Self.keptCount else { return false }
                free.contexts.append(context)
                return true
            }
            if !isKept { ZSTD_freeDCtx(context) }
        }
    }
}
