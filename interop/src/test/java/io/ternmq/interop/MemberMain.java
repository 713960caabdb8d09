package io.ternmq.interop;

import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.util.concurrent.CountDownLatch;

/** One push consumer in a process of its own, of whichever library is on the class path; prints what it is given. */
public final class MemberMain {
    static final String READY = "ready";
    static final String GOT = "got ";

    private MemberMain() {}

    /** Takes the library's class, name servers, group and topic; ends with the process. */
    public static void main(String[] arguments) throws Exception {
        ClientLibrary library = Class.forName(arguments[0])
                .asSubclass(ClientLibrary.class)
                .getConstructor()
                .newInstance();
        PushSettings settings = PushSettings.of(arguments[1], arguments[2], arguments[3], "*");
        PushConsumerHandle consumer = library.pushConsumer(settings, messages -> {
            messages.forEach(message -> System.out.println(GOT + message.text()));
            return true;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::close, "close-consumer"));
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
