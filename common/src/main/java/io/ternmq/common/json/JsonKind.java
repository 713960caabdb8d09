package io.ternmq.common.json;

/** What a value is, told from its first character. */
enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    TEXT("a text"),
    NUMBER("a number"),
    FLAG("true or false"),
    NULL("null");

    private final String words;

    JsonKind(String words) {
        this.words = words;
    }

    /** For sentences: "a text". */
    String words() {
        return words;
    }
}
