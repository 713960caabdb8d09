package io.ternmq.namesrv.route;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How routes are told; all of it may be changed while the server runs.
 *
 * @param tellsOrder whether routes name the order of topics; key {@code orderMessageEnable}, default false
 * @param tellsOrderToBrokers whether brokers that register are told the ordered topics; key
 *     {@code returnOrderTopicConfigToBroker}, default true
 * @param listsAllTopics whether all topics may be listed; key {@code enableAllTopicList}, default true
 * @param hasActingMasters whether a replica is shown as the master of read-only topics whose master is lost; key
 *     {@code supportActingMaster}, default false
 */
public record RouteOptions(
        boolean tellsOrder, boolean tellsOrderToBrokers, boolean listsAllTopics, boolean hasActingMasters) {
    private static final Setting<Boolean> ORDER =
            Setting.flag("orderMessageEnable", false).changeable();
    private static final Setting<Boolean> ORDER_TO_BROKERS =
            Setting.flag("returnOrderTopicConfigToBroker", true).changeable();
    private static final Setting<Boolean> ALL_TOPICS =
            Setting.flag("enableAllTopicList", true).changeable();
    private static final Setting<Boolean> ACTING_MASTERS =
            Setting.flag("supportActingMaster", false).changeable();

    /** All keys read by {@link #from}. */
    public static List<Setting<?>> settings() {
        return List.of(ORDER, ORDER_TO_BROKERS, ALL_TOPICS, ACTING_MASTERS);
    }

    /**
     * Reads the settings.
     *
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     */
    public static RouteOptions from(Settings settings) {
        return new RouteOptions(
                settings.get(ORDER),
                settings.get(ORDER_TO_BROKERS),
                settings.get(ALL_TOPICS),
                settings.get(ACTING_MASTERS));
    }
}
