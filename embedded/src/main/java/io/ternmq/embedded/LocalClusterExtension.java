package io.ternmq.embedded;

import io.ternmq.embedded.WithLocalCluster.Scope;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link LocalCluster} to tests. Use it through {@link WithLocalCluster}, or by itself for the defaults. Keeps no
 * state: clusters live in JUnit's store of the scope, which closes them.
 */
public final class LocalClusterExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LocalClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Optional<WithLocalCluster> wish = wishOf(context);
        ExtensionContext scope =
                wish.map(WithLocalCluster::scope).orElse(Scope.CLASS) == Scope.METHOD ? context : classOf(context);
        return scope.getStore(NAMESPACE).computeIfAbsent(LocalCluster.class, key -> start(wish), LocalCluster.class);
    }

    private static LocalCluster start(Optional<WithLocalCluster> wish) {
        LocalCluster.Builder builder = LocalCluster.builder();
        wish.ifPresent(wanted -> {
            builder.brokers(wanted.brokers());
            for (String setting : wanted.settings()) {
                int equals = setting.indexOf('=');
                if (equals < 1) {
                    throw new ParameterResolutionException(
                            "Setting \"" + setting + "\" of @WithLocalCluster is not valid: expected key=value");
                }
                builder.setting(setting.substring(0, equals), setting.substring(equals + 1));
            }
        });
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ParameterResolutionException("The local cluster did not start: " + e.getMessage(), e);
        }
    }

    private static Optional<WithLocalCluster> wishOf(ExtensionContext context) {
        Optional<ExtensionContext> each = Optional.of(context);
        while (each.isPresent()) {
            Optional<WithLocalCluster> wish =
                    each.get().getTestClass().map(type -> type.getAnnotation(WithLocalCluster.class));
            if (wish.isPresent()) {
                return wish;
            }
            each = each.get().getParent();
        }
        return Optional.empty();
    }

    // The context of a test method lies within that of its class.
    private static ExtensionContext classOf(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? context.getParent().orElse(context) : context;
    }
}
