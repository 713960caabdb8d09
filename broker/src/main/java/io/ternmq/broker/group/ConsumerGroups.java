package io.ternmq.broker.group;

import io.ternmq.broker.group.GroupOutcome.Refusal;
import io.ternmq.broker.group.GroupOutcome.Refused;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.group.GroupTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer groups that this broker knows. Owns their table: read by any thread without waiting, changed one change at
 * a time on the executor it is given, and each change is on disk before anybody sees it.
 */
public final class ConsumerGroups {
    private static final Logger log = LoggerFactory.getLogger(ConsumerGroups.class);

    private final GroupsFile file;
    private final Executor changes;
    private final Supplier<GroupsConfig> config;
    private final Clock clock;
    private final Map<String, GroupConfig> table = new ConcurrentHashMap<>(); // written by tasks of "changes" alone
    private volatile DataVersion version; // written by tasks of "changes" alone, read by any thread
    private volatile JsonObject forbidden; // written by tasks of "changes" alone, read by any thread

    private ConsumerGroups(
            GroupsFile file, GroupTable saved, Executor changes, Supplier<GroupsConfig> config, Clock clock) {
        this.file = file;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
        saved.groups().forEach(group -> table.put(group.name(), group));
        this.version = saved.version();
        this.forbidden = saved.forbidden();
    }

    /**
     * Loads the table.
     *
     * @param changes runs one task at a time, in order; its tasks write the file
     * @param config asked at each change
     * @throws IOException if there is a file and neither it nor its backup can be used
     */
    public static ConsumerGroups load(GroupsFile file, Executor changes, Supplier<GroupsConfig> config, Clock clock)
            throws IOException {
        return new ConsumerGroups(file, file.read(), changes, config, clock);
    }

    public Optional<GroupConfig> find(String group) {
        return Optional.ofNullable(table.get(group));
    }

    /** All groups now, in order of name, with the version of the table. */
    public GroupTable table() {
        DataVersion before = version; // read first: a reader that holds too old a version comes again
        return new GroupTable(before, List.copyOf(sorted().values()), forbidden);
    }

    /** The group, made with default settings if it is new and groups may come to be by being used. */
    public CompletionStage<GroupOutcome> findOrCreate(String group) {
        Optional<GroupConfig> present = find(group);
        if (present.isPresent()) {
            return now(new GroupOutcome.Done(present.get()));
        }
        if (!config.get().isAutoCreated() && !GroupNames.isSystem(group)) {
            return now(refused(
                    Refusal.UNKNOWN,
                    "subscription group [" + group
                            + "] does not exist and automatic creation is off (autoCreateSubscriptionGroup=false)"));
        }
        return inOrder(() -> find(group)
                .<GroupOutcome>map(GroupOutcome.Done::new)
                .orElseGet(() -> put(GroupConfig.withDefaults(group))));
    }

    /**
     * Makes sure that groups exist, in one change; those that exist stay as they are.
     *
     * @return why not, or empty
     */
    public CompletionStage<Optional<Refused>> ensureAll(List<GroupConfig> wanted) {
        return inOrder(
                () -> putAll(wanted.stream()
                        .filter(group -> !table.containsKey(group.name()))
                        .toList()),
                Optional::of);
    }

    /** Makes or replaces a group that an operator asks for. */
    public CompletionStage<GroupOutcome> update(GroupConfig wanted) {
        return inOrder(() -> put(wanted));
    }

    /** Removes a group; done, too, if there is none. */
    public CompletionStage<GroupOutcome> delete(String group) {
        return inOrder(() -> remove(group));
    }

    private CompletionStage<GroupOutcome> inOrder(Supplier<GroupOutcome> change) {
        return inOrder(change, refused -> refused);
    }

    private <T> CompletionStage<T> inOrder(Supplier<T> change, Function<Refused, T> ifFull) {
        try {
            return CompletableFuture.supplyAsync(change, changes);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(
                    ifFull.apply(refused(Refusal.BUSY, "Too many changes of groups wait: " + e.getMessage())));
        }
    }

    private GroupOutcome put(GroupConfig group) {
        return putAll(List.of(group))
                .<GroupOutcome>map(refused -> refused)
                .orElseGet(() -> new GroupOutcome.Done(group));
    }

    /** Empty if all have been put. */
    private Optional<Refused> putAll(List<GroupConfig> wanted) {
        Map<String, GroupConfig> next = sorted();
        for (GroupConfig group : wanted) {
            Optional<Refused> problem = problemOf(group);
            if (problem.isPresent()) {
                return problem;
            }
            next.put(group.name(), group);
        }
        Optional<Refused> failure = wanted.isEmpty() ? Optional.empty() : save(next, forbidden);
        if (failure.isEmpty()) {
            wanted.forEach(group -> {
                table.put(group.name(), group);
                log.info("Group saved. group={}", group.name());
            });
        }
        return failure;
    }

    private GroupOutcome remove(String group) {
        Optional<GroupConfig> present = find(group);
        if (present.isEmpty()) {
            return new GroupOutcome.Done(GroupConfig.withDefaults(group));
        }
        Map<String, GroupConfig> next = sorted();
        next.remove(group);
        JsonObject nextForbidden = forbidden.without(Set.of(group));
        return save(next, nextForbidden).<GroupOutcome>map(refused -> refused).orElseGet(() -> {
            table.remove(group);
            forbidden = nextForbidden;
            log.info("Group deleted. group={}", group);
            return new GroupOutcome.Done(present.get());
        });
    }

    /** Empty if the table has been saved. */
    private Optional<Refused> save(Map<String, GroupConfig> next, JsonObject nextForbidden) {
        DataVersion nextVersion = version.next(clock.wallMillis());
        try {
            file.write(new GroupTable(nextVersion, List.copyOf(next.values()), nextForbidden));
        } catch (IOException e) {
            log.error("Groups not saved. file={}", file.path(), e);
            return Optional.of(refused(Refusal.NOT_SAVED, "File " + file.path() + " cannot be written: " + e));
        }
        version = nextVersion;
        return Optional.empty();
    }

    private Optional<Refused> problemOf(GroupConfig group) {
        Optional<String> badName = GroupNames.problemOf(group.name());
        if (badName.isPresent()) {
            return Optional.of(refused(Refusal.BAD_NAME, badName.get()));
        }
        int groupsMax = config.get().groupsMax();
        if (!table.containsKey(group.name()) && table.size() >= groupsMax) {
            return Optional.of(refused(
                    Refusal.TABLE_FULL,
                    "Group " + group.name() + " would be one too many: " + groupsMax + " exist (maxGroupCount)"));
        }
        return Optional.empty();
    }

    private Map<String, GroupConfig> sorted() {
        return new TreeMap<>(table);
    }

    private static Refused refused(Refusal reason, String detail) {
        return new Refused(reason, detail);
    }

    private static CompletionStage<GroupOutcome> now(GroupOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
