package io.ternmq.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static Arguments of(String counts) {
        return Arguments.parse(Map.of("counts", "1"), "--counts", counts);
    }

    @Test
    void listOfNumbersIsReadInItsOrder() {
        assertThat(of("8,1, 1000").numbers("counts", 1, 1_000)).containsExactly(8, 1, 1_000);
    }

    @Test
    void eachNumberOfAListMustBeInRange() {
        assertThatThrownBy(() -> of("8,0").numbers("counts", 1, 1_000))
                .hasMessage("option --counts is '8,0', expected from 1 to 1000");
        assertThatThrownBy(() -> of("8,,9").numbers("counts", 1, 1_000))
                .hasMessage("option --counts is '8,,9', expected a whole number");
    }
}
