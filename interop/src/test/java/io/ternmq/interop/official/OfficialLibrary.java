package io.ternmq.interop.official;

import io.ternmq.interop.api.Allocation;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.LitePullHandle;
import io.ternmq.interop.api.LitePullSettings;
import io.ternmq.interop.api.MessageListener;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.ProducerSettings;
import io.ternmq.interop.api.PullHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.util.Optional;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** The official client of the release on this class loader's class path. */
public final class OfficialLibrary implements ClientLibrary {
    /**
     * Fixes the version that this release tells its peers. The official client takes it from a system property of the JVM,
     * which another release in the same JVM overwrites: so it is read once, right after this release has set it.
     */
    public OfficialLibrary() {
        System.setProperty(RemotingCommand.REMOTING_VERSION_KEY, Integer.toString(MQVersion.CURRENT_VERSION));
        RemotingCommand.createRequestCommand(0, null);
    }

    @Override
    public String version() {
        return MQVersion.getVersionDesc(MQVersion.CURRENT_VERSION);
    }

    @Override
    public ProducerHandle producer(ProducerSettings settings) {
        return new OfficialProducer(settings);
    }

    @Override
    public PushConsumerHandle pushConsumer(PushSettings settings, MessageListener listener) {
        return new OfficialPushConsumer(settings, Optional.empty(), listener);
    }

    @Override
    public PushConsumerHandle broadcastConsumer(PushSettings settings, String name, MessageListener listener) {
        return new OfficialPushConsumer(settings, Optional.of(name), listener);
    }

    @Override
    public LitePullHandle litePullConsumer(LitePullSettings settings) {
        return new OfficialLitePull(settings);
    }

    @Override
    public PullHandle pullConsumer(String nameServers, String group) {
        return new OfficialPull(nameServers, group);
    }

    @Override
    public Allocation.Allocator allocator() {
        return new OfficialAllocator();
    }
}
