import SearchEngine
import ServiceAPI

/// The numbers of the daemon as a monitor reads them.
extension Router {
    /// All numbers.
    ///
    /// Labels are routes, statuses, and names of collections: nothing that a client can make up.
    func exposition() -> [UInt8] {
        var text = PrometheusText()
        addRequests(to: &text)
        addConnections(to: &text)
        addCollections(to: &text)
        addProcess(to: &text)
        return text.bytes
    }

    private func addRequests(to text: inout PrometheusText) {
        let routes = metrics.allRoutes
        text.add(
            "izde_requests_total", .counter, "Requests answered, by route and status",
            routes.flatMap { counters in
                counters.statusCounts.map { status, count in
                    (
                        counters.labels + [("status", status.map { String($0) } ?? "other")],
                        Double(count)
                    )
                }
            })
        text.addHistogram(
            "izde_request_duration_seconds", "From the end of the header to the answer",
            bounds: RouteCounters.bounds.map { Double($0) / 1e6 },
            routes.compactMap { counters in
                let counts = counters.bucketCounts
                guard counts.contains(where: { $0 > 0 }) else { return nil }
                return (counters.labels, counts, counters.seconds)
            })
        text.add(
            "izde_requests_in_flight", .gauge, "Requests that are worked at",
            Double(metrics.inFlight.value))
        text.add(
            "izde_requests_shed_total", .counter, "Requests answered 503 because of too many",
            Metrics.Shedding.allCases.map { reason in
                ([("reason", reason.rawValue)], Double(metrics.count(of: reason)))
            })
        text.add(
            "izde_searches_abandoned_total", .counter,
            "Searches not begun because the client had left", Double(metrics.abandoned.value))
    }

    private func addConnections(to text: inout PrometheusText) {
        text.add(
            "izde_connections", .gauge, "Open connections",
            Double(metrics.openConnectionCount))
        text.add(
            "izde_connections_accepted_total", .counter, "Connections accepted",
            Double(metrics.accepted.value))
        text.add(
            "izde_connections_timed_out_total", .counter,
            "Deadlines of connections that passed, idle ones included",
            Double(metrics.timeouts.value))
    }

    private func addCollections(to text: inout PrometheusText) {
        let conditions = service.conditions
        func add(
            _ name: String, _ kind: PrometheusText.Kind, _ help: String,
            _ value: (CollectionCondition) -> Double
        ) {
            text.add(
                "izde_collection_\(name)", kind, help,
                conditions.map { ([("collection", $0.name)], value($0)) })
        }
        add("documents", .gauge, "Documents") { Double($0.documents) }
        add("deleted_documents", .gauge, "Deleted documents that take space") { Double($0.deleted) }
        add("generation", .gauge, "The generation that is searched") { Double($0.generation) }
        add("segments", .gauge, "Segments") { Double($0.segments) }
        add("bytes", .gauge, "The size of the segments") { Double($0.byteCount) }
        add("wal_bytes", .gauge, "The size of the write-ahead log") { Double($0.logByteCount) }
        add("last_fsync_seconds", .gauge, "What the last sync of the log took") {
            $0.lastSyncSeconds
        }
        add("commits_total", .counter, "Commits since the start") { Double($0.commitCount) }
        add("merges_total", .counter, "Merges since the start") { Double($0.mergeCount) }
        add("merge_seconds_total", .counter, "What merges took since the start") {
            $0.mergeSeconds
        }
        add("write_failed", .gauge, "1 if nothing is written until the next start") {
            $0.writeFailure == nil ? 0 : 1
        }
        add("damaged", .gauge, "1 if it cannot be searched") { $0.damage == nil ? 0 : 1 }
        add("reindex_required", .gauge, "1 if another analysis built it") {
            $0.isReindexRequired ? 1 : 0
        }
        text.add(
            "izde_corrupt_detected_total", .counter, "How often damage was detected",
            Double(service.damageCount))
    }

    private func addProcess(to text: inout PrometheusText) {
        let figures = ProcessFigures()
        text.add(
            "izde_ready", .gauge, "1 if the daemon can do its work",
            readiness.phase == .serving && service.conditions.allSatisfy { $0.writeFailure == nil }
                ? 1 : 0)
        text.add(
            "process_resident_memory_bytes", .gauge, "Memory in use",
            Double(figures.residentByteCount))
        text.add(
            "process_open_fds", .gauge, "Open file descriptors", Double(figures.descriptorCount))
        text.add(
            "process_max_fds", .gauge, "The most file descriptors that may be open",
            Double(figures.allowedDescriptorCount))
        text.add(
            "process_cpu_seconds_total", .counter, "Time on the processors",
            figures.processorSeconds)
    }
}

extension RouteCounters {
    /// The route as labels.
    fileprivate var labels: [(String, String)] {
        [("route", route?.template ?? "none"), ("method", route?.method.rawValue ?? "none")]
    }
}
