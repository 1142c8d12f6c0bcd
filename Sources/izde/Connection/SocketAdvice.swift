import Glibc

/// What to do when a socket cannot be reached.
enum SocketAdvice {
    /// Advice for the code with which `connect` failed, `nil` if there is none.
    static func text(path: String, code: Int32) -> String? {
        switch code {
        case ENOENT:
            return "Is the daemon running? Start it: izded serve"
        case ECONNREFUSED:
            return "Its daemon has ended without removing it. Start it again: izded serve"
        case EACCES, EPERM:
            return permission(group: groupName(of: path), isMember: isMember(of: path))
        default: return nil
        }
    }

    /// Advice on permission; the group is that of the socket.
    static func permission(group: String?, isMember: Bool) -> String {
        guard let group, !isMember else { return "Ask the owner of the daemon for access" }
        return "You are not in group \"\(group)\"; try: sudo usermod -aG \(group) $USER, "
            + "then log in again"
    }

    /// The group of the socket, or of its folder where the socket cannot be seen.
    private static func groupID(of path: String) -> gid_t? {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_gid }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return nil }
        return stat(String(path[..<slash]), &status) == 0 ? status.st_gid : nil
    }

    private static func groupName(of path: String) -> String? {
        guard let group = groupID(of: path), let entry = getgrgid(group),
            let name = entry.pointee.gr_name
        else { return nil }
        let text = String(cString: name)
        // Root's group is not one to join.
        return group == 0 ? nil : text
    }

    private static func isMember(of path: String) -> Bool {
        guard let group = groupID(of: path) else { return false }
        if getegid() == group { return true }
        var groups = [gid_t](repeating: 0, count: 1024)
        let count = getgroups(Int32(groups.count), &groups)
        return groups.prefix(max(0, Int(count))).contains(group)
    }
}
