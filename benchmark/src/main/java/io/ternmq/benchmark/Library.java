package io.ternmq.benchmark;

import java.util.Locale;

/** A client library that loads brokers. */
public enum Library {
    OFFICIAL("io.ternmq.benchmark.official.OfficialLoadClient"),
    TERN("io.ternmq.benchmark.tern.TernLoadClient");

    private final String loadClass;

    Library(String loadClass) {
        this.loadClass = loadClass;
    }

    /** The class that implements {@link io.ternmq.benchmark.load.LoadClient} with it. */
    String loadClass() {
        return loadClass;
    }

    /** Its name as options and results spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
