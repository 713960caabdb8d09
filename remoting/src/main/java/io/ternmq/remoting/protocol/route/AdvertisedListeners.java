package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.ProtocolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses under which one broker is reached from different networks, by the names of listeners: {@code
 * inside://broker-a:10911,outside://127.0.0.1:10911}. All lead to the same listening port. Immutable.
 *
 * @param addresses {@code host:port} by listener, in the order given; unmodifiable
 */
public record AdvertisedListeners(Map<String, String> addresses) {
    /** More networks than anybody has; bounds what a registration may hold. */
    public static final int LISTENERS_MAX = 16;

    /** What a text is to look like, for the sentence "expected ...". */
    public static final String EXPECTED =
            "NAME://HOST:PORT with , between them, each name once, at most " + LISTENERS_MAX;

    private static final AdvertisedListeners NONE = new AdvertisedListeners(Map.of());
    private static final String NAME = "[A-Za-z0-9_-]{1,32}";
    private static final Pattern LISTENER = Pattern.compile("(" + NAME + ")://([^\\s/,;]{1,255}:(\\d{1,5}))");
    private static final int PORT_MAX = 65_535;

    public AdvertisedListeners {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
    }

    public static AdvertisedListeners none() {
        return NONE;
    }

    /** Whether {@code name} may be that of a listener. */
    public static boolean isName(String name) {
        return name.matches(NAME);
    }

    /** Reads a text; empty if it is not valid. A blank one holds no listeners. */
    public static Optional<AdvertisedListeners> read(String text) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String part : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
            Matcher listener = LISTENER.matcher(part.strip());
            if (!listener.matches()
                    || !isPort(listener.group(3))
                    || addresses.put(listener.group(1), listener.group(2)) != null) {
                return Optional.empty();
            }
        }
        return addresses.size() > LISTENERS_MAX ? Optional.empty() : Optional.of(new AdvertisedListeners(addresses));
    }

    /**
     * Reads a text.
     *
     * @throws ProtocolException if it is not valid
     */
    public static AdvertisedListeners parse(String text) {
        return read(text)
                .orElseThrow(() -> new ProtocolException(
                        "Listeners of " + text.length() + " characters are not valid: expected " + EXPECTED));
    }

    public boolean isEmpty() {
        return addresses.isEmpty();
    }

    /** The address for whoever asked no listener in particular: the one that stands first. */
    public Optional<String> first() {
        return addresses.values().stream().findFirst();
    }

    public Optional<String> addressFor(Optional<String> listener) {
        return listener.map(addresses::get);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return addresses.entrySet().stream()
                .map(listener -> listener.getKey() + "://" + listener.getValue())
                .collect(Collectors.joining(","));
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= PORT_MAX;
    }
}
