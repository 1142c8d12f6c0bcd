# From the configuration of the project to that of a system: each of these lines has to be there once.
BEGIN {
    system_line["  path: run/izded.sock"] = "  path: /run/izde/izded.sock"
    system_line["  group: \"\""] = "  group: izde"
    system_line["data: index/data"] = "data: /var/lib/izde"
}
$0 in system_line { count[$0]++; $0 = system_line[$0] }
{ print }
END {
    for (line in system_line)
        if (count[line] != 1) {
            print "config/izde.yaml: expected once: " line > "/dev/stderr"
            exit 1
        }
}
