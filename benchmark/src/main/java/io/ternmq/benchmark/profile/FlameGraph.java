package io.ternmq.benchmark.profile;

import io.ternmq.benchmark.profile.StackTree.Node;
import java.util.Locale;

/**
 * Draws a {@link StackTree}: a row for each depth, outermost on top, and each frame as wide as its share of the whole. Every
 * measure across is a percentage, so that the drawing takes what width there is. Stateless.
 */
final class FlameGraph {
    static final int ROW_PIXELS = 18;

    /** Narrower frames cannot be seen, and would be most of the file. */
    private static final double LEAST_PERCENT = 0.05;

    private static final double ALL_PERCENT = 100;

    private final StringBuilder svg = new StringBuilder();
    private final long whole;
    private final String unit;
    private int rows;

    private FlameGraph(long whole, String unit) {
        this.whole = whole;
        this.unit = unit;
    }

    /**
     * Returns an {@code svg} element.
     *
     * @param unit of the tree's weights, such as {@code samples}
     */
    static String svg(StackTree tree, String unit) {
        FlameGraph graph = new FlameGraph(tree.root().weight(), unit);
        if (graph.whole > 0) {
            graph.draw(tree.root(), 0, 0);
        }
        return String.format(
                Locale.ROOT,
                "<svg class=\"graph\" width=\"100%%\" height=\"%d\">%n%s</svg>%n",
                graph.rows * ROW_PIXELS,
                graph.svg);
    }

    private void draw(Node node, double leftPercent, int row) {
        double widthPercent = ALL_PERCENT * node.weight() / whole;
        if (widthPercent < LEAST_PERCENT) {
            return;
        }
        rows = Math.max(rows, row + 1);
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"frame %s\" x=\"%2$.3f%%\" y=\"%4$d\" width=\"%3$.3f%%\" height=\"%5$d\""
                        + " data-left=\"%2$.3f\" data-width=\"%3$.3f\"><title>%6$s: %3$.2f %% (%7$,d %8$s)</title>"
                        + "<rect width=\"100%%\" height=\"100%%\"/><text x=\"3\" y=\"13\">%9$s</text></svg>%n",
                kind(node.name()),
                leftPercent,
                widthPercent,
                row * ROW_PIXELS,
                ROW_PIXELS - 1,
                escaped(node.name()),
                node.weight(),
                unit,
                escaped(FrameNames.shortened(node.name()))));
        double left = leftPercent;
        for (Node child : node.children()) {
            draw(child, left, row + 1);
            left += ALL_PERCENT * child.weight() / whole;
        }
    }

    /** Whose code it is, as the style sheet colours it. */
    static String kind(String name) {
        if (name.startsWith("io.ternmq.")) {
            return "ours";
        }
        if (name.startsWith("org.apache.rocketmq.")) {
            return "official";
        }
        if (name.startsWith("io.netty.")) {
            return "netty";
        }
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.") ? "java" : "other";
    }

    /** Names hold {@code <init>}, and lambdas of the JVM more. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
