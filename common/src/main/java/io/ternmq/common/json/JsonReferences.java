package io.ternmq.common.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts back what a writer left out because it had written the same object before: {@code {"$ref":"$.path.to[2]"}}.
 * References to something that holds references itself, relative ones, and those that lead nowhere stay as they are: a
 * tree is never cyclic. All that is put back counts against the limit of values, so that a short text cannot unfold
 * into an endless one. Lives for one text.
 */
final class JsonReferences {
    static final String NAME = "$ref";
    private static final String ROOT = "$";

    private final JsonValue root;
    private final int valuesMax;
    private int values;

    JsonReferences(JsonValue root, int valuesMax) {
        this.root = root;
        this.valuesMax = valuesMax;
    }

    JsonValue resolved() {
        return resolved(root);
    }

    private JsonValue resolved(JsonValue value) {
        if (value instanceof JsonObject object) {
            String path = referenceOf(object);
            return path == null ? resolvedMembers(object) : target(object, path);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.map(this::resolved));
        }
        return value;
    }

    private JsonObject resolvedMembers(JsonObject object) {
        List<JsonMember> members = new ArrayList<>(object.members().size());
        for (JsonMember member : object.members()) {
            members.add(new JsonMember(member.key(), resolved(member.value())));
        }
        return new JsonObject(members);
    }

    private JsonValue target(JsonObject reference, String path) {
        JsonValue target = path.startsWith(ROOT) ? walk(path.substring(ROOT.length())) : null;
        return target == null || holdsReference(target) ? reference : target;
    }

    private JsonValue walk(String path) {
        JsonValue here = root;
        int next = 0;
        while (here != null && next < path.length()) {
            int end = path.charAt(next) == '[' ? path.indexOf(']', next) : endOfName(path, next + 1);
            if (end < 0) {
                return null;
            }
            here = path.charAt(next) == '['
                    ? element(here, path.substring(next + 1, end))
                    : member(here, path.substring(next + 1, end));
            next = path.charAt(next) == '[' ? end + 1 : end;
        }
        return here;
    }

    private static int endOfName(String path, int from) {
        int end = from;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    private static JsonValue member(JsonValue value, String name) {
        return value instanceof JsonObject object ? object.find(name).orElse(null) : null;
    }

    private static JsonValue element(JsonValue value, String index) {
        if (!(value instanceof JsonArray array) || !index.matches("\\d{1,7}")) {
            return null;
        }
        int number = Integer.parseInt(index);
        return number < array.size() ? array.get(number) : null;
    }

    private boolean holdsReference(JsonValue value) {
        if (++values > valuesMax) {
            throw new JsonException("References unfold to more than " + valuesMax + " values");
        }
        if (value instanceof JsonObject object) {
            return referenceOf(object) != null
                    || object.members().stream().anyMatch(member -> holdsReference(member.value()));
        }
        return value instanceof JsonArray array && array.values().stream().anyMatch(this::holdsReference);
    }

    private static String referenceOf(JsonObject object) {
        if (object.members().size() != 1 || !object.members().get(0).name().equals(NAME)) {
            return null;
        }
        return object.members().get(0).value() instanceof JsonScalar scalar ? scalar.asText() : null;
    }
}
