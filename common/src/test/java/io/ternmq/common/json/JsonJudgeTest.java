package io.ternmq.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.JSONWriter;
import io.ternmq.common.seeds.Seeds;
import java.util.Random;

/** Holds what we read and write to another reader and writer, over random texts. */
class JsonJudgeTest {
    private static final String LETTERS = "ab\"\\/{}[]:,\u0001\u0002\n\t é€😀'";
    private static final int DEPTH_MAX = 4;

    @Seeds
    void whatWeWriteStrictlyTheJudgeReadsAndTheOtherWayRound(Random random) {
        JsonWriter writer = JsonWriter.strict();
        writeObject(writer, random, DEPTH_MAX);
        String ours = writer.toString();

        String theirs = JSON.toJSONString(
                JSON.parseObject(ours, JSONReader.Feature.UseBigDecimalForDoubles), JSONWriter.Feature.WriteNulls);

        assertThat(JsonObject.parse(theirs)).isEqualTo(JsonObject.parse(ours));
    }

    private static void writeObject(JsonWriter writer, Random random, int depth) {
        writer.beginObject();
        for (int member = random.nextInt(5); member > 0; member--) {
            writer.name(member + text(random));
            writeValue(writer, random, depth - 1);
        }
        writer.endObject();
    }

    private static void writeValue(JsonWriter writer, Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> writer.value(text(random));
            case 1 -> writer.value(random.nextLong());
            case 2 -> writer.value(random.nextBoolean());
            case 3 -> writeObject(writer, random, depth);
            default -> {
                writer.beginArray();
                for (int element = random.nextInt(4); element > 0; element--) {
                    writeValue(writer, random, depth - 1);
                }
                writer.endArray();
            }
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 0, LETTERS.codePointCount(0, LETTERS.length()))
                .map(index -> LETTERS.codePointAt(LETTERS.offsetByCodePoints(0, index)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
