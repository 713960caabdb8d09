package io.ternmq.namesrv.route;

import java.util.Optional;

/**
 * What became of a registration.
 *
 * @param verdict whether it was taken, and if not why
 * @param text for a refusal, why and what to do
 * @param masterAddress for replicas that were taken: where their master is
 * @param haServerAddress for replicas that were taken: where their master takes replicas
 */
record RegistrationOutcome(
        Verdict verdict, String text, Optional<String> masterAddress, Optional<String> haServerAddress) {

    enum Verdict {
        ACCEPTED,
        /** Another broker holds the id with topics of a later term. */
        SUPERSEDED,
        /** Not yet known and no full registration, or beyond a limit. */
        REFUSED
    }

    static RegistrationOutcome accepted(Optional<String> masterAddress, Optional<String> haServerAddress) {
        return new RegistrationOutcome(Verdict.ACCEPTED, "", masterAddress, haServerAddress);
    }

    static RegistrationOutcome superseded() {
        return new RegistrationOutcome(Verdict.SUPERSEDED, "", Optional.empty(), Optional.empty());
    }

    static RegistrationOutcome refused(String text) {
        return new RegistrationOutcome(Verdict.REFUSED, text, Optional.empty(), Optional.empty());
    }
}
