package io.ternmq.broker.topic;

import io.ternmq.broker.topic.TopicOutcome.Refusal;
import io.ternmq.broker.topic.TopicOutcome.Refused;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of this broker. Owns their table: read by any thread without waiting, changed one change at a time on the
 * executor it is given, and each change is on disk before anybody sees it.
 */
public final class Topics {
    /** Queues of one topic at most. */
    public static final int QUEUES_MAX = 4096;

    private static final Logger log = LoggerFactory.getLogger(Topics.class);

    private final TopicsFile file;
    private final Executor changes;
    private final Supplier<TopicsConfig> config;
    private final Clock clock;
    private final Map<String, TopicConfig> table = new ConcurrentHashMap<>(); // written by tasks of "changes" alone
    private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();
    private volatile DataVersion version; // written by tasks of "changes" alone, read by any thread

    private Topics(TopicsFile file, TopicTable saved, Executor changes, Supplier<TopicsConfig> config, Clock clock) {
        this.file = file;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
        saved.topics().forEach(topic -> table.put(topic.name(), topic));
        this.version = saved.version();
    }

    /**
     * Loads the table.
     *
     * @param changes runs one task at a time, in order; its tasks write the file
     * @param config asked at each change
     * @throws IOException if there is a file and neither it nor its backup can be used
     */
    public static Topics load(TopicsFile file, Executor changes, Supplier<TopicsConfig> config, Clock clock)
            throws IOException {
        return new Topics(file, file.read(), changes, config, clock);
    }

    /** Has {@code listener} told of changes from now on. */
    public void listen(TopicListener listener) {
        listeners.add(listener);
    }

    public Optional<TopicConfig> find(String topic) {
        return Optional.ofNullable(table.get(topic));
    }

    /** All topics now, in order of name. */
    public Map<String, TopicConfig> all() {
        return new TreeMap<>(table);
    }

    /** All topics now, in order of name, with the version of the table; a change under way may be in one and not the other. */
    public TopicTable table() {
        DataVersion before = version; // read first: a reader that holds too old a version comes again
        return new TopicTable(before, List.copyOf(all().values()));
    }

    /** Grows with each change, also over restarts. */
    public DataVersion version() {
        return version;
    }

    /**
     * Makes or replaces a topic that an operator asks for.
     *
     * @param change what the topic is to be, given what it is now
     */
    public CompletionStage<TopicOutcome> update(String topic, Function<Optional<TopicConfig>, TopicConfig> change) {
        if (TopicNames.isSystem(topic)) {
            return now(refused(Refusal.RESERVED, "Topic " + topic + " is the system's own and cannot be changed"));
        }
        return inOrder(() -> put(change.apply(find(topic))));
    }

    /** Makes sure that a topic exists which the broker needs itself; one that exists already stays as it is. */
    public CompletionStage<TopicOutcome> ensure(TopicConfig wanted) {
        return find(wanted.name())
                .map(Topics::kept)
                .orElseGet(() ->
                        inOrder(() -> find(wanted.name()).map(Topics::kept).orElseGet(() -> put(wanted))));
    }

    /**
     * Makes sure that topics exist which the broker needs itself, in one change; those that exist stay as they are.
     *
     * @return why not, or empty
     */
    public CompletionStage<Optional<Refused>> ensureAll(List<TopicConfig> wanted) {
        return inOrder(
                () -> putAll(wanted.stream()
                        .filter(topic -> !table.containsKey(topic.name()))
                        .toList()),
                Optional::of);
    }

    /**
     * Makes a topic that somebody sends to, in the image of a template.
     *
     * @param template name of a topic with the permission to inherit
     * @param queues how many the sender would like; the template's number is the most it gets
     */
    public CompletionStage<TopicOutcome> createFrom(String template, String topic, int queues) {
        return inOrder(() -> find(topic).map(Topics::kept).orElseGet(() -> inherit(template, topic, queues)));
    }

    /** Removes a topic; done, too, if there is none. */
    public CompletionStage<TopicOutcome> delete(String topic) {
        if (TopicNames.isSystem(topic)) {
            return now(refused(Refusal.RESERVED, "Topic " + topic + " is the system's own and cannot be deleted"));
        }
        return inOrder(() -> remove(topic));
    }

    private CompletionStage<TopicOutcome> inOrder(Supplier<CompletionStage<TopicOutcome>> change) {
        return inOrder(change, refused -> refused);
    }

    private <T> CompletionStage<T> inOrder(Supplier<CompletionStage<T>> change, Function<Refused, T> ifFull) {
        try {
            return CompletableFuture.supplyAsync(change, changes).thenCompose(stage -> stage);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(
                    ifFull.apply(refused(Refusal.BUSY, "Too many changes of topics wait: " + e.getMessage())));
        }
    }

