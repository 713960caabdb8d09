package io.ternmq.benchmark.failures;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * The figures of one client, for people. Owns nothing.
 *
 * @param title of the table
 * @param events of the run
 * @param brokers the names of the stopped and of the killed one
 */
record FailureReport(String title, Figures figures, Events events, List<String> brokers) {
    private static final int WINDOWS_SHOWN = 40;
    private static final int SECONDS_SHOWN = 10;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P99 = 0.99;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    FailureReport {
        brokers = List.copyOf(brokers);
    }

    String text() {
        long struck = events.struck();
        long woken = events.woken();
        OptionalLong detected = figures.firstDetected();
        long known = detected.orElse(struck);
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%n%s%n", title));
        line(
                text,
                "failed sends, in all",
                figures.failedFrom(events.counted(), events.over()) + " "
                        + figures.failures(events.counted(), events.over()));
        line(text, "  begun after the first detection", figures.failedFrom(known, events.over()));
        line(text, "first detection after the strike, ms", since(struck, detected));
        line(text, "disturbed sends (failed or over 50 ms)", figures.disturbed(struck, woken));
        line(text, "  begun after the first detection", figures.disturbed(known, woken));
        line(
                text,
                "stored a second before, while away",
                String.format(
                        Locale.ROOT,
                        "%.0f, %.0f",
                        figures.perSecond(events.counted(), struck),
                        figures.perSecond(struck, woken)));
        line(text, "p99 before, ms", millis(figures.percentile(P99, events.counted(), struck)));
        line(text, "p99 while away, ms", millis(figures.percentile(P99, struck, woken)));
        line(text, "p99 under 50 ms from, ms after the strike", since(struck, figures.calmFrom(struck, woken)));
        line(text, "p99 of each 100 ms from the strike, ms", windows(struck, WINDOWS_SHOWN, Figures.WINDOW_NANOS));
        line(text, "p99 of each second from the strike, ms", windows(struck, SECONDS_SHOWN, SECOND_NANOS));
        line(text, "stopped one goes on: stores after, ms", returned(brokers.get(0), woken));
        line(text, "killed one is back: stores after start, ms", returned(brokers.get(1), events.launched()));
        line(text, "  after registration, ms", returned(brokers.get(1), events.registered()));
        line(text, "p99 while they return, ms", millis(figures.percentile(P99, woken, events.over())));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "  %-44s %s%n", name, value));
    }

    private String returned(String broker, long fromNanos) {
        return since(fromNanos, figures.firstStoredBy(broker, fromNanos));
    }

    private static String since(long fromNanos, OptionalLong atNanos) {
        return atNanos.isPresent() ? millis(atNanos.getAsLong() - fromNanos) : "not at all";
    }

    private String windows(long fromNanos, int count, long lengthNanos) {
        StringJoiner p99 = new StringJoiner(" ");
        for (long nanos : figures.windows(fromNanos, count, lengthNanos)) {
            p99.add(Long.toString(Math.round(nanos / NANOS_PER_MILLI)));
        }
        return p99.toString();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }
}
