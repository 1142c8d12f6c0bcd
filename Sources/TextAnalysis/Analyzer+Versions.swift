extension Analyzer {
    /// The versions of the libraries that decide on words: ICU and its Unicode data.
    public static var libraryVersions: (icu: String, unicode: String) { ICUHandle.versions }
}
