package io.ternmq.interop;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads one official release with its own netty, JSON library and so on. Nothing of the tests' class path is seen from within
 * but the door, {@code io.ternmq.interop.api}.
 */
final class IsolatedClassLoader extends URLClassLoader {
    private static final String DOOR = "io.ternmq.interop.api.";

    private final ClassLoader outside;

    /**
     * Makes an empty loader.
     *
     * @param classPath the release, then the driver's own classes
     */
    IsolatedClassLoader(String name, URL[] classPath) {
        super(name, classPath, ClassLoader.getPlatformClassLoader());
        outside = IsolatedClassLoader.class.getClassLoader();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(DOOR) ? outside.loadClass(name) : super.loadClass(name, resolve);
    }
}
