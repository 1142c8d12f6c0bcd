/// A name of a directory that is like an asked one.
public struct NameHit: Sendable, Equatable {
    /// The name.
    public var name: NameDirectory.NameID
    /// The entity that bears it.
    public var entity: UInt32
    /// How alike they are, 0 to 1.
    public var score: Float
    /// How far it is from the asked name in what has no sound, among hits of the same score.
    ///
    /// Such are ё for е, a soft sign, a word that is in the meaning.
    public var writingDistance = 0
}

/// Words of an asked name, the words of a known one that they were taken for, and why.
public struct NameExplanation: Sendable, Equatable {
    /// Words of the asked name as they were typed; empty for what only the found one has.
    public var asked: String
    /// Words of the found name in small letters; empty for what only the asked one has.
    public var found: String
    /// How they relate.
    public var relation: NameRelation
    /// How alike they are, 0 to 1.
    public var score: Float
    /// How much they count in their name, 0 to 1.
    public var weight: Float
}
