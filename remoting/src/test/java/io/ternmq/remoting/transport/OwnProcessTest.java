package io.ternmq.remoting.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OwnProcessTest {
    private static final String LEAKS = "io.netty.leakDetection.level";

    private final String before = System.getProperty(LEAKS);

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty(LEAKS);
        } else {
            System.setProperty(LEAKS, before);
        }
    }

    @Test
    void aProgramOfOurOwnDoesNotLookForLeaks() {
        System.clearProperty(LEAKS);

        OwnProcess.prepare();

        assertThat(System.getProperty(LEAKS)).isEqualTo("disabled");
    }

    @Test
    void whatTheCommandLineSaysStands() {
        System.setProperty(LEAKS, "simple");

        OwnProcess.prepare();

        assertThat(System.getProperty(LEAKS)).isEqualTo("simple");
    }
}
