package io.ternmq.remoting.frame;

import java.util.Optional;

/** The language a peer says it is written in: its name in JSON headers, its number in binary ones. */
public enum LanguageCode {
    JAVA(0),
    CPP(1),
    DOTNET(2),
    PYTHON(3),
    DELPHI(4),
    ERLANG(5),
    RUBY(6),
    OTHER(7),
    HTTP(8),
    GO(9),
    PHP(10),
    OMS(11),
    RUST(12),
    NODE_JS(13);

    private static final LanguageCode[] BY_NUMBER = values(); // declared in the order of their numbers

    private final int number;

    LanguageCode(int number) {
        this.number = number;
    }

    /** The number on the wire, 0 to 13. */
    public int number() {
        return number;
    }

    public static Optional<LanguageCode> ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    public static Optional<LanguageCode> ofName(String name) {
        for (LanguageCode code : BY_NUMBER) {
            if (code.name().equals(name)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
