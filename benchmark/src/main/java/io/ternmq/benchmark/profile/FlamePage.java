package io.ternmq.benchmark.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One file that shows a profile in any browser: style, script and drawings are in it, and it asks for nothing else.
 *
 * @param title what was profiled
 * @param facts lines above the graphs
 * @param graphs in their order
 */
record FlamePage(String title, List<String> facts, List<Graph> graphs) {
    FlamePage {
        facts = List.copyOf(facts);
        graphs = List.copyOf(graphs);
    }

    /**
     * One of its drawings.
     *
     * @param heading above it
     * @param tree that is drawn
     * @param unit of the tree's weights
     */
    record Graph(String heading, StackTree tree, String unit) {}

    String html() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(FlameGraph.escaped(title))
                .append("</title>\n<style>\n")
                .append(resource("flame.css"))
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(FlameGraph.escaped(title))
                .append("</h1>\n");
        for (String fact : facts) {
            html.append("<p>").append(FlameGraph.escaped(fact)).append("</p>\n");
        }
        html.append("<p><input type=\"search\" placeholder=\"search names\" autofocus> Point at a frame for its share;")
                .append(" click to widen it, click the top row to go back.</p>\n");
        for (Graph graph : graphs) {
            html.append("<h2>")
                    .append(FlameGraph.escaped(graph.heading()))
                    .append(" <output></output></h2>\n")
                    .append(FlameGraph.svg(graph.tree(), graph.unit()));
        }
        html.append("<script>\n").append(resource("flame.js")).append("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private static String resource(String name) {
        try (InputStream in = FlamePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " beside " + FlamePage.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
