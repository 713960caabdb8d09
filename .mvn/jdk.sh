# Finds the JDK to build with, or installs one. Read by verify and quickstart; POSIX sh.

# The oldest Java this project is built for.
JDK_OLDEST=17

# Prints the feature version of the JDK in directory $1, and fails if there is no JDK of use in it.
jdk_version() {
    [ -x "$1/bin/javac" ] || return 1
    # "javac 17.0.15", "javac 26-ea"
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && [ "$version" -ge "$JDK_OLDEST" ] || return 1
    echo "$version"
}

# Prints "version directory" of each JDK found where operating systems and version managers put them, oldest first.
# JDK_ROOT goes before each path, for tests.
list_jdks() {
    for dir in "${JDK_ROOT-}"/usr/lib/jvm/* "${JDK_ROOT-}"/opt/java/* "${JDK_ROOT-}"/opt/jdk* \
        "${JDK_ROOT-}$HOME"/.sdkman/candidates/java/* "${JDK_ROOT-}$HOME"/.jdks/* \
        "${JDK_ROOT-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ ! -L "$dir" ] && version=$(jdk_version "$dir"); then
            echo "$version $dir"
        fi
    done | sort -n
}

# Prints the directory of the JDK to use: JAVA_HOME, else that of the javac on the PATH, else the oldest found.
find_jdk() {
    if [ -n "${JAVA_HOME-}" ] && jdk_version "$JAVA_HOME" >/dev/null; then
        echo "$JAVA_HOME"
        return
    fi
    if javac=$(command -v javac) && javac=$(readlink -f "$javac" 2>/dev/null); then
        dir=${javac%/bin/javac}
        if jdk_version "$dir" >/dev/null; then
            echo "$dir"
            return
        fi
    fi
    dir=$(list_jdks | sed -n '1s/^[0-9]* //p')
    [ -n "$dir" ] && echo "$dir"
}

# Prints the directory of the newest JDK with long-term support (17, 21, 25, ...), or nothing.
find_newest_lts_jdk() {
    list_jdks | awk '($1 - 17) % 4 == 0 { sub(/^[0-9]+ /, ""); newest = $0 } END { if (newest != "") print newest }'
}

# Succeeds if Maven can be had: ./mvnw fetches the one that is pinned through whichever is there.
has_maven() {
    command -v mvn >/dev/null && return
    maven=$(sed -n 's/^version=//p' .mvn/wrapper/maven.properties)
    [ -x "${MVNW_HOME:-${HOME:-/tmp}/.m2/wrapper/apache-maven-$maven}/bin/mvn" ]
}

# Prints the directory of the JDK to use. Whatever is missing to build with is installed where that can be done without
# asking; elsewhere one line says what to install.
need_jdk() {
    if find_jdk >/dev/null && has_maven; then
        find_jdk
        return
    fi
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing a JDK and Maven with apt-get." >&2
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update >&2 || true
        for version in 17 21 25; do
            if find_jdk >/dev/null || apt-get -qq -y install --no-install-recommends "openjdk-$version-jdk-headless" >&2; then
                break
            fi
        done
        has_maven || apt-get -qq -y install --no-install-recommends maven ca-certificates >&2
        if find_jdk >/dev/null && has_maven; then
            find_jdk
            return
        fi
    fi
    echo "Needs a JDK from $JDK_OLDEST up and Maven:" \
        "install them (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless maven) or set JAVA_HOME." >&2
    return 1
}
