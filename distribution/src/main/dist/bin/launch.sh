# Shared by the scripts beside it, which read it after setting TERNMQ_HOME; POSIX sh.
#
# What an operator may set:
#   JAVA_HOME          the Java to run with; else the java on the PATH. Any from 17 up
#   JAVA_OPT_EXT       more options for the JVM, parted by blanks; they win over those set here
#   TERNMQ_MEMORY_MB   memory to size the JVM for; else what this machine, or the container, has
#   TERNMQ_LOG_DIR     where log files go; else logs/ beside bin/. Set but empty: no files, console only
#
# How it is logged: as conf/logback-example.xml says, which is built in; or, where there is one, as a file of the operator's
# beside it says: logback-broker.xml, logback-namesrv.xml or logback-local.xml, and logback-console.xml without a directory.

JAVA_OLDEST=17

fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# Sets JAVA to the java to run with, or fails with a line that says what is missing.
find_java() {
    if [ -n "${JAVA_HOME-}" ]; then
        JAVA=$JAVA_HOME/bin/java
        [ -x "$JAVA" ] || fail "JAVA_HOME=$JAVA_HOME holds no bin/java: expected the directory of a Java from $JAVA_OLDEST up"
    else
        JAVA=$(command -v java) ||
            fail "no java on the PATH and JAVA_HOME is not set: install a Java from $JAVA_OLDEST up, or set JAVA_HOME"
    fi
    java_version=$(java_version)
    [ -n "$java_version" ] || fail "$JAVA does not tell its version: expected a Java from $JAVA_OLDEST up"
    [ "$java_version" -ge "$JAVA_OLDEST" ] ||
        fail "$JAVA is Java $java_version: expected $JAVA_OLDEST or newer; set JAVA_HOME to one"
}

