package io.ternmq.client.producer;

import io.ternmq.client.route.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a producer sends, as it was set when it started.
 *
 * @param attemptTimeout longest time of an attempt that another may follow; empty to halve what is left
 * @param retryCodes refusals after which another attempt is made
 * @param retryWhenNotSafe whether a message that is stored, but not as safely as asked, goes to another broker too
 * @param compressOverBytes bodies from this length on are compressed
 * @param bodyBytesMax longest body before compression
 * @param template in whose image the broker makes a topic that does not exist
 */
record SendSettings(
        String group,
        int syncRetries,
        int asyncRetries,
        Optional<Duration> attemptTimeout,
        Set<Integer> retryCodes,
        boolean retryWhenNotSafe,
        int compressOverBytes,
        int bodyBytesMax,
        Template template) {

    static SendSettings of(ProducerConfig config) {
        int attemptMillis = config.getSendMsgMaxTimeoutPerRequest();
        return new SendSettings(
                config.getProducerGroup(),
                Math.max(0, config.getRetryTimesWhenSendFailed()),
                Math.max(0, config.getRetryTimesWhenSendAsyncFailed()),
                attemptMillis < 1 ? Optional.empty() : Optional.of(Duration.ofMillis(attemptMillis)),
                config.getRetryResponseCodes(),
                config.isRetryAnotherBrokerWhenNotStoreOK(),
                config.getCompressMsgBodyOverHowmuch(),
                config.getMaxMessageSize(),
                new Template(config.getCreateTopicKey(), config.getDefaultTopicQueueNums()));
    }
}
