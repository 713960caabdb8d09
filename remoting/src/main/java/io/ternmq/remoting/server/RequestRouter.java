package io.ternmq.remoting.server;

import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each request to the processor of its code: interceptors first, then the lane, then the processor. Immutable;
 * safe for use by any thread. Whatever goes wrong on the way becomes an answer.
 */
public final class RequestRouter {
    private static final Logger log = LoggerFactory.getLogger(RequestRouter.class);

    private record Route(Lane lane, RequestProcessor processor) {}

    private final List<RequestInterceptor> interceptors;
    private final SortedMap<Integer, Route> routes;
    private final int[] codes; // of the routes, ascending; each request is looked up here, without boxing its code
    private final Route[] targets; // in the order of the codes

    private RequestRouter(List<RequestInterceptor> interceptors, SortedMap<Integer, Route> routes) {
        this.interceptors = List.copyOf(interceptors);
        this.routes = new TreeMap<>(routes);
        this.codes = routes.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.targets = routes.values().toArray(Route[]::new);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A router that knows no request, for clients whose peers never ask anything. */
    public static RequestRouter none() {
        return builder().build();
    }

    /** This router without {@code unknown} codes, which become unknown. */
    public RequestRouter without(int... unknown) {
        SortedMap<Integer, Route> fewer = new TreeMap<>(routes);
        for (int code : unknown) {
            fewer.remove(code);
        }
        return new RequestRouter(interceptors, fewer);
    }

    /**
     * Has {@code request} answered. Called on the event loop.
     *
     * @return never fails; complete already if the request was refused or its processor answered in place
     */
    public CompletionStage<Response> route(Request request) {
        for (int index = 0; index < interceptors.size(); index++) {
            Optional<Response> refusal = refusalOf(interceptors.get(index), request);
            if (refusal.isPresent()) {
                return refusal.get().now();
            }
        }
        int found = Arrays.binarySearch(codes, request.code());
        if (found < 0) {
            return Response.refused(
                            ResponseCode.REQUEST_CODE_NOT_SUPPORTED,
                            " request type " + request.code() + " not supported")
                    .now();
        }
        Route route = targets[found];
        return route.lane().isInPlace() ? run(route.processor(), request) : handOver(route, request);
    }

    private static Optional<Response> refusalOf(RequestInterceptor interceptor, Request request) {
        try {
            return interceptor.refuse(request);
        } catch (RuntimeException e) {
            return Optional.of(failed(request, e));
        }
    }

    private static CompletionStage<Response> run(RequestProcessor processor, Request request) {
        try {
            return withoutFailure(request, processor.process(request));
        } catch (Throwable e) { // the top of a lane: whatever it was, the peer gets its answer and the lane goes on
            return failed(request, e).now();
        }
    }

    private static CompletionStage<Response> handOver(Route route, Request request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        try {
            route.lane()
                    .executor()
                    .execute(() -> run(route.processor(), request)
                            .whenComplete((response, never) -> answer.complete(response)));
        } catch (RejectedExecutionException e) {
            log.debug("Lane is full. lane={} requestCode={}", route.lane().name(), request.code());
            return Response.refused(
                            ResponseCode.SYSTEM_BUSY,
                            "[OVERLOAD]system busy, lane " + route.lane().name() + " is full")
                    .now();
        }
        return answer;
    }

    // An answer that is there needs no further stage, and that is the common case.
    private static CompletionStage<Response> withoutFailure(Request request, CompletionStage<Response> stage) {
        boolean isAnswered = stage instanceof CompletableFuture<Response> future
                && future.isDone()
                && !future.isCompletedExceptionally();
        return isAnswered ? stage : stage.exceptionally(failure -> failed(request, failure));
    }

    private static Response failed(Request request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProtocolException) {
            return Response.refused(ResponseCode.SYSTEM_ERROR, cause.getMessage());
        }
        log.error(
                "Request failed. requestCode={} peer={}",
                request.code(),
                request.connection().id(),
                cause);
        return Response.refused(ResponseCode.SYSTEM_ERROR, cause.toString());
    }

    /** Collects routes; used by one thread. */
    public static final class Builder {
        private final List<RequestInterceptor> interceptors = new ArrayList<>();
        private final SortedMap<Integer, Route> routes = new TreeMap<>();

        private Builder() {}

        /**
         * Brings requests of one code to {@code processor}, which runs on {@code lane}.
         *
         * @throws IllegalStateException if the code has a processor already
         */
        public Builder on(Rpc<?, ?> rpc, Lane lane, RequestProcessor processor) {
            return on(rpc.code(), lane, processor);
        }

        /**
         * Brings requests of one code to {@code processor}, which runs on {@code lane}.
         *
         * @throws IllegalStateException if the code has a processor already
         */
        public Builder on(int code, Lane lane, RequestProcessor processor) {
            if (routes.putIfAbsent(code, new Route(lane, processor)) != null) {
                throw new IllegalStateException("Request code " + code + " has a processor already");
            }
            return this;
        }

        /** Adds an interceptor; they are asked in the order in which they were added. */
        public Builder intercept(RequestInterceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        public RequestRouter build() {
            return new RequestRouter(interceptors, routes);
        }
    }
}
