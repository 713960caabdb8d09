package io.ternmq.namesrv;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Further ports of the name server, one for each named listener: whoever asks there is told the addresses that brokers
 * advertise under that name. Key {@code listenerPorts}, a list such as {@code outside:9877,lan:9878}; default none.
 *
 * @param ports port by listener, in the order given; 0 for one that the system chooses
 */
record ListenerPorts(Map<String, Integer> ports) {
    private static final int PORT_MAX = 65_535;

    static final Setting<String> PORTS = Setting.text("listenerPorts", "")
            .restricted(
                    "NAME:PORT with , between them, each name once, at most " + AdvertisedListeners.LISTENERS_MAX,
                    text -> parse(text).isPresent());

    static ListenerPorts from(Settings settings) {
        return parse(settings.get(PORTS)).orElseThrow();
    }

    private static Optional<ListenerPorts> parse(String text) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String listener = part.strip();
            int colon = listener.indexOf(':');
            String name = colon < 0 ? "" : listener.substring(0, colon);
            String digits = listener.substring(colon + 1);
            if (!AdvertisedListeners.isName(name)
                    || !digits.matches("\\d{1,5}")
                    || Integer.parseInt(digits) > PORT_MAX
                    || ports.put(name, Integer.valueOf(digits)) != null) {
                return Optional.empty();
            }
        }
        return ports.size() > AdvertisedListeners.LISTENERS_MAX
                ? Optional.empty()
                : Optional.of(new ListenerPorts(ports));
    }
}
