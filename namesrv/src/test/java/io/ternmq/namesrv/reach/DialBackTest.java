package io.ternmq.namesrv.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.namesrv.FakeConnection;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.route.AddressCheck;
import io.ternmq.remoting.protocol.route.AddressCheck.Verdict;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DialBackTest {
    private static final BrokerInstance BROKER = new BrokerInstance("C", "broker-a", 0, "run-1");
    private static final Map<String, String> NAMES =
            Map.of("broker-a", "172.18.0.3", "bank", "10.0.0.9", "localhost", "127.0.0.1");

    private final List<String> dialled = new ArrayList<>();
    private final FakeConnection registrant = new FakeConnection(address("172.18.0.3"));
    private CompletableFuture<BrokerInstance> answer = CompletableFuture.completedFuture(BROKER);
    private final DialBack dialBack = new DialBack(
            new OwnAddress(
                    DialBackTest::resolve,
                    address -> address.isLoopbackAddress() || address.equals(address("10.0.0.1"))),
            target -> {
                dialled.add(target);
                return answer;
            });

    @Test
    void registrantIsReachedAtItsNameByTheAddressThatTheNameLedTo() {
        AddressCheck check = check("broker-a:10911");

        assertThat(check).isEqualTo(new AddressCheck(Verdict.REACHED, "broker-a:10911", ""));
        assertThat(dialled).containsExactly("172.18.0.3:10911");
    }

    @Test
    void nobodyElseIsEverDialled() {
        assertThat(check("10.0.0.9:22").verdict()).isEqualTo(Verdict.NOT_DIALLED);
        assertThat(check("bank:443").reason())
                .isEqualTo("the broker registers from 172.18.0.3, and bank is not there as the name server sees it");
        assertThat(check("127.0.0.1:10911").reason()).contains("127.0.0.1 is every machine's name for itself");
        assertThat(check("10.0.0.1:9876").verdict()).isEqualTo(Verdict.NOT_DIALLED);
        assertThat(check("nowhere:1").reason()).contains("nowhere is not known where the name server runs");
        assertThat(dialled).isEmpty();
    }

    @Test
    void brokerOfTheNameServersOwnMachineMayAdvertiseAnyOfItsAddresses() {
        AddressCheck check = dialBack.check("10.0.0.1:10911", BROKER, new FakeConnection(address("127.0.0.1")))
                .join();

        assertThat(check.verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void noAnswerIsSaidWithItsReason() {
        answer = CompletableFuture.failedFuture(new RemotingConnectException("connection refused"));

        assertThat(check("broker-a:10911"))
                .isEqualTo(new AddressCheck(Verdict.NOT_REACHED, "broker-a:10911", "connection refused"));
    }

    @Test
    void anotherBrokerThatAnswersIsNotTheSame() {
        answer = CompletableFuture.completedFuture(new BrokerInstance("C", "broker-b", 0, "run-1"));
        assertThat(check("broker-a:10911").reason()).isEqualTo("another broker answers there: broker-b of C");

        answer = CompletableFuture.completedFuture(new BrokerInstance("C", "broker-a", 0, "run-2"));
        assertThat(check("broker-a:10911").reason()).endsWith("broker-a of C, another run of it");
    }

    @Test
    void oneCheckOfAConnectionIsUnderWayAtATime() {
        answer = new CompletableFuture<>();
        CompletableFuture<AddressCheck> first = dialBack.check("broker-a:1", BROKER, registrant);

        assertThat(check("broker-a:2").verdict()).isEqualTo(Verdict.NOT_DIALLED);
        answer.complete(BROKER);

        assertThat(first.join().verdict()).isEqualTo(Verdict.REACHED);
        assertThat(check("broker-a:3").verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void checksUnderWayAreLimited() {
        answer = new CompletableFuture<>();
        for (int i = 0; i < DialBack.CHECKS_MAX; i++) {
            var unused = dialBack.check("broker-a:1", BROKER, new FakeConnection(address("172.18.0.3")));
        }

        assertThat(check("broker-a:1").reason()).isEqualTo("other checks are under way");
        assertThat(dialled).hasSize(DialBack.CHECKS_MAX);
    }

    private AddressCheck check(String address) {
        return dialBack.check(address, BROKER, registrant).join();
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        String text = NAMES.getOrDefault(host, host);
        if (!text.matches("[0-9.]+")) {
            throw new UnknownHostException(host);
        }
        return List.of(address(text));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
