package io.ternmq.interop;

import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.OutMessage;
import io.ternmq.interop.api.ProducerHandle;
import io.ternmq.interop.api.PushConsumerHandle;
import io.ternmq.interop.api.PushSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Broadcasting consumers, and the file of one make read by the other. */
@ParameterizedClass
@MethodSource("io.ternmq.interop.Pairing#all")
class BroadcastIT extends PairedTest {
    private final ClientLibrary client;
    private final ClientLibrary otherMake;

    BroadcastIT(Pairing pairing, Testbed testbed) {
        super(pairing, testbed);
        client = testbed.client(pairing.client());
        otherMake = testbed.client(
                pairing.client() == Pairing.Client.TERN ? Pairing.Client.OFFICIAL_550 : Pairing.Client.TERN);
    }

    private PushConsumerHandle consumer(
            ClientLibrary library, String group, String topic, String name, Collected into) {
        return opened(library.broadcastConsumer(PushSettings.of(cluster.nameServers(), group, topic, "*"), name, into));
    }

    private static List<String> send(ProducerHandle producer, String topic, String prefix, int count) {
        List<String> texts =
                IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList();
        texts.forEach(text -> producer.send(OutMessage.of(topic, text)));
        return texts;
    }

    @Test
    void everyMemberOfAMixedGroupGetsEveryMessage() {
        String topic = topic(4);
        String group = group();
        Collected one = new Collected();
        Collected other = new Collected();
        consumer(client, group, topic, fresh("one"), one);
        consumer(otherMake, group, topic, fresh("other"), other);

        List<String> sent = send(producer(), topic, "m", 20);

        one.awaitTexts(sent);
        other.awaitTexts(sent);
    }

    @Test
    void consumerOfTheOtherMakeGoesOnWhereThisOneStoppedAndBack() {
        String topic = topic(3);
        String group = group();
        String name = fresh("name");
        ProducerHandle producer = producer();
        List<ClientLibrary> makes = List.of(client, otherMake, client);
        List<String> everything = new ArrayList<>();
        for (ClientLibrary make : makes) {
            Collected collected = new Collected();
            List<String> sent = send(producer, topic, "round " + everything.size(), 12);
            everything.addAll(sent);

            PushConsumerHandle consumer = consumer(make, group, topic, name, collected);
            collected.awaitTexts(sent);
            consumer.close();
        }
    }
}
