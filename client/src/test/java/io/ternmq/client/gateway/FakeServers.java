package io.ternmq.client.gateway;

import io.ternmq.remoting.client.Caller;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Servers as a test says they are: for each address and request code, what is answered. What nobody scripted is a
 * connection refused. Answers come at once, on the caller's thread, unless the script hands out an incomplete future.
 */
public final class FakeServers implements Calls {
    private final Map<String, Function<Object, CompletableFuture<Reply>>> scripts = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** One request as it came in. */
    public record Asked(String address, String name, Object question, Duration timeout) {}

    /** Scripts the answers of one server to one kind of request. */
    @SuppressWarnings("unchecked") // the rpc says what its questions are
    public <Q> FakeServers on(String address, Rpc<Q, ?> rpc, Function<Q, CompletableFuture<Reply>> script) {
        scripts.put(key(address, rpc), question -> script.apply((Q) question));
        return this;
    }

    /** From now on the server cannot be reached for this request. */
    public FakeServers refuse(String address, Rpc<?, ?> rpc) {
        scripts.remove(key(address, rpc));
        return this;
    }

    public static <R> CompletableFuture<Reply> answer(Rpc<?, R> rpc, R answer) {
        return answer(ResponseCode.SUCCESS, rpc, answer);
    }

    public static <R> CompletableFuture<Reply> answer(int code, Rpc<?, R> rpc, R answer) {
        Payload payload = rpc.response().encode(answer);
        return CompletableFuture.completedFuture(new Reply(
                code,
                0,
                Optional.empty(),
                payload.fields(),
                ByteBuffer.wrap(payload.body().toBytes())));
    }

    public static CompletableFuture<Reply> refusal(int code, String remark) {
        return CompletableFuture.completedFuture(
                new Reply(code, 0, Optional.of(remark), HeaderFields.empty(), ByteBuffer.allocate(0)));
    }

    /** All requests so far, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The questions of one kind so far, in order. */
    public <Q> List<Q> questions(Rpc<Q, ?> rpc, Class<Q> type) {
        return asked.stream()
                .filter(each -> each.name.equals(rpc.name()))
                .map(each -> type.cast(each.question))
                .toList();
    }

    /** The addresses that were asked one kind of request, in order. */
    public List<String> addresses(Rpc<?, ?> rpc) {
        return asked.stream()
                .filter(each -> each.name.equals(rpc.name()))
                .map(Asked::address)
                .toList();
    }

    @Override
    public <Q> CompletableFuture<Reply> call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout) {
        asked.add(new Asked(address, rpc.name(), question, timeout));
        Function<Object, CompletableFuture<Reply>> script = scripts.get(key(address, rpc));
        return script == null
                ? CompletableFuture.failedFuture(new RemotingConnectException("Cannot connect to " + address))
                : script.apply(question);
    }

    @Override
    public <Q> void call(String address, Rpc<Q, ?> rpc, Q question, Duration timeout, Caller caller) {
        caller.connected();
        CompletionStage<Reply> answer = call(address, rpc, question, timeout);
        answer.whenComplete((reply, failure) -> {
            if (failure == null) {
                caller.answered(reply);
            } else {
                caller.failed(failure);
            }
        });
    }

    @Override
    public <Q> CompletableFuture<Void> oneWay(String address, Rpc<Q, ?> rpc, Q question) {
        asked.add(new Asked(address, rpc.name(), question, Duration.ZERO));
        return CompletableFuture.completedFuture(null);
    }

    private static String key(String address, Rpc<?, ?> rpc) {
        return address + "/" + rpc.code();
    }
}
