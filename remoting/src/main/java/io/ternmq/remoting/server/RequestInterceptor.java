package io.ternmq.remoting.server;

import java.util.Optional;

/** Looks at each request before its processor does and may refuse it. Runs on the event loop; must not block. */
@FunctionalInterface
public interface RequestInterceptor {

    /** Empty to let the request pass, else the refusal to answer with. */
    Optional<Response> refuse(Request request);
}