# Prints the feature version of $JAVA. The file "release" of a Java tells it a tenth of a second sooner than its JVM.
java_version() {
    java_file=$JAVA
    [ ! -L "$JAVA" ] || java_file=$(readlink -f "$JAVA" 2>/dev/null || echo "$JAVA")
    release=${java_file%/bin/java}/release
    version=
    if [ -f "$release" ] && [ -r "$release" ]; then
        while IFS== read -r key value || [ -n "$key" ]; do
            [ "$key" != JAVA_VERSION ] || { version=${value#\"} && break; }
        done <"$release"
    fi
    [ -n "$version" ] || version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\(.*\)".*/\1/p')
    # "17.0.15", "25", and "1.8.0_392" of old
    version=${version#1.}
    printf '%s\n' "${version%%[!0-9]*}"
}

# Prints the memory in MB that this process may use: the least of the machine's and of what the control groups allow, at
# every level above this process, in both versions of that interface. $1 goes before each path, for tests. Here and above
# what the shell can do by itself starts no other program: each takes some milliseconds of a start.
memory_mb() {
    least_kb=
    {
        while read -r key value _; do
            [ "$key" != MemTotal: ] || { at_most_kb "$value" && break; }
        done <"$1/proc/meminfo"
    } 2>/dev/null || :
    {
        # "0::/path" is version 2, "4:memory:/path" is version 1
        while IFS=: read -r number kind group; do
            case $number:$kind in
            0:) limits_up "$1/sys/fs/cgroup" "$group" memory.max ;;
            *:memory) limits_up "$1/sys/fs/cgroup/memory" "$group" memory.limit_in_bytes ;;
            esac
        done <"$1/proc/self/cgroup"
    } 2>/dev/null || :
    # Where nothing tells (no /proc): what a small machine has.
    echo $((${least_kb:-1048576} / 1024))
}

# Lowers least_kb to the limits in the files named $3 of control group $2 and of all above it, in the tree at $1.
limits_up() {
    above=$2
    while :; do
        limit=
        { read -r limit <"$1$above/$3"; } 2>/dev/null || :
        case $limit in
        '' | max | *[!0-9]*) ;;
        *) at_most_kb $((limit / 1024)) ;;
        esac
        case $above in
        '' | /) return ;;
        *) above=${above%/*} ;;
        esac
    done
}

at_most_kb() {
    [ -n "$least_kb" ] && [ "$least_kb" -le "$1" ] || least_kb=$1
}

# Sets JVM_SIZES for a server whose heap is to be at most $1 MB. Messages live in the page cache, not in the heap, so a
# quarter of the memory is plenty for the heap; a small machine keeps the larger part for the JVM itself.
size_jvm() {
    memory=${TERNMQ_MEMORY_MB:-$(memory_mb '')}
    case $memory in
    '' | *[!0-9]*) fail "TERNMQ_MEMORY_MB=$memory is not valid: expected a whole number of megabytes" ;;
    esac
    heap=$((memory / 4))
    [ "$heap" -ge 32 ] || heap=32
    [ "$heap" -le "$1" ] || heap=$1
    # Only options that every JVM from 17 up takes. Without the counters for jstat, which a JVM brings up to date twenty
    # times a second in a file, an idle server sleeps, and no pause of a collector waits for the disk of that file;
    # JAVA_OPT_EXT=-XX:+UsePerfData has them back. Without Netty's events for Java Flight Recorder a server starts a
    # quarter sooner; JAVA_OPT_EXT=-Dio.netty.jfr.enabled=true has them back.
    JVM_SIZES="-Xmx${heap}m -XX:MaxDirectMemorySize=$((heap / 2))m -XX:+UseSerialGC -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Dio.netty.jfr.enabled=false"
}

# Sets CLASS_PATH: all of lib, in the order of the names. A JVM that finds lib/* by itself takes the order of the disk,
# which another machine has otherwise, and kept classes are good for one class path only.
list_jars() {
    CLASS_PATH=$(
        LC_ALL=C
        list=
        for jar in "$TERNMQ_HOME"/lib/*.jar; do
            list=${list:+$list:}$jar
        done
        printf %s "$list"
    )
}

# launch HEAP_MB NAME CLASS ARGUMENT...: becomes the server's JVM, so that a signal to this process reaches the server.
launch() {
    heap_most=$1 name=$2 class=$3
    shift 3
    find_java
    size_jvm "$heap_most"
    list_jars
    log_dir=${TERNMQ_LOG_DIR-$TERNMQ_HOME/logs}
    log_kind=console
    if [ -n "$log_dir" ]; then
        log_kind=$name
        { { [ -d "$log_dir" ] || mkdir -p -- "$log_dir"; } && [ -w "$log_dir" ]; } 2>/dev/null ||
            fail "log directory $log_dir cannot be written: set TERNMQ_LOG_DIR to one that can, or to nothing for the console alone"
    fi
    # Of the operator's making; what is built in needs none.
    log_conf=$TERNMQ_HOME/conf/logback-$log_kind.xml
    [ -e "$log_conf" ] || [ -L "$log_conf" ] || log_conf=
    # From 23 on the JVM complains of the call by which mapped files are given back, and older ones refuse this option.
    unsafe=
    [ "$java_version" -lt 23 ] || unsafe=--sun-misc-unsafe-memory-access=allow
    # Classes that an earlier run has loaded and checked, as the image holds them: a JVM that cannot use the file goes
    # without it. Made by mqprepare.
    shared=$TERNMQ_HOME/cds/$java_version.jsa
    [ -f "$shared" ] || shared=
    set -f # options are parted at blanks, but never taken for file names
    # shellcheck disable=SC2086
    exec "$JAVA" $JVM_SIZES $unsafe ${shared:+"-XX:SharedArchiveFile=$shared" -Xlog:cds=off -Xlog:cds+dynamic=off} --enable-native-access=ALL-UNNAMED "-Dternmq.home=$TERNMQ_HOME" "-Dternmq.log.name=$name" "-Dternmq.log.dir=$log_dir" \
        ${log_conf:+"-Dlogback.configurationFile=$log_conf"} ${JAVA_OPT_EXT-} -cp "$CLASS_PATH" "$class" "$@"
}
