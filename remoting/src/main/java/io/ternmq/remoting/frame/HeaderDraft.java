package io.ternmq.remoting.frame;

import java.util.Optional;

/** A header while it is being read. Used by one reader at a time. */
final class HeaderDraft {
    boolean hasCode;
    int code;
    LanguageCode language = LanguageCode.OTHER;
    int version;
    boolean hasOpaque;
    int opaque;
    int flag;
    Optional<String> remark = Optional.empty();
    HeaderFields fields = HeaderFields.empty();

    RemotingCommand finish(Serialization serialization, Body body) {
        return new RemotingCommand(serialization, code, language, version, opaque, flag, remark, fields, body);
    }
}
