extension Segment {
    /// Reads everything: each checksum, term, posting, position, document and column.
    ///
    /// What is told twice is compared: counts, orders, ordinals and bounds of blocks.
    ///
    /// - Throws: `IndexError.corrupt` at the first thing that is wrong.
    func verify() throws(IndexError) {
        try content.envelope.verify()
        var place = SegmentPlaces()
        for number in content.fields.fields.indices {
            try verifyTerms(of: number, &place)
        }
        try verifyEnds(place)
        try verifyKeys()
        try content.store.verify()
        try verifyLengths()
        try verifyColumns()
        for number in content.fields.fields.indices {
            if let relation = content.relation(number) { try relation.verify() }
        }
    }

    /// Where the postings and positions of the next term have to begin.
    private struct SegmentPlaces {
        var postings: UInt64 = 0
        var positions: UInt64 = 0
    }

    private func corrupt(_ section: Section, _ offset: UInt64, _ reason: String) -> IndexError {
        content.file.corrupt(
            at: section.offset + Int(min(offset, UInt64(section.count))), reason)
    }

    private func verifyTerms(
        of number: Int, _ place: inout SegmentPlaces
    ) throws(IndexError) {
        let field = content.fields.fields[number]
        let column = field.kind == .keyword ? try content.keywords(number) : nil
        let buffers = PostingsBuffers()
        let normalization = LengthNormalization(standard: content.fields.lengthStatistics(field))
        var steps = GrowingBytes()
        var cursor = try TermCursor(content.dictionary, field, from: [])
        var count: UInt64 = 0
        var suffixKeys: [UInt64] = []
        let suffixes = content.suffixes(FieldID(rawValue: UInt16(number)))
        var documentsOfKeywords: UInt64 = 0
        while try cursor.next() {
            count += 1
            let entry = cursor.entry
            // Terms without any have no place, either.
            guard entry.postingsByteCount == 0 || entry.postingsOffset == place.postings,
                entry.positionsByteCount == 0 || entry.positionsOffset == place.positions
            else {
                throw corrupt(
                    content.postingsSection, place.postings, "postings begin elsewhere")
            }
            place.postings += entry.postingsByteCount
            place.positions += entry.positionsByteCount
            let found = try cursor.term.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                try content.dictionary.lookup(field, bytes)
            }
            guard found == entry else {
                throw corrupt(content.dictionary.terms, 0, "a term is not found again")
            }
            if suffixes != nil {
                suffixKeys.append(cursor.term.withUnsafeBytes { TermSuffixes.key($0) })
            }
            let ordinal = UInt32(truncatingIfNeeded: entry.ordinal - field.firstOrdinal)
            try verifyPostings(
                entry, field, normalization, buffers, &steps
            ) { document throws(IndexError) in
                guard field.kind == .keyword else { return }
                documentsOfKeywords += 1
                guard let column, column.ordinals(of: document).contains(ordinal) else {
                    throw corrupt(
                        content.postingsSection, entry.postingsOffset,
                        "document \(document) has a keyword that its column has not")
                }
            }
        }
        guard count == field.termCount else {
            throw corrupt(content.dictionary.terms, 0, "a field has another number of terms")
        }
        if let suffixes {
            let column = TermSuffixes.column(kind: field.kind, keys: suffixKeys)
            guard suffixes.bytes.elementsEqual(column) else {
                throw corrupt(content.dictionary.terms, 0, "ends of terms are of other terms")
            }
        }
        guard field.kind == .keyword else { return }
        var inColumn: UInt64 = 0
        if let column {
            for document in 0..<documentCount {
                inColumn += UInt64(column.ordinals(of: document).count)
            }
        }
        guard inColumn == documentsOfKeywords else {
            throw corrupt(content.dictionary.terms, 0, "a column has keywords that are no terms")
        }
    }

    private func verifyPostings(
        _ entry: TermEntry, _ field: FieldTable.Field, _ normalization: LengthNormalization,
        _ buffers: PostingsBuffers,
        _ steps: inout GrowingBytes, _ body: (UInt32) throws(IndexError) -> Void
    ) throws(IndexError) {
        let lengths = content.lengths(field)
        let inverse = normalization.inverse
        var cursor = try content.postings(entry, field, buffers: buffers)
        var best = BestPostings()
        var total: UInt64 = 0
        var positionsEnd = 0
        var postingsEnd = 0
        func fail(_ reason: String) -> IndexError {
            corrupt(content.postingsSection, entry.postingsOffset, reason)
        }
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            var most: UInt32 = 0
            var least: UInt8 = .max
            var impact: Float = 0
            for index in 0..<cursor.count {
                let document = cursor.documents[index]
                try body(document)
                total += UInt64(cursor.frequencies[index])
                let posting = BestPostings.Posting(
                    document: document, frequency: cursor.frequencies[index],
                    lengthCode: lengths?[document] ?? 0)
                most = max(most, posting.frequency)
                least = min(least, posting.lengthCode)
                let counted = Float(posting.frequency) * inverse[Int(posting.lengthCode)]
                impact = max(impact, counted)
                if cursor.hasBest { best.offer(posting, total: counted) }
            }
            guard cursor.documents[cursor.count - 1] == cursor.blockLastDocument,
                cursor.blockMaxFrequency == most
                    || (cursor.blockMaxFrequency == .max && most >= 255),
                cursor.blockMinLength == least,
                cursor.blockImpact == .infinity
                    || cursor.blockImpact == ImpactCode.number(ImpactCode.code(of: impact))
            else { throw fail("a block has other bounds than its postings") }
            if entry.documentFrequency > 1 {
                guard cursor.blockIndex == 0 || cursor.blockLayout.offset == postingsEnd else {
                    throw fail("a block of postings begins elsewhere")
                }
                postingsEnd = cursor.blockEnd
            }
            guard field.hasPositions else { continue }
            guard cursor.blockLayout.positions == positionsEnd else {
                throw fail("positions of a block begin elsewhere")
            }
            let all = try cursor.readAllSteps(into: &steps)
            positionsEnd = cursor.stepsEnd
            try verifySteps(all, cursor, fail)
        }
        for (place, posting) in best.postings.enumerated() {
            guard try cursor.best(at: place) == posting else {
                throw fail("a term has other best postings")
            }
        }
        guard total == entry.totalFrequency else { throw fail("a term occurs not as often") }
        guard postingsEnd == Int(entry.postingsByteCount) else {
            throw fail("bytes after the last block")
        }
        guard positionsEnd == Int(entry.positionsByteCount) else {
            throw fail("bytes after the last position")
        }
    }

    private func verifySteps(
        _ steps: UnsafeBufferPointer<UInt32>, _ cursor: PostingsCursor,
        _ fail: (String) -> IndexError
    ) throws(IndexError) {
        var start = 0
        for index in 0..<cursor.count {
            var position: UInt64 = 0
            for _ in 0..<cursor.frequencies[index] {
                position += UInt64(steps[start])
                start += 1
            }
            guard position <= UInt64(UInt32.max) else { throw fail("a position beyond 32 bits") }
        }
        guard start == steps.count else { throw fail("a block has another number of positions") }
    }

    private func verifyEnds(_ place: SegmentPlaces) throws(IndexError) {
        guard place.postings == UInt64(content.postingsSection.count) else {
            throw corrupt(content.postingsSection, place.postings, "bytes of no term")
        }
        guard place.positions == UInt64(content.positionsSection.count) else {
            throw corrupt(content.positionsSection, place.positions, "bytes of no term")
        }
    }

    /// Each posting of a key is of a document that has it, and there are as many as documents.
    private func verifyKeys() throws(IndexError) {
        let field = content.fields.fields[content.fields.keyField]
        try content.keys.verify()
        var postings: UInt64 = 0
        let buffers = PostingsBuffers()
        var cursor = try TermCursor(content.dictionary, field, from: [])
        while try cursor.next() {
            postings += UInt64(cursor.entry.documentFrequency)
            var documents = try content.postings(cursor.entry, field, buffers: buffers)
            while try documents.nextBlock() {
                try documents.decodeDocuments()
                for index in 0..<documents.count {
                    let document = documents.documents[index]
                    guard try content.keys.key(of: document) == cursor.term else {
                        throw corrupt(
                            content.dictionary.terms, 0,
                            "the key of \(document) is of another document")
                    }
                }
            }
        }
        guard postings == UInt64(documentCount), field.documentCount == postings else {
            throw corrupt(content.dictionary.terms, 0, "there are not as many keys as documents")
        }
    }

    private func verifyLengths() throws(IndexError) {
        for field in content.fields.fields where field.kind == .text && field.hasLengths {
            var documents: UInt64 = 0
            var least: UInt64 = 0
            if let lengths = content.lengths(field) {
                for document in 0..<documentCount where lengths[document] != 0 {
                    documents += 1
                    least += UInt64(FieldLengthCode.lengths[Int(lengths[document])])
                }
            }
            // A code stands for its least length, and for less than an eighth more. A total is an
            // estimate after deletions, so it may be off by as much.
            guard documents == field.documentCount,
                field.totalLength >= least - least / 8,
                field.totalLength <= least + least / 4 + documents
            else {
                throw content.file.corrupt(
                    at: content.fieldsOffset, "lengths of a field do not sum up")
            }
        }
    }

    private func verifyColumns() throws(IndexError) {
        for (number, field) in content.fields.fields.enumerated() {
            var documents = field.documentCount
            switch field.kind {
            case .number:
                documents = 0
                if let column = try content.numbers(number) {
                    try column.checkInvariants(at: content.fieldsOffset)
                    documents = UInt64(column.presentCount)
                }
            case .keyword:
                documents = 0
                if let column = try content.keywords(number) {
                    for document in 0..<documentCount
                    where !column.ordinals(of: document).isEmpty { documents += 1 }
                }
            case .text, .termKeys, .key: break
            }
            guard documents == field.documentCount else {
                throw content.file.corrupt(
                    at: content.fieldsOffset, "a field is in another number of documents")
            }
        }
    }
}
