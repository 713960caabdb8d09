package io.ternmq.broker.send;

import io.ternmq.broker.repeat.Placed;
import io.ternmq.broker.repeat.SendIdentity;
import io.ternmq.broker.repeat.SendsOnce;
import io.ternmq.broker.send.SendOutcome.Refusal;
import io.ternmq.broker.send.SendOutcome.Refused;
import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.common.message.SendId;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes messages in: checks them, finds or makes their topic, writes the broker's own properties on them, and hands them
 * to the store. Safe for use by any thread; never waits, and goes on elsewhere when a topic must be made first.
 */
public final class SendService {
    private final SendTopics topics;
    private final RetrySends retries;
    private final SendChecks checks;
    private final SendStamp stamp;
    private final MessageStore store;
    private final SendsOnce sendsOnce;
    private final Traffic traffic;
    private final AtomicInteger turn = new AtomicInteger(); // any thread; spreads messages that name no queue

    public SendService(
            SendTopics topics,
            RetrySends retries,
            SendChecks checks,
            SendStamp stamp,
            MessageStore store,
            SendsOnce sendsOnce,
            Traffic traffic) {
        this.topics = topics;
        this.retries = retries;
        this.checks = checks;
        this.stamp = stamp;
        this.store = store;
        this.sendsOnce = sendsOnce;
        this.traffic = traffic;
    }

    /** Takes one message. Its body is read until the future completes, which it does normally in any case. */
    public CompletableFuture<SendOutcome> send(SendRequest request, InetSocketAddress bornHost) {
        Optional<Refused> refusal = checks.refuse(request);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        return TopicNames.isRetry(request.topic()) ? retry(request, bornHost) : sendAlone(request, bornHost);
    }

    private CompletableFuture<SendOutcome> retry(SendRequest request, InetSocketAddress bornHost) {
        return retries.judge(request)
                .thenCompose(judged -> judged.fold(
                        accepted -> sendAlone(accepted.request(), bornHost), rejected -> refused(rejected.refusal())))
                .toCompletableFuture();
    }

    private CompletableFuture<SendOutcome> sendAlone(SendRequest request, InetSocketAddress bornHost) {
        SentProperties properties = SentProperties.scan(request.properties());
        return take(request, bornHost, List.of(new SentPart(request.flag(), request.body(), properties)), properties);
    }

    /** Takes the messages of a batch, all or none. Its body is read until the future completes. */
    public CompletableFuture<SendOutcome> sendBatch(SendRequest request, InetSocketAddress bornHost) {
        Optional<Refused> refusal = checks.refuse(request);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        if (TopicNames.isRetry(request.topic())) {
            return refused(new Refused(Refusal.ILLEGAL_MESSAGE, "A batch cannot be sent to a retry topic"));
        }
        SentBatch batch = SentBatch.parse(request.body());
        if (batch.problem().isPresent()) {
            return refused(new Refused(Refusal.ILLEGAL_MESSAGE, batch.problem().get()));
        }
        List<SentPart> parts = new ArrayList<>(batch.entries().size());
        batch.entries()
                .forEach(entry ->
                        parts.add(new SentPart(entry.flag(), entry.body(), SentProperties.scan(entry.properties()))));
        SentProperties ofBatch = SentProperties.scan(request.properties());
        return checks.refuseInBatch(ofBatch)
                .map(this::refused)
                .orElseGet(() -> take(request, bornHost, parts, ofBatch));
    }

    private CompletableFuture<SendOutcome> take(
            SendRequest request, InetSocketAddress bornHost, List<SentPart> parts, SentProperties ofAll) {
        for (SentPart part : parts) {
            SentProperties own = part.properties();
            Optional<Refused> refusal = own == ofAll ? checks.refuse(own) : checks.refuseInBatch(own);
            if (refusal.isPresent()) {
                return refused(refusal.get());
            }
        }
        Optional<TopicConfig> topic = topics.find(request.topic());
        if (topic.isPresent()) {
            return append(topic.get(), request, bornHost, parts, ofAll);
        }
        return topics.create(request)
                .thenCompose(target -> target.fold(
                        found -> append(found.topic(), request, bornHost, parts, ofAll),
                        missing -> refused(missing.refusal())))
                .toCompletableFuture();
    }

