package io.ternmq.benchmark.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** What frames, threads and classes are called in a profile: alike where they mean the same. Stateless. */
final class FrameNames {
    // What follows differs from run to run, and from one lambda of a class to the next.
    private static final Pattern HIDDEN_CLASS = Pattern.compile("(\\$\\$Lambda|[/+.]0x|\\.\\d).*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z_][a-z0-9_]*\\.)+(?=[A-Z])");

    private FrameNames() {}

    /** The frames of a trace, from the outermost to the innermost. */
    static List<String> of(RecordedStackTrace trace) {
        List<String> names = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod method = frame.getMethod();
            names.add(type(method.getType().getName()) + "." + method.getName());
        }
        Collections.reverse(names);
        return names;
    }

    /** A class as it is written in Java; JDKs differ in how they report arrays. */
    static String type(String recorded) {
        int dimensions = 0;
        while (dimensions < recorded.length() && recorded.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = dimensions == 0 ? recorded : element(recorded.substring(dimensions));
        Matcher hidden = HIDDEN_CLASS.matcher(element);
        String visible = hidden.find() ? element.substring(0, hidden.start()) + lambda(hidden.group(1)) : element;
        return visible + "[]".repeat(dimensions);
    }

    private static String lambda(String mark) {
        return mark.startsWith("$") ? mark : "";
    }

    private static String element(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            default -> descriptor.substring(1, descriptor.length() - 1); // Ljava.lang.String;
        };
    }

    /** Threads of one pool under one name: numbers become {@code N}. */
    static String thread(String name) {
        return NUMBER.matcher(name).replaceAll("N");
    }

    /** Without packages, for narrow places. */
    static String shortened(String name) {
        return PACKAGES.matcher(name).replaceAll("");
    }
}
