import JSON
import SearchEngine
import ServiceAPI

/// Handlers that make and remove collections.
extension Router {
    func createCollection(_ request: Request) async throws(ProblemDetails) -> Response {
        let kind = try CollectionMessage(json: try request.json()).kind
        let isNew: Bool
        do throws(EngineError) {
            isNew = try await service.createCollection(request.collection, kind: kind)
        } catch {
            throw ProblemDetails(error)
        }
        return Response(
            status: isNew ? 201 : 200,
            [
                "collection": .string(request.collection), "kind": .string(kind),
                "status": isNew ? "created" : "unchanged",
            ])
    }

    func dropCollection(_ request: Request) async throws(ProblemDetails) -> Response {
        do throws(EngineError) {
            try await service.dropCollection(request.collection)
        } catch {
            throw ProblemDetails(error)
        }
        return Response(["collection": .string(request.collection), "status": "deleted"])
    }
}
