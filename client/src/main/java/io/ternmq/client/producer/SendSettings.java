package io.ternmq.client.producer;

import io.ternmq.client.Namespace;
import io.ternmq.client.route.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a producer sends, as it was set when it started.
 *
 * @param group as brokers know it
 * @param namespace of its topics
 * @param isUnit whether the sender belongs to a unit
 * @param attemptTimeout longest time of an attempt that another may follow; empty for what the send itself takes as fit
 * @param avoidsFaults whether brokers that do badly are left alone for a while
 * @param retryCodes refusals after which another attempt is made
 * @param retryWhenNotSafe whether a message that is stored, but not as safely as asked, goes to another broker too
 * @param compressOverBytes bodies from this length on are compressed
 * @param bodyBytesMax longest body before compression
 * @param template in whose image the broker makes a topic that does not exist
 */
record SendSettings(
        String group,
        Namespace namespace,
        boolean isUnit,
        int syncRetries,
        int asyncRetries,
        Optional<Duration> attemptTimeout,
        boolean avoidsFaults,
        Set<Integer> retryCodes,
        boolean retryWhenNotSafe,
        int compressOverBytes,
        int bodyBytesMax,
        Template template) {

    static SendSettings of(ProducerConfig config) {
        int attemptMillis = config.getSendMsgMaxTimeoutPerRequest();
        Namespace namespace = config.getNamespace() == null ? Namespace.NONE : new Namespace(config.getNamespace());
        return new SendSettings(
                namespace.group(config.getProducerGroup()),
                namespace,
                config.getUnitName() != null,
                Math.max(0, config.getRetryTimesWhenSendFailed()),
                Math.max(0, config.getRetryTimesWhenSendAsyncFailed()),
                attemptMillis < 1 ? Optional.empty() : Optional.of(Duration.ofMillis(attemptMillis)),
                config.isSendLatencyFaultEnable(),
                config.getRetryResponseCodes(),
                config.isRetryAnotherBrokerWhenNotStoreOK(),
                config.getCompressMsgBodyOverHowmuch(),
                config.getMaxMessageSize(),
                new Template(config.getCreateTopicKey(), config.getDefaultTopicQueueNums()));
    }
}
