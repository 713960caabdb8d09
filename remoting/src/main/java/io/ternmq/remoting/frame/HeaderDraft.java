package io.ternmq.remoting.frame;

import java.util.Optional;

/** A header while it is being read. Used by one reader at a time. */
final class HeaderDraft {
    int code;
    LanguageCode language = LanguageCode.OTHER;
    int version;
    int opaque;
    int flag;
    Optional<String> remark = Optional.empty();
    HeaderFields fields = HeaderFields.empty();

    RemotingCommand finish(Serialization serialization, Body body) {
        return new RemotingCommand(serialization, code, language, version, opaque, flag, remark, fields, body);
    }
}
