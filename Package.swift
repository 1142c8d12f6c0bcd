// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: Swift 6 mode, imports as arrows, warnings as errors.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

let package = Package(
    name: "izde",
    products: [
        .executable(name: "izde", targets: ["izde"]),
        .executable(name: "izded", targets: ["izded"]),
        .executable(name: "izde-bench", targets: ["izde-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

        // C targets: ICU renames its functions by macro, so Swift cannot see them;
        // checksums and sets of bits need instructions of the processor that Swift does not offer,
        // and so do calls of the system that it cannot make.
        .target(
            name: "CICU",
            linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
        .target(name: "CKernels"),

        // Leaf: the one JSON reader and writer.
        .target(name: "JSON", swiftSettings: house),

        // Engines that never meet: text, index.
        .target(
            name: "TextAnalysis", dependencies: ["CICU", "CKernels", "CStemmer"],
            swiftSettings: house),
        .target(
            name: "InvertedIndex", dependencies: ["CKernels", "CZstd", "JSON"],
            swiftSettings: house),

        // Between text and core: names are compared without any index.
        .target(
            name: "NameMatching", dependencies: ["TextAnalysis"], swiftSettings: house),

        // Core.
        .target(
            name: "SearchEngine",
            dependencies: [
                "TextAnalysis", "NameMatching", "InvertedIndex", "CKernels", "JSON",
            ],
            swiftSettings: house),

        // Adapters.
        .target(
            name: "Corpus", dependencies: ["SearchEngine", "JSON", "CLibXML2"],
            swiftSettings: house),
        .target(
            name: "TranslationLearning", dependencies: ["SearchEngine", "TextAnalysis", "JSON"],
            swiftSettings: house),
        .target(name: "ServiceAPI", dependencies: ["JSON"], swiftSettings: house),
        .target(
            name: "Service",
            dependencies: [
                "ServiceAPI", "SearchEngine", "JSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + nio,
            swiftSettings: house),

        // Programs.
        .executableTarget(
            name: "izde",
            dependencies: [
                "ServiceAPI", "JSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "izded",
            dependencies: [
                "Service", "ServiceAPI", "Corpus", "TranslationLearning", "SearchEngine",
                "NameMatching", "InvertedIndex", "TextAnalysis", "JSON", "Yams",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        .executableTarget(
            name: "izde-bench",
            dependencies: [
                "SearchEngine", "Corpus", "InvertedIndex", "TextAnalysis", "NameMatching", "JSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["InvertedIndex", "JSON"],
            path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(
            name: "JSONTests", dependencies: ["JSON", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "TextAnalysisTests", dependencies: ["TextAnalysis", "TestSupport"],
            exclude: ["Golden", "Languages"], swiftSettings: house),
        .testTarget(
            name: "NameMatchingTests",
            dependencies: ["NameMatching", "TextAnalysis", "TestSupport"],
            exclude: ["names.tsv"], swiftSettings: house),
        .testTarget(
            name: "InvertedIndexTests", dependencies: ["InvertedIndex", "TestSupport"],
            exclude: ["Golden"], swiftSettings: house),
        .testTarget(
            name: "SearchEngineTests",
            dependencies: [
                "SearchEngine", "NameMatching", "InvertedIndex", "TextAnalysis", "JSON",
                "TestSupport",
            ],
            exclude: ["Spelling/kazakh.tsv", "Golden"], swiftSettings: house),
        .testTarget(
            name: "CorpusTests", dependencies: ["Corpus", "SearchEngine", "JSON", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "TranslationLearningTests",
            dependencies: [
                "TranslationLearning", "SearchEngine", "TextAnalysis", "JSON", "TestSupport",
            ],
            exclude: ["Golden"], swiftSettings: house),
        .testTarget(
            name: "ServiceAPITests", dependencies: ["ServiceAPI", "JSON"], swiftSettings: house),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Service", "ServiceAPI", "SearchEngine", "InvertedIndex", "JSON", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "izde", "izded", "izde-bench", "Service", "ServiceAPI", "SearchEngine",
                "TextAnalysis", "JSON", "TestSupport",
            ],
            exclude: ["seed-queries.tsv", "Packaging/install-rounds"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz`: programs that libFuzzer drives, and all of our code built for them. Not there
// otherwise, since none links without libFuzzer.
if Context.environment["IZDE_FUZZ"] != nil {
    let sanitized = ["-sanitize=fuzzer,address", "-enable-testing"]
    package.products = []
    package.targets.removeAll { $0.type == .executable || $0.type == .test }
    // Of the client what reads foreign bytes.
    let client = Target.target(
        name: "izde", path: "Sources/izde/Connection",
        exclude: [
            "DaemonClient.swift", "Errno.swift", "SocketAdvice.swift", "UnixConnection.swift",
        ], swiftSettings: house)
    package.targets.append(client)
    package.targets += [
        .target(
            name: "FuzzSupport", dependencies: ["CKernels"], path: "Tests/Fuzz/Support",
            swiftSettings: house),
        .target(
            name: "FuzzTables", dependencies: ["NameMatching", "TextAnalysis"],
            path: "Tests/Fuzz/Tables", swiftSettings: house),
        .target(
            name: "FuzzEngine", dependencies: ["SearchEngine", "JSON", "FuzzTables"],
            path: "Tests/Fuzz/Engine", swiftSettings: house),
    ]
    let fuzzers: KeyValuePairs<String, [Target.Dependency]> = [
        "Analyzer": ["TextAnalysis", "FuzzTables"], "Corpus": ["Corpus"],
        "Deletions": ["InvertedIndex", "TestSupport"], "Filter": ["SearchEngine"],
        "HTTP": ["Service", "ServiceAPI", "SearchEngine", "FuzzEngine"],
        "Highlight": ["SearchEngine", "JSON", "FuzzEngine"], "JSON": ["JSON"],
        "Log": ["InvertedIndex", "TestSupport"], "Manifest": ["InvertedIndex", "JSON"],
        "Names": ["NameMatching", "SearchEngine", "TextAnalysis", "FuzzTables"],
        "Query": ["SearchEngine"],
        "Requests": ["Service", "ServiceAPI", "SearchEngine", "JSON"], "Response": ["izde"],
        "Segment": ["InvertedIndex", "TestSupport"],
    ]
    for (name, dependencies) in fuzzers {
        package.targets.append(
            .executableTarget(
                name: "fuzz-\(name.lowercased())", dependencies: ["FuzzSupport"] + dependencies,
                path: "Tests/Fuzz",
                exclude: fuzzers.filter { $0.key != name }.map { "\($0.key)Target.swift" }
                    + ["Support", "Tables", "Engine", "Seeds"],
                sources: ["\(name)Target.swift"], swiftSettings: house,
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
    }
    for target in package.targets {
        if target.swiftSettings != nil { target.swiftSettings?.append(.unsafeFlags(sanitized)) }
        if ["CICU", "CKernels"].contains(target.name) {
            target.cSettings = [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]
        }
    }
}
