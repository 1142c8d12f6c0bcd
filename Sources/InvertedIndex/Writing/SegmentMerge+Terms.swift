extension SegmentMerge {
    /// Merges the terms of all fields; false where it was told to stop.
    func mergeTerms(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        var isStopped = false
        var gatherings: [PostingsGathering] = []
        if let order {
            gatherings = (0..<threads.count).map { _ in
                PostingsGathering(order, share: threads.count)
            }
        }
        let keyedFields = Set(writer.fields.keyedFields.values.joined())
        try writer.writeTerms { number throws(IndexError) in
            if isStopped { return }
            let isKeyword = writer.fields.fields[number].kind == .keyword
            let merge = try FieldMerge(
                self, number: number,
                isMapped: isKeyword || keyedFields.contains(UInt16(number)),
                gatherings: gatherings)
            isStopped = try !merge.run(shouldStop)
            for (source, map) in zip(sources, merge.maps) { source.ordinalMaps[number] = map }
        }
        return !isStopped
    }
}
