import JSON
import SearchEngine
import ServiceAPI

/// Handlers for those who run the daemon.
extension Router {
    func takeSnapshot(_ request: Request) async throws(ProblemDetails) -> Response {
        let message = try SnapshotMessage(json: try request.json())
        let report: SnapshotReport
        do throws(EngineError) {
            report = try await service.takeSnapshot(named: message.name)
        } catch {
            throw ProblemDetails(error)
        }
        return Response(
            status: 201,
            [
                "name": .string(report.name), "path": .string(report.path),
                "bytes": .integer(Int64(report.byteCount)),
                "collections": .array(
                    report.collections.map { collection in
                        [
                            "name": .string(collection.name),
                            "generation": .integer(Int64(clamping: collection.generation)),
                            "documents": .integer(Int64(collection.documents)),
                        ]
                    }),
            ])
    }

    func reload(_ request: Request) async throws(ProblemDetails) -> Response {
        _ = try MessageSchema.empty.check(try request.json())
        guard let reloader else {
            throw ProblemDetails(.invalidConfiguration, "The daemon was started without files")
        }
        let result: Result<[String], ReloadError> = await maintenance.value {
            do throws(ReloadError) {
                return .success(try reloader.reload())
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let names):
            return Response(
                .object(
                    JSONObject([
                        "status": "reloaded", "needsRestart": JSONValue(strings: names),
                    ])))
        case .failure(let error):
            throw ProblemDetails(.invalidConfiguration, "\(error); the old configuration stays")
        }
    }

    func compact(_ request: Request) async throws(ProblemDetails) -> Response {
        let message = try MaintenanceMessage(json: try request.json())
        let compacted: [(name: String, generation: UInt64)]
        do throws(EngineError) {
            compacted = try await service.compact(collection: message.collection)
        } catch {
            throw ProblemDetails(error)
        }
        return Response([
            "collections": .array(
                compacted.map { collection in
                    [
                        "name": .string(collection.name),
                        "generation": .integer(Int64(clamping: collection.generation)),
                    ]
                })
        ])
    }

    /// Reads everything, on a thread of its own.
    ///
    /// Damage is an answer, not an error: 200 with `sound` false.
    func verify(_ request: Request) async throws(ProblemDetails) -> Response {
        let message = try MaintenanceMessage(json: try request.json())
        let service = service
        let result: Result<[VerifyReport], EngineError> = await maintenance.value {
            do throws(EngineError) {
                return .success(try service.verify(collection: message.collection))
            } catch {
                return .failure(error)
            }
        }
        let reports: [VerifyReport]
        do throws(EngineError) {
            reports = try result.get()
        } catch {
            throw ProblemDetails(error)
        }
        let collections = reports.map { report -> JSONValue in
            [
                "name": .string(report.collection),
                "generation": .integer(Int64(clamping: report.generation)),
                "documents": .integer(Int64(report.documents)),
                "bytes": .integer(Int64(report.byteCount)),
                "errors": JSONValue(strings: report.errors),
            ]
        }
        let isSound = reports.allSatisfy(\.errors.isEmpty)
        return Response(["sound": .bool(isSound), "collections": .array(collections)])
    }
}
