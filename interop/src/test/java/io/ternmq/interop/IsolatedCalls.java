package io.ternmq.interop;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/**
 * Calls into an isolated class loader with that loader as the thread's context loader: what looks up services by it, and
 * the threads that the library starts meanwhile, stay within.
 */
final class IsolatedCalls {
    private IsolatedCalls() {}

    /** Makes an object within the loader and returns it with each of its calls wrapped. */
    static <T> T in(ClassLoader loader, Class<T> door, Callable<T> maker) {
        T target = call(loader, maker);
        InvocationHandler wrapped = (proxy, method, arguments) -> {
            Thread thread = Thread.currentThread();
            ClassLoader outside = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                thread.setContextClassLoader(outside);
            }
        };
        return door.cast(Proxy.newProxyInstance(door.getClassLoader(), new Class<?>[] {door}, wrapped));
    }

    private static <T> T call(ClassLoader loader, Callable<T> maker) {
        Thread thread = Thread.currentThread();
        ClassLoader outside = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return maker.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException("cannot start the isolated library", e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException("cannot load the isolated library", e);
        } finally {
            thread.setContextClassLoader(outside);
        }
    }
}
