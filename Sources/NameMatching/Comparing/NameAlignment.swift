/// Which parts of two names were taken for each other.
///
/// Invariant: a part is in at most one pair.
struct NameAlignment {
    /// Parts that were taken for each other.
    struct Pair {
        var asked: PlaceSet
        var found: PlaceSet
        var value: Float
        var relation: NameRelation
    }

    private(set) var pairs: [Pair] = []
    /// The parts of the asked name that are in pairs.
    private(set) var takenAsked = PlaceSet()
    /// The parts of the found name that are in pairs.
    private(set) var takenFound = PlaceSet()

    /// Forgets all pairs.
    mutating func removeAll() {
        pairs.removeAll(keepingCapacity: true)
        takenAsked = PlaceSet()
        takenFound = PlaceSet()
    }

    /// Takes some parts for each other.
    mutating func take(
        _ asked: PlaceSet, _ found: PlaceSet, value: Float, _ relation: NameRelation
    ) {
        for place in asked { takenAsked.insert(place) }
        for place in found { takenFound.insert(place) }
        pairs.append(Pair(asked: asked, found: found, value: value, relation: relation))
    }

    /// Whether neither of two parts is taken.
    func areFree(_ asked: Int, _ found: Int) -> Bool {
        !takenAsked.contains(asked) && !takenFound.contains(found)
    }

    // MARK: Doubts

    /// What a pair is worth where its neighbours speak against it.
    private static let doubt: Float = 0.3

    /// «Ермек Серіков» is not «Серік Ермеков»: where each name has an ending that the other lacks,
    /// given names and surnames are crossed.
    mutating func doubtCrossedEndings(_ asked: [NameUnit]) {
        var isLeft = false
        var isRight = false
        for pair in pairs where pair.relation == .ending {
            guard let place = pair.asked.first else { continue }
            if asked[place].bare.isEmpty { isRight = true } else { isLeft = true }
        }
        guard isLeft, isRight else { return }
        for place in pairs.indices where pairs[place].relation == .ending {
            pairs[place].value *= Self.doubt
        }
    }

    /// «Алия Омарова» is not «Али Омаров»: where surnames differ in gender, near given names are of
    /// two people, unless the longer is the genitive of the other: «Тимура Жаксылыкова».
    mutating func doubtOtherGender(
        _ asked: [NameUnit], _ found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms
    ) {
        var askedIsFeminine = false
        var differ = false
        for pair in pairs {
            guard let left = pair.asked.first, let right = pair.found.first else { continue }
            let other = found[found.startIndex + right]
            guard asked[left].role == .surname, other.role == .surname else { continue }
            askedIsFeminine = PersonEndings.isFeminine(asked[left].folded[...])
            if askedIsFeminine != PersonEndings.isFeminine(forms.folded(other.form)) {
                differ = true
                break
            }
        }
        guard differ else { return }
        for place in pairs.indices {
            guard let left = pairs[place].asked.first, let right = pairs[place].found.first else {
                continue
            }
            let unit = asked[left]
            guard unit.role == .word || unit.role == .concept else { continue }
            let other = forms.folded(found[found.startIndex + right].form)
            let isGenitive =
                askedIsFeminine
                ? PersonEndings.isGenitive(unit.folded[...], of: other)
                : PersonEndings.isGenitive(other, of: unit.folded[...])
            if isGenitive {
                pairs[place].value = max(pairs[place].value, 0.93)
                pairs[place].relation = .inflected
            } else if pairs[place].value < 0.93 || pairs[place].relation == .inflected {
                pairs[place].value *= Self.doubt
            }
        }
    }
}
