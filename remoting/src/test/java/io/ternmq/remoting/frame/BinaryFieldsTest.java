package io.ternmq.remoting.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryFieldsTest {
    private static final int HEADERS = 20_000;
    private static final int CODES = 20; // more than are told apart
    private static final String[] NAMES = {"a", "b", "topic", "queueId", "n\u00e4me", ""};
    private static final String[] VALUES = {
        "", "0", "7", "true", "orders", "DefaultRegion", "caf\u00e9", "\ud83d\ude00", "x".repeat(70), "y".repeat(400)
    };

    private final BinaryFields remembering = new BinaryFields(new RecentTexts());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void headersAreReadAndWrittenAsByOneThatHasSeenNone(long seed) {
        Random random = new Random(seed);
        HeaderFields fields = HeaderFields.empty();
        for (int i = 0; i < HEADERS; i++) {
            int code = random.nextInt(CODES);
            fields = random.nextInt(5) == 0 ? anew(random) : changed(fields, random);

            byte[] written = write(remembering, code, fields);

            assertThat(written)
                    .as("header %d of seed %d", i, seed)
                    .isEqualTo(write(new BinaryFields(new RecentTexts()), code, fields));
            HeaderFields read = remembering.read(code, written, 0, written.length);
            assertThat(read)
                    .as("header %d of seed %d", i, seed)
                    .isEqualTo(new BinaryFields(new RecentTexts()).read(code, written, 0, written.length));
        }
    }

    @Test
    void textsOfTheLastHeaderOfThatCodeAreNotMadeAnew() {
        HeaderFields fields =
                HeaderFields.builder().put("b", "z".repeat(80)).put("c", "1").build();
        byte[] first = write(remembering, 310, fields);
        byte[] second = write(
                remembering,
                310,
                HeaderFields.builder().put("b", "z".repeat(80)).put("c", "23").build());
        HeaderFields before = remembering.read(310, first, 0, first.length);

        HeaderFields after = remembering.read(310, second, 0, second.length);

        assertThat(after.text("b")).isSameAs(before.text("b"));
        assertThat(after.text("c")).isEqualTo("23");
    }

    @Test
    void fieldsBeyondWhatIsKeptAreReadAndWrittenAsWell() {
        HeaderFields.Builder many = HeaderFields.builder();
        for (int i = 0; i < 3 * SeenFields.COUNT_MAX; i++) {
            many.put("name-" + i, "value-" + i);
        }
        HeaderFields fields = many.put("long", "l".repeat(2 * SeenFields.BYTES_MAX))
                .put("last", "1")
                .build();

        for (int round = 0; round < 3; round++) {
            byte[] written = write(remembering, 0, fields);
            assertThat(remembering.read(0, written, 0, written.length)).isEqualTo(fields);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void whatIsDamagedIsReadAsByOneThatHasSeenNoneAndLeavesNothingBehind(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        HeaderFields fields = anew(random);
        for (int i = 0; i < HEADERS; i++) {
            int code = random.nextInt(CODES);
            fields = random.nextInt(5) == 0 ? anew(random) : changed(fields, random);
            byte[] bytes = write(new BinaryFields(new RecentTexts()), code, fields);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }

            String outcome = outcomeOf(remembering, code, bytes);

            assertThat(outcome)
                    .as("header %d of seed %d", i, seed)
                    .isEqualTo(outcomeOf(new BinaryFields(new RecentTexts()), code, bytes));
            refused += outcome.startsWith("refused") ? 1 : 0;
        }
        assertThat(refused).isBetween(HEADERS / 20, HEADERS / 2); // enough of both kinds
    }

    private static String outcomeOf(BinaryFields codec, int code, byte[] bytes) {
        try {
            return codec.read(code, bytes, 0, bytes.length).toString();
        } catch (ProtocolException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static HeaderFields anew(Random random) {
        HeaderFields.Builder fields = HeaderFields.builder();
        int count = random.nextInt(2 * SeenFields.COUNT_MAX);
        for (int i = 0; i < count; i++) {
            fields.put(any(NAMES, random), any(VALUES, random));
        }
        return fields.build();
    }

    // With most texts the very same, as headers that follow each other have them.
    private static HeaderFields changed(HeaderFields fields, Random random) {
        HeaderFields.Builder next = HeaderFields.builder();
        for (int i = 0; i < fields.count(); i++) {
            switch (random.nextInt(12)) {
                case 0 -> next.put(fields.name(i), any(VALUES, random));
                case 1 -> next.put(fields.name(i), new String(fields.value(i).toCharArray()));
                case 2 -> next.put(any(NAMES, random), fields.value(i));
                case 3 -> {} // left out
                default -> next.put(fields.name(i), fields.value(i));
            }
        }
        return random.nextInt(4) == 0
                ? next.put(any(NAMES, random), any(VALUES, random)).build()
                : next.build();
    }

    private static String any(String[] texts, Random random) {
        return texts[random.nextInt(texts.length)];
    }

    private static byte[] write(BinaryFields codec, int code, HeaderFields fields) {
        HeaderBytes out = new HeaderBytes();
        out.skip(7); // fields never stand at the beginning
        codec.write(code, fields, out);
        return Arrays.copyOfRange(out.array(), 7, out.size());
    }
}
