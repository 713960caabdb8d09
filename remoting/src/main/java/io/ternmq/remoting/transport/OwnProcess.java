package io.ternmq.remoting.transport;

import java.util.Map;

/**
 * Settings of the network library that hold for a whole process: for programs that own theirs, before anything else.
 * Whoever embeds a server keeps what their own program has set.
 */
public final class OwnProcess {
    /** Each 128th buffer would otherwise note where it was made: for finding leaks, which tests do, and not for free. */
    private static final Map<String, String> SETTINGS = Map.of("io.netty.leakDetection.level", "disabled");

    private OwnProcess() {}

    /** Sets what the command line of this process has not. */
    public static void prepare() {
        SETTINGS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
    }
}
