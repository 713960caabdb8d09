package io.ternmq.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keys that brokers of this protocol know and that mean nothing here; operators bring them in their files. Stateless. */
public final class KeysWithoutEffect {
    private static final String RESOURCE = "keys-without-effect.txt";

    private KeysWithoutEffect() {}

    /** All of them, in the order of the list. */
    public static List<String> read() throws IOException {
        try (InputStream stream = KeysWithoutEffect.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException("Resource " + RESOURCE + " is missing from the broker's classes");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
