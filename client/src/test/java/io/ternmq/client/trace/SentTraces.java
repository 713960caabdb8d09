package io.ternmq.client.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Keeps what it is to send; answers as a test says. */
final class SentTraces implements TraceOutlet {
    private final List<TraceMessage> messages = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private Supplier<CompletableFuture<Void>> answer = () -> CompletableFuture.completedFuture(null);

    void doNotAnswer() {
        answer = CompletableFuture::new;
    }

    void refuse() {
        answer = () -> CompletableFuture.failedFuture(new IllegalStateException("refused by the test"));
    }

    void store() {
        answer = () -> CompletableFuture.completedFuture(null);
    }

    /** Answers what was not. */
    void answerAll() {
        List.copyOf(answers).forEach(each -> each.complete(null));
    }

    @Override
    public CompletionStage<Void> send(TraceMessage message) {
        messages.add(message);
        CompletableFuture<Void> made = answer.get();
        answers.add(made);
        return made;
    }

    List<TraceMessage> messages() {
        return List.copyOf(messages);
    }

    /** All records so far: fields, parted by blanks. */
    List<String> records() {
        return messages.stream()
                .flatMap(message -> Arrays.stream(text(message).split("\u0002", -1)))
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace('\u0001', ' '))
                .toList();
    }

    static String text(TraceMessage message) {
        return StandardCharsets.UTF_8.decode(message.body().duplicate()).toString();
    }
}
