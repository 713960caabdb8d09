package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void textOfPropertiesIsPairsInTheOrderTheyWerePut() {
        Message message = new Message("T", "TagA", "k1 k2", new byte[1]);
        message.putUserProperty("u", "v");

        assertThat(message.propertyText()).isEqualTo("TAGS\u0001TagA\u0002KEYS\u0001k1 k2\u0002u\u0001v\u0002");
    }

    @Test
    void messageWithoutPropertiesHasAnEmptyText() {
        assertThat(new Message("T", new byte[1]).propertyText()).isEmpty();
    }

    @Test
    void propertyPutTwiceIsWrittenOnce() {
        Message message = new Message("T", "TagA", new byte[1]);
        message.setTags("TagB");

        assertThat(message.propertyText()).isEqualTo("TAGS\u0001TagB\u0002");
        assertThat(message.getTags()).isEqualTo("TagB");
    }

    @Test
    void settingNullRemovesAProperty() {
        Message message = new Message("T", "TagA", "k", new byte[1]);
        message.setTags(null);

        assertThat(message.getTags()).isNull();
        assertThat(message.propertyText()).isEqualTo("KEYS\u0001k\u0002");
    }

    @Test
    void manyPropertiesFit() {
        Message message = new Message("T", new byte[1]);
        for (int number = 0; number < 100; number++) {
            message.putUserProperty("name" + number, "value" + number);
        }

        assertThat(message.getProperties()).hasSize(100).containsEntry("name99", "value99");
    }

    @Test
    void receivedTextIsReadWithoutItsLastSeparatorAndPastWhatIsNoPair() {
        Message message = new Message();
        message.setPropertyText("u\u0001v\u0002\u0002broken\u0002\u0001x\u0002empty\u0001\u0002TAGS\u0001TagA");

        assertThat(message.getProperties()).isEqualTo(Map.of("u", "v", "TAGS", "TagA"));
    }

    @Test
    void laterOfTwoReceivedPairsCounts() {
        Message message = new Message();
        message.setPropertyText("a\u00011\u0002a\u00012\u0002");

        assertThat(message.getProperty("a")).isEqualTo("2");
        assertThat(message.getProperties()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void removingAReceivedPropertyRemovesItsEarlierPairsToo() {
        Message message = new Message();
        message.setPropertyText("TAGS\u00011\u0002b\u0001x\u0002TAGS\u00012\u0002");
        message.setTags(null);

        assertThat(message.propertyText()).isEqualTo("b\u0001x\u0002");
    }

    @Test
    void userMayNotSetASystemPropertyNorABlankOneNorASeparator() {
        Message message = new Message("T", new byte[1]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.putUserProperty("KEYS", "k"))
                .withMessageContaining("KEYS");
        assertThatIllegalArgumentException().isThrownBy(() -> message.putUserProperty(" ", "v"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.putUserProperty("n", null));
        assertThatIllegalArgumentException().isThrownBy(() -> message.putUserProperty("n", "a\u0001b"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.putUserProperty("n\u0002", "b"));
    }

    @Test
    void waitIsTrueUnlessSetOtherwise() {
        Message message = new Message("T", new byte[1]);
        boolean before = message.isWaitStoreMsgOK();
        message.setWaitStoreMsgOK(false);

        assertThat(before).isTrue();
        assertThat(message.isWaitStoreMsgOK()).isFalse();
        assertThat(new Message("T", "", "", 0, new byte[1], false).propertyText())
                .isEqualTo("WAIT\u0001false\u0002");
    }

    @Test
    void keysAreJoinedByBlanks() {
        Message message = new Message("T", new byte[1]);
        message.setKeys(List.of("k1", "k2"));

        assertThat(message.getKeys()).isEqualTo("k1 k2");
    }

    @Test
    void idOfAReceivedMessageIsTheProducersElseTheBrokers() {
        MessageExt without = new MessageExt();
        without.setMsgId("offsetId");
        MessageExt with = new MessageExt();
        with.setMsgId("offsetId");
        with.setPropertyText("UNIQ_KEY\u0001unique\u0002");

        assertThat(without.getMsgId()).isEqualTo("offsetId");
        assertThat(with.getMsgId()).isEqualTo("unique");
        assertThat(with.getOffsetMsgId()).isEqualTo("offsetId");
    }

    @Test
    void textWithOneMorePairLeavesTheMessageAsItWas() {
        Message message = new Message();
        message.setPropertyText("a\u0001b");

        assertThat(message.propertyTextWith("c", "d")).isEqualTo("a\u0001b\u0002c\u0001d\u0002");
        assertThat(message.getProperty("c")).isNull();
    }

    @Test
    void idOfTheSendThatBroughtAMessageIsNotSentOnWithIt() {
        MessageExt received = new MessageExt();
        received.setPropertyText("a\u0001b\u0002TERN_SEND\u0001AAAABI0VniaAAAAAAAAAAB\u0002c\u0001d\u0002");

        assertThat(received.propertyText()).isEqualTo("a\u0001b\u0002c\u0001d\u0002");
        assertThat(received.propertyTextWith("e", "f")).isEqualTo("a\u0001b\u0002c\u0001d\u0002e\u0001f\u0002");
        assertThat(received.getProperty(MessageProperties.SEND_ID)).isEqualTo("AAAABI0VniaAAAAAAAAAAB");
    }
}