    private CompletableFuture<SendOutcome> append(
            TopicConfig topic,
            SendRequest request,
            InetSocketAddress bornHost,
            List<SentPart> parts,
            SentProperties ofAll) {
        Optional<Refused> refusal = checks.refuse(topic, request.queueId());
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        int queueId =
                request.queueId() >= 0 ? request.queueId() : Math.floorMod(turn.getAndIncrement(), topic.writeQueues());
        Optional<SendId> sendId = ofAll.sendId();
        String firstKey = stamp.uniqueKey(parts.get(0).properties());
        List<MessageDraft> drafts = new ArrayList<>(parts.size());
        long bytes = 0;
        for (SentPart part : parts) {
            SentProperties own = part.properties();
            String key = drafts.isEmpty() ? firstKey : stamp.uniqueKey(own);
            boolean isFirstOfBatch = drafts.isEmpty() && own != ofAll;
            String properties = isFirstOfBatch && sendId.isPresent()
                    ? stamp.stampFirst(own, key, sendId.get())
                    : stamp.stamp(own, key);
            Optional<Refused> tooLong = checks.refuseStored(properties);
            if (tooLong.isPresent()) {
                return refused(tooLong.get());
            }
            drafts.add(draft(topic, request, queueId, bornHost, part, properties));
            bytes += part.body().remaining();
        }
        long bodyBytes = bytes;
        return place(identity(topic, sendId, parts.get(0)), drafts, ofAll.waitsForConfirmation())
                .thenApply(placed -> placed.outcome()
                        .fold(
                                stored -> {
                                    if (!placed.isRepeat()) {
                                        traffic.put(topic.name(), drafts.size(), bodyBytes);
                                    }
                                    return new SendOutcome.Stored(
                                            stamp.messageIds(stored.positions()),
                                            placed.queueId(),
                                            stored.queueOffset(),
                                            firstKey,
                                            stored.confirmation());
                                },
                                this::refusalOf));
    }

    private Optional<SendIdentity> identity(TopicConfig topic, Optional<SendId> sendId, SentPart first) {
        if (!sendsOnce.isOn()) {
            return Optional.empty();
        }
        if (sendId.isPresent()) {
            SendId id = sendId.get();
            return Optional.of(new SendIdentity.Marked(topic.name(), id.producer(), id.number()));
        }
        return SendIdentity.isKeyed(topic)
                ? first.properties().uniqueKey().map(key -> new SendIdentity.Keyed(topic.name(), key))
                : Optional.empty();
    }

    private CompletableFuture<Placed> place(Optional<SendIdentity> identity, List<MessageDraft> drafts, boolean waits) {
        if (identity.isPresent()) {
            return sendsOnce.append(identity.get(), drafts, waits);
        }
        int queueId = drafts.get(0).queueId();
        return store.append(drafts, waits).thenApply(outcome -> new Placed(queueId, outcome, false));
    }

    private MessageDraft draft(
            TopicConfig topic,
            SendRequest request,
            int queueId,
            InetSocketAddress bornHost,
            SentPart part,
            String properties) {
        return new MessageDraft(
                topic.name(), // one text for all messages: tables by name then need not compare what is in it
                queueId,
                part.flag(),
                request.sysFlag(),
                request.bornMillis(),
                bornHost,
                request.reconsumeTimes(),
                0,
                properties,
                part.body(),
                part.properties().delayLevel());
    }

    private SendOutcome refusalOf(AppendOutcome.Refused refused) {
        traffic.putRefused();
        Refusal reason = switch (refused.reason()) {
            case TOO_LARGE -> Refusal.ILLEGAL_MESSAGE;
            case BUSY -> Refusal.BUSY;
            case DISK_FULL, WRITER_FAILED, CLOSING, NOT_WRITABLE -> Refusal.UNAVAILABLE;
        };
        return new Refused(reason, refused.detail());
    }

    private CompletableFuture<SendOutcome> refused(Refused refusal) {
        traffic.putRefused();
        return CompletableFuture.completedFuture(refusal);
    }
}
