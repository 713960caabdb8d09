package io.ternmq.embedded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a {@link LocalCluster}, as parameter of constructors, test methods and methods before and
 * after them. It is started when it is first asked for and closed when its scope ends.
 *
 * <pre>{@code
 * @WithLocalCluster
 * class OrderServiceTest {
 *     @Test
 *     void ordersArrive(LocalCluster cluster) { ... }
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalClusterExtension.class)
public @interface WithLocalCluster {

    /** How long one cluster lives. */
    enum Scope {
        /** All tests of the class share one. */
        CLASS,
        /** Each test has its own. */
        METHOD
    }

    /** How long one cluster lives. */
    Scope scope() default Scope.CLASS;

    /** How many brokers. */
    int brokers() default 1;

    /** Settings of the brokers, {@code key=value} each. */
    String[] settings() default {};
}
