/// The names of all fields of the collections of a search: what a query may speak of, whether the
/// collection that is asked has it or not.
struct FieldNames {
    private let layouts: [CollectionLayout]

    /// The names of some layouts.
    init(_ layouts: [CollectionLayout]) { self.layouts = layouts }

    /// Whether some collection has a field of a name.
    func contains(_ name: String) -> Bool {
        layouts.contains { $0.textField(named: name) != nil || $0.valueField(named: name) != nil }
    }

    /// The name that is most like another one, if any is.
    func nearest(to name: String) -> String? {
        NearestName.nearest(to: name, in: layouts.flatMap(\.names))
    }
}
