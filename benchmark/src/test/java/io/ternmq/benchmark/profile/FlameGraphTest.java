package io.ternmq.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.profile.FlamePage.Graph;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class FlameGraphTest {
    private final StackTree tree = new StackTree();

    private List<Element> frames() throws ParserConfigurationException, IOException, SAXException {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(FlameGraph.svg(tree, "samples"))))
                .getDocumentElement()
                .getElementsByTagName("svg");
        List<Element> frames = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            frames.add((Element) found.item(i));
        }
        return frames;
    }

    private static String title(Element frame) {
        return frame.getElementsByTagName("title").item(0).getTextContent();
    }

    @Test
    void framesAreAsWideAsTheirShareAndSideBySide() throws Exception {
        tree.add(List.of("io.ternmq.Server.run", "decode"), 1);
        tree.add(List.of("io.ternmq.Server.run", "send"), 3);

        List<Element> frames = frames();

        assertThat(frames)
                .extracting(FlameGraphTest::title)
                .containsExactly(
                        "all: 100.00 % (4 samples)",
                        "io.ternmq.Server.run: 100.00 % (4 samples)",
                        "decode: 25.00 % (1 samples)",
                        "send: 75.00 % (3 samples)");
        assertThat(frames)
                .extracting(frame -> frame.getAttribute("x"))
                .containsExactly("0.000%", "0.000%", "0.000%", "25.000%");
        assertThat(frames).extracting(frame -> frame.getAttribute("y")).containsExactly("0", "18", "36", "36");
        assertThat(frames.get(1).getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo("Server.run");
    }

    @Test
    void namesWithMarkupCharactersStayText() throws Exception {
        tree.add(List.of("Foo.<init>", "a&b\"c"), 1);

        assertThat(FlameGraph.svg(tree, "samples"))
                .contains("Foo.&lt;init&gt;", "a&amp;b&quot;c")
                .doesNotContain("<init>");
        assertThat(frames()).extracting(FlameGraphTest::title).anyMatch(title -> title.startsWith("Foo.<init>:"));
    }

    @Test
    void framesTooNarrowToSeeAreLeftOut() throws Exception {
        tree.add(List.of("wide"), 9_999);
        tree.add(List.of("narrow"), 1);

        assertThat(frames()).extracting(FlameGraphTest::title).noneMatch(title -> title.startsWith("narrow"));
        assertThat(frames()).hasSize(2);
    }

    @Test
    void emptyTreeIsAnEmptyDrawing() throws Exception {
        assertThat(frames()).isEmpty();
    }

    @Test
    void colourTellsWhoseCodeItIs() {
        assertThat(FlameGraph.kind("io.ternmq.broker.Broker.start")).isEqualTo("ours");
        assertThat(FlameGraph.kind("org.apache.rocketmq.store.CommitLog.putMessage"))
                .isEqualTo("official");
        assertThat(FlameGraph.kind("io.netty.channel.epoll.EpollIoHandler.run")).isEqualTo("netty");
        assertThat(FlameGraph.kind("java.util.HashMap.put")).isEqualTo("java");
        assertThat(FlameGraph.kind("net-io-N")).isEqualTo("other");
    }

    @Test
    void pageNeedsNothingButItself() {
        tree.add(List.of("Foo.<init>"), 1);

        String html = new FlamePage("a < b", List.of("c & d"), List.of(new Graph("Time", tree, "samples"))).html();

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>a &lt; b</title>", "<p>c &amp; d</p>", "<svg class=\"graph\"", "type=\"search\"")
                .contains("function search(")
                .doesNotContain("http:", "https:", " src=", "<link");
    }
}