    private CompletionStage<TopicOutcome> inherit(String template, String topic, int queues) {
        TopicsConfig limits = config.get();
        boolean isSwitchedOff = template.equals(TopicNames.AUTO_CREATE_TEMPLATE) && !limits.isAutoCreated();
        Optional<TopicConfig> image = find(template).filter(config -> Permission.isInherited(config.permission()));
        if (isSwitchedOff || image.isEmpty()) {
            return now(refused(
                    Refusal.UNKNOWN,
                    "Topic " + topic + " does not exist and "
                            + (isSwitchedOff
                                    ? "automatic creation is off (autoCreateTopicEnable=false)"
                                    : "template " + template + " is no topic to make it from")
                            + ": create it first"));
        }
        int count = Math.min(Math.max(queues, 1), image.get().writeQueues());
        int permission = image.get().permission() & ~Permission.INHERIT;
        return put(new TopicConfig(
                topic,
                count,
                count,
                permission,
                image.get().tagMode(),
                image.get().sysFlag(),
                false,
                Map.of()));
    }

    private CompletionStage<TopicOutcome> put(TopicConfig topic) {
        return putAll(List.of(topic))
                .thenApply(refusal ->
                        refusal.<TopicOutcome>map(refused -> refused).orElseGet(() -> new TopicOutcome.Done(topic)));
    }

    private CompletionStage<Optional<Refused>> putAll(List<TopicConfig> wanted) {
        Map<String, TopicConfig> next = all();
        for (TopicConfig topic : wanted) {
            Optional<Refused> problem = problemOf(topic);
            if (problem.isPresent()) {
                return CompletableFuture.completedFuture(problem);
            }
            next.put(topic.name(), topic);
        }
        Optional<Refused> failure = wanted.isEmpty() ? Optional.empty() : save(next);
        if (failure.isPresent()) {
            return CompletableFuture.completedFuture(failure);
        }
        wanted.forEach(topic -> {
            table.put(topic.name(), topic);
            log.info(
                    "Topic saved. topic={} readQueues={} writeQueues={} permission={}",
                    topic.name(),
                    topic.readQueues(),
                    topic.writeQueues(),
                    Permission.describe(topic.permission()));
        });
        return announced(wanted);
    }

    private CompletionStage<TopicOutcome> remove(String topic) {
        Optional<TopicConfig> present = find(topic);
        if (present.isEmpty()) {
            return kept(TopicConfig.of(topic, 0));
        }
        Optional<String> objection = listeners.stream()
                .flatMap(listener -> listener.objectionToDeleting(topic).stream())
                .findFirst();
        if (objection.isPresent()) {
            return now(refused(Refusal.NOT_DELETABLE, "Topic " + topic + " cannot be deleted: " + objection.get()));
        }
        Map<String, TopicConfig> next = all();
        next.remove(topic);
        Optional<Refused> failure = save(next);
        if (failure.isPresent()) {
            return now(failure.get());
        }
        table.remove(topic);
        log.info("Topic deleted. topic={}", topic);
        listeners.forEach(listener -> listener.deleted(topic));
        return kept(present.get());
    }

    /** Empty if the table has been saved. */
    private Optional<Refused> save(Map<String, TopicConfig> next) {
        DataVersion nextVersion = version.next(clock.wallMillis());
        try {
            file.write(new TopicTable(nextVersion, List.copyOf(next.values())));
        } catch (IOException e) {
            log.error("Topics not saved. file={}", file.path(), e);
            return Optional.of(refused(Refusal.NOT_SAVED, "File " + file.path() + " cannot be written: " + e));
        }
        version = nextVersion;
        return Optional.empty();
    }

    private CompletionStage<Optional<Refused>> announced(List<TopicConfig> changed) {
        CompletableFuture<?>[] told = listeners.stream()
                .flatMap(listener ->
                        changed.stream().map(topic -> listener.changed(topic).toCompletableFuture()))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(told).thenApply(all -> Optional.empty());
    }

    private Optional<Refused> problemOf(TopicConfig topic) {
        Optional<String> badName = TopicNames.problemOf(topic.name());
        if (badName.isPresent()) {
            return Optional.of(refused(Refusal.BAD_NAME, badName.get()));
        }
        if (!isQueueCount(topic.readQueues()) || !isQueueCount(topic.writeQueues())) {
            return Optional.of(refused(
                    Refusal.BAD_VALUE,
                    "Topic " + topic.name() + " with " + topic.readQueues() + " read and " + topic.writeQueues()
                            + " write queues: expected 1 to " + QUEUES_MAX + " each"));
        }
        if (!Permission.isValid(topic.permission())) {
            return Optional.of(refused(
                    Refusal.BAD_VALUE,
                    "Topic " + topic.name() + " with permission " + topic.permission() + ": expected 0 to "
                            + Permission.ALL));
        }
        int topicsMax = config.get().topicsMax();
        if (!table.containsKey(topic.name()) && table.size() >= topicsMax) {
            return Optional.of(refused(
                    Refusal.TABLE_FULL,
                    "Topic " + topic.name() + " would be one too many: " + topicsMax + " exist (maxTopicCount)"));
        }
        return Optional.empty();
    }

    private static boolean isQueueCount(int count) {
        return count >= 1 && count <= QUEUES_MAX;
    }

    private static Refused refused(Refusal reason, String detail) {
        return new Refused(reason, detail);
    }

    private static CompletionStage<TopicOutcome> kept(TopicConfig topic) {
        return now(new TopicOutcome.Done(topic));
    }

    private static CompletionStage<TopicOutcome> now(TopicOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
