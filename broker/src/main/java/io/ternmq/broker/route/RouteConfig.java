package io.ternmq.broker.route;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which name servers know this broker and how often they hear of it.
 *
 * @param nameServers addresses {@code host:port}; key {@code namesrvAddr}, a list with {@code ;} between them
 * @param period time between two registrations; key {@code registerNameServerPeriod}, default 30 s
 * @param callTimeout how long a name server may take to answer; key {@code registerBrokerTimeoutMills}, default 6 s
 * @param lease how long a name server keeps the broker without hearing of it; key {@code brokerNotActiveTimeoutMillis},
 *     default 120 s
 * @param isCompressed whether registrations are sent compressed; key {@code compressedRegister}, default false
 */
public record RouteConfig(
        List<String> nameServers, Duration period, Duration callTimeout, Duration lease, boolean isCompressed) {
    private static final String SEPARATORS = "[;,]";
    private static final Pattern ADDRESS = Pattern.compile("[^:\\s]+:\\d{1,5}");

    static final Setting<String> NAME_SERVERS = Setting.text("namesrvAddr", "")
            .restricted("addresses host:port with ; between them", RouteConfig::isAddressList);
    static final Setting<Duration> PERIOD =
            Setting.millis("registerNameServerPeriod", 30_000).between(1_000, 60_000);
    static final Setting<Duration> CALL_TIMEOUT =
            Setting.millis("registerBrokerTimeoutMills", 6_000).between(100, 60_000);
    static final Setting<Duration> LEASE =
            Setting.millis("brokerNotActiveTimeoutMillis", 120_000).between(1_000, 3_600_000);
    static final Setting<Boolean> COMPRESSED = Setting.flag("compressedRegister", false);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(NAME_SERVERS, PERIOD, CALL_TIMEOUT, LEASE, COMPRESSED);

    public RouteConfig {
        nameServers = List.copyOf(nameServers);
    }

    public static RouteConfig from(Settings settings) {
        return new RouteConfig(
                addressesIn(settings.get(NAME_SERVERS)),
                settings.get(PERIOD),
                settings.get(CALL_TIMEOUT),
                settings.get(LEASE),
                settings.get(COMPRESSED));
    }

    private static List<String> addressesIn(String list) {
        return Arrays.stream(list.split(SEPARATORS))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    private static boolean isAddressList(String list) {
        return addressesIn(list).stream().allMatch(RouteConfig::isAddress);
    }

    private static boolean isAddress(String text) {
        int portMax = 65_535;
        return ADDRESS.matcher(text).matches()
                && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= portMax;
    }
}
