/// How alike two names are, and which part of one was taken for which of the other.
public struct NameLikeness: Sendable {
    /// Two parts that were taken for one, or a part that only one name has.
    public struct Pair: Sendable, Equatable {
        /// The places of the parts of the asked name; empty for a part that it does not have.
        public var asked: [Int]
        /// The places of the parts of the found name; empty for a part that it does not have.
        public var found: [Int]
        /// How they relate.
        public var relation: NameRelation
        /// How alike they are, 0 to 1.
        public var score: Float
        /// How much the parts count in their name, 0 to 1.
        public var weight: Float
    }

    /// How alike the names are, 0 to 1; from 0.7 on they are of one entity.
    public var score: Float
    /// Which part was taken for which, in no order of weight.
    ///
    /// Empty unless asked for.
    public var pairs: [Pair] = []
}
