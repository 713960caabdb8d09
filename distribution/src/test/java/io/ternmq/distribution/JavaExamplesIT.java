package io.ternmq.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that README and pages show: it compiles against what is shipped, so that it can be copied. */
final class JavaExamplesIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");
    private static final Pattern TYPE = Pattern.compile("(?m)^(public |final )*(class|interface|record) ");

    /** What examples leave out: the packages that the README names, and what every Java programmer knows. */
    private static final List<String> IMPORTED = List.of(
            "static java.nio.charset.StandardCharsets.UTF_8",
            "java.time.*",
            "java.util.*",
            "io.ternmq.client.consumer.*",
            "io.ternmq.client.consumer.listener.*",
            "io.ternmq.client.exception.*",
            "io.ternmq.client.producer.*",
            "io.ternmq.common.message.*",
            "io.ternmq.embedded.*",
            "io.ternmq.remoting.protocol.*",
            "io.ternmq.testcontainers.*",
            "org.junit.jupiter.api.Test");

    @TempDir
    Path directory;

    private record Example(String page, int number, String text) {
        @Override
        public String toString() {
            return page + " " + number;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (Stream<Path> pages = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList()
                    .stream()
                    .flatMap(JavaExamplesIT::examplesOf);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleCompiles(Example example) throws IOException {
        assertThat(problems(example.text())).isEmpty();
    }

    @Test
    void anExampleThatDoesNotCompileIsNoticed() throws IOException {
        assertThat(problems("new DefaultMQProducer(\"group\").sendNobodyKnowsThis();\n"))
                .singleElement()
                .asString()
                .contains("sendNobodyKnowsThis");
    }

    private List<String> problems(String example) throws IOException {
        Path source = Files.writeString(directory.resolve("Example.java"), source(example));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-d",
                    directory.toString(),
                    "-cp",
                    classPath(),
                    "-sourcepath", // of the one module that users have beside what is shipped
                    PROJECT.resolve("testcontainers/src/main/java").toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(source))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Diagnostic::toString)
                .toList();
    }

    // Types stand by themselves; statements get a method around them.
    private static String source(String example) {
        StringBuilder source = new StringBuilder();
        IMPORTED.forEach(name -> source.append("import ").append(name).append(";\n"));
        return TYPE.matcher(example).find()
                ? source.append(example).toString()
                : source.append("class Example {\n    void example() throws Exception {\n")
                        .append(example)
                        .append("    }\n}\n")
                        .toString();
    }

    private static Stream<Example> examplesOf(Path page) {
        try {
            List<String> blocks = JAVA_BLOCK
                    .matcher(Files.readString(page))
                    .results()
                    .map(JavaExamplesIT::text)
                    .toList();
            return Stream.iterate(0, number -> number < blocks.size(), number -> number + 1)
                    .map(number -> new Example(PROJECT.relativize(page).toString(), number + 1, blocks.get(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(MatchResult block) {
        return block.group(1);
    }

    // What is shipped, and JUnit, which the reader has anyway.
    private static String classPath() throws IOException {
        try (Stream<Path> shipped = Files.list(Distribution.BUILT.resolve("lib"))) {
            String jars =
                    String.join(File.pathSeparator, shipped.map(Path::toString).toList());
            return jars + File.pathSeparator + System.getProperty("java.class.path");
        }
    }
}
