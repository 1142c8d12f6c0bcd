extension SegmentBuilder {
    /// Writes `<name>.izs`, synced and renamed, and the deletions where documents were replaced.
    ///
    /// The directory is not synced.
    ///
    /// - Requires: called once, not within a document.
    func write(
        to directory: any Directory, name: String, indexUUID: [UInt8],
        effort: SegmentEffort = .full
    ) throws(IndexError) -> SegmentDescriptor {
        store.cut()
        let fileName = "\(name).izs"
        let placed = try directory.place(fileName) { output throws(IndexError) in
            let writer = try SegmentWriter(
                output: output, directory: directory, indexUUID: indexUUID,
                schema: schema, effort: effort)
            do throws(IndexError) {
                return try write(to: writer, fileName: fileName)
            } catch {
                writer.discard()
                throw error
            }
        }
        guard var descriptor = placed else { preconditionFailure("a segment is always written") }
        descriptor.effort = effort
        if !replaced.isEmpty {
            let deletions = Deletions(documentCount: documentCount).deleting(replaced)
            let deletionsName = Deletions.fileName(segment: name, generation: 0)
            try deletions.write(to: directory, name: deletionsName, indexUUID: indexUUID)
            descriptor.deletionsFileName = deletionsName
            descriptor.deletedCount = deletions.deletedCount
        }
        return descriptor
    }

    private func write(
        to writer: SegmentWriter, fileName: String
    ) throws(IndexError) -> SegmentDescriptor {
        writer.fields.documentCount = documentCount
        for number in 0..<fieldCount {
            writer.fields.fields[number].documentCount = columns[number].documentCount
            writer.fields.fields[number].totalLength = columns[number].totalLength
        }
        writer.fields.fields[fieldCount].documentCount = UInt64(documentCount)
        try writer.writeSection(SegmentSection.stored, store.blocks.bytes)
        try store.writeIndex(to: writer)
        let count = Int(documentCount)
        try writer.writeColumns(SegmentSection.lengths, of: .text) { number throws(IndexError) in
            guard columns[number].lengths.count > 0 else { return }
            try writer.output.write(columns[number].lengths.bytes)
            var missing = count - columns[number].lengths.count
            let zeros = [UInt8](repeating: 0, count: min(missing, 4096))
            while missing > 0 {
                let part = min(missing, zeros.count)
                try writer.output.write(Array(zeros[..<part]))
                missing -= part
            }
        }
        try writer.writeColumns(SegmentSection.numbers, of: .number) { number throws(IndexError) in
            _ = try NumberColumn.write(
                to: writer.output, documentCount: documentCount
            ) { body throws(IndexError) in
                for index in 0..<columns[number].numbers.count {
                    try body(columns[number].numberDocuments[index], columns[number].numbers[index])
                }
            }
        }
        var keywordPairs: [Int: KeywordPairs] = [:]
        let order = sortedTerms()
        var sort = OccurrenceSort(termCount: table.pointee.count)
        for number in 0...fieldCount { sort.count(logs[number]) }
        try writer.writeTerms { number throws(IndexError) in
            let isKeyword = writer.fields.fields[number].kind == .keyword
            let pairs = isKeyword ? KeywordPairs() : nil
            try writeTerms(order[number], of: number, &sort, writer, pairs: pairs)
            keywordPairs[number] = pairs
        }
        try writer.writeTermKeys { _, terms, keys throws(IndexError) in
            try writeKeys(of: terms, to: keys)
        }
        try writer.writeColumns(
            SegmentSection.keywords, of: .keyword
        ) { number throws(IndexError) in
            guard let pairs = keywordPairs.removeValue(forKey: number) else { return }
            let sorted = pairs.sortedByDocument(documentCount)
            try KeywordColumn.write(
                to: writer.output, documentCount: documentCount,
                valueCount: writer.fields.fields[number].termCount
            ) { body throws(IndexError) in
                for (document, ordinal) in zip(sorted.documents, sorted.ordinals) {
                    try body(document, ordinal)
                }
            }
        }
        return try writer.finish(fileName: fileName)
    }

    private func writeTerms(
        _ order: [UInt32], of field: Int, _ sort: inout OccurrenceSort, _ writer: SegmentWriter,
        pairs: KeywordPairs?
    ) throws(IndexError) {
        var postings = PostingsWriter(
            output: writer, lengths: writer.fields.lengthStatistics(writer.fields.fields[field]),
            keepsDocuments: field == writer.fields.keyField, from: writer.places,
            effort: writer.effort)
        let hasPositions = writer.fields.fields[field].hasPositions
        let lengths = lengthColumn(of: field)
        var next = 0
        while next < order.count {
            let terms = sort.sort(order, from: next, of: logs[field])
            var start = 0
            for ordinal in terms {
                // The terms lie in the order in which they came, far from each other in this one.
                if ordinal + 16 < order.count {
                    table.pointee.prefetch(term: order[ordinal + 16])
                    sort.prefetch(term: order[ordinal + 16])
                }
                let number = order[ordinal]
                let end = sort.end(of: number)
                let places = start..<end
                start = end
                postings.begin(hasPositions: hasPositions)
                try add(
                    places, of: sort.window, hasPositions: hasPositions, lengths, to: &postings)
                if let pairs {
                    // A document has a keyword once.
                    for place in places {
                        pairs.documents.append(sort.window[place].document)
                        pairs.ordinals.append(UInt32(ordinal))
                    }
                }
                let entry = try postings.finish()
                writer.noteKey(of: postings.documentsOfTerm)
                try writer.dictionary.add(
                    table.pointee.bytes(of: Int(number)), entry, hasPositions: hasPositions)
            }
            next = terms.upperBound
        }
        try postings.flush()
    }

    /// The codes of the lengths that stand for a field, up to the last document that has one.
    private func lengthColumn(of field: Int) -> UnsafeRawBufferPointer {
        var column = field
        if field < fieldCount, case .text(_, let other?) = schema.fields[field].kind {
            column = Int(other.rawValue)
        }
        guard column < fieldCount, columns[column].hasLengths else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return columns[column].lengths.bytes
    }

    /// Adds the occurrences of one term.
    @inline(__always)
    private func add(
        _ places: Range<Int>, of window: OccurrenceSort.Window, hasPositions: Bool,
        _ lengths: UnsafeRawBufferPointer, to postings: inout PostingsWriter
    ) throws(IndexError) {
        var place = places.lowerBound
        while place < places.upperBound {
            let document = window[place].document
            var end = place &+ 1
            while end < places.upperBound, window[end].document == document { end &+= 1 }
            let frequency = min(end &- place, Int(PostingsBlock.greatestFrequency))
            try postings.add(
                document: document, frequency: UInt32(truncatingIfNeeded: frequency),
                lengthCode: Int(document) < lengths.count ? lengths[Int(document)] : 0)
            if hasPositions {
                var position: UInt32 = 0
                for step in place..<place &+ frequency {
                    let next = window[step].position
                    postings.addStep(next &- position)
                    position = next
                }
            }
            place = end
        }
    }

    /// The terms of each field in the order of their bytes.
    private func sortedTerms() -> [[UInt32]] {
        var counts = [Int](repeating: 0, count: fieldCount + 1)
        let count = table.pointee.count
        for number in 0..<count { counts[Int(table.pointee.terms[number].field)] += 1 }
        var terms: [[UInt32]] = counts.map { count in
            var numbers: [UInt32] = []
            numbers.reserveCapacity(count)
            return numbers
        }
        for number in 0..<count {
            terms[Int(table.pointee.terms[number].field)].append(UInt32(number))
        }
        for field in terms.indices { table.pointee.sort(&terms[field]) }
        return terms
    }
}

/// Pairs of document and ordinal of one keyword field, ordinal by ordinal.
final class KeywordPairs {
    /// The documents, ascending within an ordinal.
    var documents: [UInt32] = []
    /// The ordinals, ascending.
    var ordinals: [UInt32] = []

    /// The pairs document by document, ordinals ascending within one.
    func sortedByDocument(_ documentCount: UInt32) -> KeywordPairs {
        var places = [Int](repeating: 0, count: Int(documentCount) + 1)
        for document in documents { places[Int(document) + 1] += 1 }
        for index in 1..<places.count { places[index] += places[index - 1] }
        let sorted = KeywordPairs()
        sorted.documents = [UInt32](repeating: 0, count: documents.count)
        sorted.ordinals = sorted.documents
        for (document, ordinal) in zip(documents, ordinals) {
            let place = places[Int(document)]
            sorted.documents[place] = document
            sorted.ordinals[place] = ordinal
            places[Int(document)] += 1
        }
        return sorted
    }
}
