package io.ternmq.remoting.frame;

import java.util.Optional;

/**
 * A request or an answer as it crosses the wire. Immutable but for its body, which whoever holds the command releases
 * exactly once.
 *
 * @param serialization how the header is, or is to be, written
 * @param code request code, or response code in an answer
 * @param language what the sender is written in
 * @param version release ordinal of the sender; any value is possible
 * @param opaque the request's number, repeated by its answer; any value is possible
 * @param flag bits {@link #ANSWER_BIT} and {@link #ONE_WAY_BIT}
 * @param remark text for people, mostly the reason of a refusal
 * @param fields custom fields
 * @param body bytes after the header
 */
public record RemotingCommand(
        Serialization serialization,
        int code,
        LanguageCode language,
        int version,
        int opaque,
        int flag,
        Optional<String> remark,
        HeaderFields fields,
        Body body) {
    /** Set in an answer, clear in a request. */
    public static final int ANSWER_BIT = 1;

    /** Set in a request whose sender wants no answer. */
    public static final int ONE_WAY_BIT = 2;

    /**
     * The release that we say we are: the ordinal of 5.3.3. Peers switch behaviour on it (strict JSON routes from 401,
     * expression filters from 232, GO_AWAY above 475), and this is the release whose behaviour ours follows.
     */
    public static final int OWN_VERSION = 479;

    /** {@link #OWN_VERSION} as tools show it. */
    public static final String OWN_VERSION_NAME = "V5_3_3";

    /** The ordinal of 4.0.0: peers written in Java read the binary form of a header from there on. */
    private static final int BINARY_VERSION = 213;

    /** A request of ours. Written as JSON, the one form that holds every code and that every peer reads. */
    public static RemotingCommand request(int code, int opaque, boolean isOneWay, Payload payload) {
        return request(Serialization.JSON, code, opaque, isOneWay, payload);
    }

    /** A request of ours, in a form that the peer is known to read. */
    public static RemotingCommand request(
            Serialization serialization, int code, int opaque, boolean isOneWay, Payload payload) {
        return new RemotingCommand(
                serialization,
                code,
                LanguageCode.JAVA,
                OWN_VERSION,
                opaque,
                isOneWay ? ONE_WAY_BIT : 0,
                Optional.empty(),
                payload.fields(),
                payload.body());
    }

    /** Our answer to this request, written the way the request was. */
    public RemotingCommand answer(int answerCode, Optional<String> answerRemark, Payload payload) {
        return new RemotingCommand(
                serialization,
                answerCode,
                LanguageCode.JAVA,
                OWN_VERSION,
                opaque,
                ANSWER_BIT,
                answerRemark,
                payload.fields(),
                payload.body());
    }

    /** Whether its sender reads headers in the binary form, as far as can be told from this command. */
    public boolean isOfBinaryReader() {
        return serialization == Serialization.BINARY || (language == LanguageCode.JAVA && version >= BINARY_VERSION);
    }

    public boolean isAnswer() {
        return (flag & ANSWER_BIT) != 0;
    }

    public boolean isOneWay() {
        return (flag & ONE_WAY_BIT) != 0;
    }
}
