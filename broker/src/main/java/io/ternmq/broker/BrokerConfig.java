package io.ternmq.broker;

import io.ternmq.broker.delay.DelayConfig;
import io.ternmq.broker.filter.FilterConfig;
import io.ternmq.broker.group.GroupsConfig;
import io.ternmq.broker.offset.OffsetsConfig;
import io.ternmq.broker.pull.PullConfig;
import io.ternmq.broker.query.QueryConfig;
import io.ternmq.broker.repeat.RepeatConfig;
import io.ternmq.broker.reset.ResetConfig;
import io.ternmq.broker.route.RouteConfig;
import io.ternmq.broker.send.SendConfig;
import io.ternmq.broker.session.SessionConfig;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.common.config.DeclaredSettings;
import io.ternmq.common.config.Setting;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings of a broker: the texts that were given, and one record for each concern. Immutable.
 *
 * @param settings what was given, from a file, the command line or a test
 * @param isSecondPortServed whether requests are taken on the listening port - 2 as well, where clients before 4.5.1
 *     send; key {@code vipChannelEnable}, default true
 */
public record BrokerConfig(
        Settings settings,
        IdentityConfig identity,
        ServerConfig server,
        boolean isSecondPortServed,
        StoreConfig store,
        TopicsConfig topics,
        GroupsConfig groups,
        OffsetsConfig offsets,
        SessionConfig sessions,
        FilterConfig filters,
        SendConfig send,
        RepeatConfig repeats,
        DelayConfig delays,
        PullConfig pull,
        QueryConfig query,
        ResetConfig resets,
        RouteConfig route,
        ThreadsConfig threads) {
    /** Where brokers of this protocol listen. */
    public static final int DEFAULT_PORT = 10_911;

    static final Setting<Boolean> SECOND_PORT_SERVED = Setting.flag("vipChannelEnable", true);

    /** Every key that has an effect. */
    public static final DeclaredSettings DECLARED = declared();

    /**
     * Reads all settings.
     *
     * @throws SettingException if a value is not valid; the message names key, value and what was expected
     */
    public static BrokerConfig from(Settings settings) {
        ServerConfig server = ServerConfig.from(settings, DEFAULT_PORT);
        StoreConfig store = StoreConfig.from(settings);
        return new BrokerConfig(
                settings,
                IdentityConfig.from(settings, server.port()),
                server,
                settings.get(SECOND_PORT_SERVED),
                store,
                TopicsConfig.from(settings),
                GroupsConfig.from(settings),
                OffsetsConfig.from(settings),
                SessionConfig.from(settings),
                FilterConfig.from(settings),
                SendConfig.from(settings, store.limits().bodyBytesMax()),
                RepeatConfig.from(settings),
                DelayConfig.from(settings),
                PullConfig.from(settings),
                QueryConfig.from(settings),
                ResetConfig.from(settings),
                RouteConfig.from(settings),
                ThreadsConfig.from(settings));
    }

    /** Every key with the value in force, as it would stand in a file; in the order of keys. */
    public Map<String, String> describe() {
        Map<String, String> texts = new TreeMap<>(settings.asMap());
        texts.putAll(DECLARED.texts(settings));
        // Those whose default follows from the machine or from another key.
        texts.put(IdentityConfig.NAME.key(), identity.name());
        texts.put(IdentityConfig.ADDRESS.key(), identity.address());
        texts.put(IdentityConfig.REPLICA_ADDRESS.key(), identity.replicaAddress());
        texts.put(IdentityConfig.REPLICA_PORT.key(), Integer.toString(identity.replicaPort()));
        texts.put("listenPort", Integer.toString(server.port()));
        texts.put("storePathRootDir", store.root().toString());
        texts.put("storePathCommitLog", store.commitLog().toString());
        return texts;
    }

    private static DeclaredSettings declared() {
        List<Setting<?>> all = new ArrayList<>();
        all.addAll(IdentityConfig.SETTINGS);
        all.addAll(ServerConfig.settings());
        all.add(SECOND_PORT_SERVED);
        all.addAll(StoreConfig.declared());
        all.addAll(TopicsConfig.SETTINGS);
        all.addAll(GroupsConfig.SETTINGS);
        all.addAll(OffsetsConfig.SETTINGS);
        all.addAll(SessionConfig.SETTINGS);
        all.addAll(FilterConfig.SETTINGS);
        all.addAll(SendConfig.SETTINGS);
        all.addAll(RepeatConfig.SETTINGS);
        all.addAll(DelayConfig.SETTINGS);
        all.addAll(PullConfig.SETTINGS);
        all.addAll(QueryConfig.SETTINGS);
        all.addAll(ResetConfig.SETTINGS);
        all.addAll(RouteConfig.SETTINGS);
        all.addAll(ThreadsConfig.SETTINGS);
        return new DeclaredSettings(all);
    }
}
