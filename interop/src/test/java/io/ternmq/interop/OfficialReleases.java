package io.ternmq.interop;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientLibrary;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The official releases on this disk, as Maven resolved them. Owns one class loader for each client in use, for the life of
 * this JVM: the client's threads end later than its shutdown returns.
 */
final class OfficialReleases {
    private static final String LIBRARY = "io.ternmq.interop.official.OfficialLibrary";
    private static final String ADMIN = "io.ternmq.interop.official.OfficialAdmin";
    private static final String ADMIN_RELEASE = "5.5.0";

    private final Path directory;
    private final Map<String, IsolatedClassLoader> loaders = new ConcurrentHashMap<>();

    /**
     * Looks at the folder whose children each have a file {@code target/classpath}.
     *
     * @param directory the folder {@code interop/official}
     */
    OfficialReleases(Path directory) {
        this.directory = directory;
    }

    String serverClassPath(String release) {
        return classPath("server-" + release);
    }

    /** Returns the class path of a process that uses one release through the driver. */
    String clientClassPath(String release) {
        String driver = Path.of(url(OfficialReleases.class)).toString();
        return classPath("client-" + release) + File.pathSeparator + driver;
    }

    /**
     * Returns the client of a release. One at a time: a release fixes the version it tells its peers by a property of the
     * JVM, which another must not set meanwhile.
     */
    synchronized ClientLibrary client(String release) {
        IsolatedClassLoader loader = loader(release);
        return IsolatedCalls.in(loader, ClientLibrary.class, () ->
                (ClientLibrary) constructor(loader, LIBRARY).newInstance());
    }

    /** Returns the connected admin tools. */
    AdminHandle admin(String nameServers) {
        IsolatedClassLoader loader = loader(ADMIN_RELEASE);
        // The library's constructor fixes the version that this release tells its peers: before any connection.
        client(ADMIN_RELEASE);
        return IsolatedCalls.in(loader, AdminHandle.class, () ->
                (AdminHandle) constructor(loader, ADMIN, String.class).newInstance(nameServers));
    }

    private static Constructor<?> constructor(ClassLoader loader, String className, Class<?>... parameters)
            throws ReflectiveOperationException {
        return loader.loadClass(className).getConstructor(parameters);
    }

    private IsolatedClassLoader loader(String release) {
        return loaders.computeIfAbsent(release, this::open);
    }

    private IsolatedClassLoader open(String release) {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath("client-" + release).split(File.pathSeparator, -1)) {
            urls.add(url(Path.of(entry)));
        }
        urls.add(url(Path.of(url(OfficialReleases.class))));
        return new IsolatedClassLoader("official-client-" + release, urls.toArray(URL[]::new));
    }

    private static URI url(Class<?> driver) {
        try {
            return driver.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the driver is in no folder", e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String classPath(String artifact) {
        Path file = directory.resolve(artifact).resolve("target").resolve("classpath");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ", which Maven writes in generate-resources", e);
        }
    }
}
