package io.ternmq.testcontainers;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for an engine, and builds the image once for all test classes. */
final class EngineExtension implements ExecutionCondition, BeforeAllCallback {
    /** Of this run alone: several builds may run on one machine, each with an image of its own. */
    static final String IMAGE = "ternmq-it:" + ProcessHandle.current().pid();

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String ABSENT = "no container engine answers";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Shell.run(PROJECT, Map.of(), "docker", "version").isSuccess()) {
            return ConditionEvaluationResult.enabled("an engine answers");
        }
        if (Boolean.getBoolean("containers.required")) {
            throw new ExtensionConfigurationException(ABSENT + ", and -Dcontainers.required=true asks for one:"
                    + " distribution/docker/engine starts it");
        }
        System.out.println("SKIPPED " + context.getDisplayName() + ": " + ABSENT
                + "; distribution/docker/engine starts one on Debian or Ubuntu");
        return ConditionEvaluationResult.disabled(ABSENT);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(IMAGE, EngineExtension::build);
    }

    private static AutoCloseable build(String image) {
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        Shell.run(PROJECT, environment, "distribution/docker/image", image).expectSuccess();
        return () -> Shell.run(PROJECT, Map.of(), "docker", "rmi", image).expectSuccess();
    }
}
