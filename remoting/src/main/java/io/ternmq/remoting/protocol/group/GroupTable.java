package io.ternmq.remoting.protocol.group;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.util.List;

/**
 * All consumer groups of a broker; answers code 201, and is the form of a broker's own file.
 *
 * @param version of the table
 * @param groups each name once
 * @param forbidden which topics which group may not read, by group; kept for releases that know it, and written back
 */
public record GroupTable(DataVersion version, List<GroupConfig> groups, JsonObject forbidden) {
    private static final String FORBIDDEN = "forbiddenTable";

    public GroupTable {
        groups = List.copyOf(groups);
    }

    /** With nothing forbidden to any group. */
    public GroupTable(DataVersion version, List<GroupConfig> groups) {
        this(version, groups, JsonObject.empty());
    }

    public void write(JsonWriter json) {
        json.beginObject().name("dataVersion");
        version.write(json);
        if (!forbidden.isEmpty()) {
            json.name(FORBIDDEN).value(forbidden);
        }
        json.name("subscriptionGroupTable").beginObject();
        for (GroupConfig group : groups) {
            json.name(group.name());
            group.write(json);
        }
        json.endObject().endObject();
    }

    public static GroupTable read(JsonObject object) {
        return new GroupTable(
                DataVersion.read(object.object("dataVersion")),
                object.object("subscriptionGroupTable").members().stream()
                        .map(member -> GroupConfig.read(member.value().asObject()))
                        .toList(),
                object.object(FORBIDDEN));
    }
}
