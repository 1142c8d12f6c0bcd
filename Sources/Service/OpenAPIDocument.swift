import JSON
import ServiceAPI

/// The OpenAPI 3.1 document of the daemon, built from the route table and the fields of the
/// messages, so that it cannot say anything else than the router does.
enum OpenAPIDocument {
    /// The document as JSON text.
    static let bytes = json.bytes

    /// The document.
    static let json: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "izde", "version": .string(ProgramVersion.current),
            "description": "Full-text search for Kazakh, Russian and English over a Unix socket.",
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
        ],
        "servers": [["url": "http://izde", "description": "The Unix socket of the daemon"]],
        "paths": paths,
        "components": ["schemas": ["Problem": problem]],
    ]

    private static var paths: JSONValue {
        var paths = JSONObject()
        for route in Routes.all {
            var operations = paths[route.template]?.object ?? JSONObject()
            operations[route.method.rawValue.lowercased()] = operation(route)
            paths[route.template] = .object(operations)
        }
        return .object(paths)
    }

    private static func operation(_ route: Route) -> JSONValue {
        var operation = JSONObject([
            "operationId": .string(route.endpoint.rawValue), "summary": .string(route.purpose),
            "x-read-only": .bool(route.isReadOnly), "x-admin": .bool(route.isAdmin),
        ])
        let parameters =
            route.parameterNames.map(pathParameter)
            + (querySchema(route.endpoint)?.fields ?? []).flatMap(queryParameters)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = requestBody(route.endpoint) { operation["requestBody"] = body }
        operation["responses"] = responses(route.endpoint)
        return .object(operation)
    }

    private static func pathParameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "schema": ["type": "string"],
        ]
    }

    /// The parameters of a field: itself, or one for each field of an object.
    private static func queryParameters(_ field: MessageField) -> [JSONValue] {
        if case .object(let inner) = field.kind {
            return inner.map { queryParameter("\(field.name).\($0.name)", $0) }
        }
        return [queryParameter(field.name, field)]
    }

    private static func queryParameter(_ name: String, _ field: MessageField) -> JSONValue {
        var parameter = JSONObject([
            "name": .string(name), "in": "query", "required": .bool(field.isRequired),
            "schema": field.schema,
        ])
        if field.kind == .strings {
            // Lists are written with commas, not as a repeated parameter.
            parameter["style"] = "form"
            parameter["explode"] = false
        }
        return .object(parameter)
    }

    private static func querySchema(_ endpoint: Endpoint) -> MessageSchema? {
        switch endpoint {
        case .searchByQueryString: SearchMessage.schema
        case .suggest: SuggestMessage.schema
        case .namesByQueryString: NamesMessage.schema
        case .stats: StatsParameters.schema
        case .getDocument: DocumentParameters.schema
        case .listDocuments: ListParameters.schema
        case .addDocuments, .deleteDocument, .deleteDocuments: WriteParameters.schema
        case .root, .openAPI, .metrics, .live, .health, .search, .multiSearch, .names, .match,
            .analyze, .explain, .createCollection, .dropCollection, .takeSnapshot, .reload,
            .compact, .verify:
            nil
        }
    }

    private static func requestBody(_ endpoint: Endpoint) -> JSONValue? {
        let schema: MessageSchema
        switch endpoint {
        case .search: schema = SearchMessage.schema
        case .multiSearch: schema = MultiSearchMessage.schema
        case .names: schema = NamesMessage.schema
        case .match: schema = MatchMessage.schema
        case .analyze: schema = AnalyzeMessage.schema
        case .explain: schema = ExplainMessage.schema
        case .createCollection: schema = CollectionMessage.schema
        case .deleteDocuments: schema = DeletionMessage.schema
        case .takeSnapshot:
            return body(SnapshotMessage.schema, isRequired: false)
        case .compact, .verify:
            return body(MaintenanceMessage.schema, isRequired: false)
        case .addDocuments:
            let document: JSONValue = [
                "type": "object", "required": ["id"],
                "properties": ["id": ["type": "string", "minLength": 1]],
            ]
            return [
                "required": true,
                "content": [
                    "application/x-ndjson": ["schema": document],
                    "application/json": [
                        "schema": ["oneOf": [["type": "array", "items": document], document]]
                    ],
                ],
            ]
        case .root, .openAPI, .metrics, .live, .health, .stats, .searchByQueryString, .suggest,
            .namesByQueryString, .dropCollection, .listDocuments, .getDocument, .deleteDocument,
            .reload:
            return nil
        }
        return body(schema, isRequired: true)
    }

    private static func body(_ schema: MessageSchema, isRequired: Bool) -> JSONValue {
        [
            "required": .bool(isRequired),
            "content": ["application/json": ["schema": schema.json]],
        ]
    }

    private static func responses(_ endpoint: Endpoint) -> JSONValue {
        let mediaTypes: [String]
        switch endpoint {
        case .addDocuments: mediaTypes = ["application/x-ndjson"]
        case .listDocuments: mediaTypes = ["application/json", "application/x-ndjson"]
        case .metrics: mediaTypes = ["text/plain"]
        default: mediaTypes = ["application/json"]
        }
        var content = JSONObject()
        for type in mediaTypes {
            content[type] = ["schema": ["type": type == "text/plain" ? "string" : "object"]]
        }
        var responses = JSONObject()
        let success: [String] =
            switch endpoint {
            case .createCollection: ["200", "201"]
            case .addDocuments, .deleteDocument, .deleteDocuments: ["200", "202"]
            case .takeSnapshot: ["201"]
            default: ["200"]
            }
        for status in success {
            responses[status] = ["description": "Done", "content": .object(content)]
        }
        responses["default"] = [
            "description": "An error",
            "content": [
                ProblemDetails.mediaType: ["schema": ["$ref": "#/components/schemas/Problem"]]
            ],
        ]
        return .object(responses)
    }

    private static var problem: JSONValue {
        [
            "type": "object", "required": ["type", "title", "status", "code"],
            "properties": [
                "type": ["type": "string"], "title": ["type": "string"],
                "status": ["type": "integer"], "detail": ["type": "string"],
                "code": [
                    "type": "string",
                    "enum": .array(ProblemCode.allCases.map { .string($0.rawValue) }),
                ],
                "param": ["type": "string"],
                "position": [
                    "type": "object",
                    "properties": [
                        "start": ["type": "integer"], "length": ["type": "integer"],
                    ],
                ],
                "suggestion": ["type": "string"], "instance": ["type": "string"],
            ],
        ]
    }
}
