extension NameVocabulary {
    /// The places of the tables, in their order.
    public var placeTable: [NamePlace] {
        places.sorted { $0.key < $1.key }.map(\.value)
    }
}
