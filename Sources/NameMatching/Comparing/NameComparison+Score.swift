import TextAnalysis

/// What the alignment of two names is worth.
extension NameComparison {
    /// The score of the alignment, with its reasons if wanted.
    func score(_ context: NameContext, explains: Bool) -> NameLikeness {
        let left = askedParts[context.rawValue]
        let right = foundParts
        let weigher = Weigher(
            patronymic: left.hasPatronymic && right.hasPatronymic
                ? weights.patronymic : weights.lonePatronymic)
        var tally = NameTally()
        for pair in alignment.pairs {
            var askedWeight = weigher.weight(left, pair.asked)
            var foundWeight = weigher.weight(right, pair.found)
            switch pair.relation {
            case .patronymic:
                // A surname of -ұлы counts as the surname that it is paired with.
                askedWeight = max(askedWeight, foundWeight)
                foundWeight = askedWeight
            case .initial
            where pair.asked.contains { left[$0].role == .initial }
                || pair.found.contains { right[$0].role == .initial }:
                askedWeight = min(askedWeight, weights.initial)
                foundWeight = min(foundWeight, weights.initial)
            case .acronym:
                askedWeight = max(askedWeight, foundWeight)
                foundWeight = askedWeight
                tally.hasAcronym = true
            default: break
            }
            tally.matched(
                asked: askedWeight, found: foundWeight, value: pair.value,
                kind: pair.asked.first.flatMap { left[$0].kind },
                isIdentity: pair.asked.contains { left[$0].isIdentity })
        }
        for place in left.parts.indices where !alignment.takenAsked.contains(place) {
            let weight = weigher.weight(left[place])
            if isLocation(place) {
                tally.located(weight: weight, value: weights.locationMatch)
            } else {
                tally.missing(left[place], weight: weight)
            }
        }
        for place in right.parts.indices where !alignment.takenFound.contains(place) {
            var part = right[place]
            var weight = weigher.weight(part)
            if tally.hasAcronym {
                // Acronyms do not tell eponyms.
                if part.isIdentity {
                    weight *= weights.unspokenEponym
                    part.kind = nil
                }
            }
            // «Университет Сатпаева» does without them too.
            if part.kind == .status, tally.hasAcronym || tally.hasIdentity {
                weight *= weights.unspokenStanding
            }
            tally.surplus(part, weight: weight)
        }
        // A surname or a place alone is no institution that is named after it.
        tally.isBare = left.isBare || right.isBare
        var likeness = NameLikeness(score: tally.score(context, weights))
        if explains { likeness.pairs = reasons(left, right, weigher, tally.askedWeight) }
        return likeness
    }

    /// Whether a part of the asked name is a place in which the found entity is.
    private func isLocation(_ place: Int) -> Bool {
        !locations.isEmpty && asked[place].concepts.contains { locations.contains($0) }
    }

    /// Weighs parts, where patronymics count by whether both names have one.
    private struct Weigher {
        var patronymic: Float

        func weight(_ part: NamePart) -> Float {
            part.role == .patronymic ? patronymic : part.weight
        }

        func weight(_ parts: NameParts, _ places: PlaceSet) -> Float {
            var sum: Float = 0
            for place in places { sum += weight(parts[place]) }
            return sum
        }
    }

    private func reasons(
        _ left: NameParts, _ right: NameParts, _ weigher: Weigher, _ total: Float
    ) -> [NameLikeness.Pair] {
        let total = max(total, 0.001)
        var pairs: [NameLikeness.Pair] = []
        for pair in alignment.pairs {
            pairs.append(
                .init(
                    asked: Array(pair.asked), found: Array(pair.found), relation: pair.relation,
                    score: pair.value, weight: min(1, weigher.weight(left, pair.asked) / total)))
        }
        for place in left.parts.indices where !alignment.takenAsked.contains(place) {
            let isLocation = isLocation(place)
            pairs.append(
                .init(
                    asked: [place], found: [], relation: isLocation ? .location : .missing,
                    score: isLocation ? weights.locationMatch : 0,
                    weight: min(1, weigher.weight(left[place]) / total)))
        }
        for place in right.parts.indices where !alignment.takenFound.contains(place) {
            pairs.append(
                .init(
                    asked: [], found: [place], relation: .surplus, score: 0,
                    weight: min(1, weigher.weight(right[place]) / total)))
        }
        return pairs
    }
}
