package io.ternmq.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.scale.Point.Axis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    private static final long SECOND = 1_000_000_000;

    private static List<Figure> figures(Point point, long... cpuMicros) {
        List<Figure> figures = new ArrayList<>();
        for (int round = 0; round < cpuMicros.length; round++) {
            figures.add(new Figure(point, round, 1_000, SECOND, cpuMicros[round], 500, 102_400));
        }
        return figures;
    }

    private static ScaleReport report() {
        List<Figure> all = new ArrayList<>();
        all.addAll(figures(new Point(Axis.QUEUES, 1), 4_000));
        all.addAll(figures(new Point(Axis.QUEUES, 8), 4_900, 5_000, 90_000));
        all.addAll(figures(new Point(Axis.QUEUES, 8_000), 5_400, 5_500, 5_600));
        all.addAll(figures(new Point(Axis.CONNECTIONS, 1), 5_000));
        all.addAll(figures(new Point(Axis.CONNECTIONS, 100), 10_000));
        return new ScaleReport(all);
    }

    @Test
    void pointsStandInTheirCurvesWithTheRatioToTheirBase() {
        assertThat(report().text())
                .containsPattern("8 +5.00 +1.00 +0.500 +1,000 +100  #{22}\n")
                .containsPattern("8,000 +5.50 +1.10 +0.500 +1,000 +100  #{24}\n")
                .containsPattern("100 +10.00 +2.00 ");
    }

    @Test
    void curveThatWasNotMeasuredIsNotShown() {
        ScaleReport report = new ScaleReport(figures(new Point(Axis.CONNECTIONS, 1), 5_000));

        assertThat(report.text()).contains("connections").doesNotContain("queues");
    }

    @Test
    void queuesAreComparedWithOneTopicOfUsualSizeIfThatIsMeasured() {
        Point one = new Point(Axis.QUEUES, 1);
        Point eight = new Point(Axis.QUEUES, Point.USUAL_QUEUES);

        assertThat(ScaleReport.base(List.of(one, eight))).isEqualTo(eight);
        assertThat(ScaleReport.base(List.of(one))).isEqualTo(one);
    }

    @Test
    void filesHoldEveryRun() {
        assertThat(report().csv()).hasSize(1 + 9).contains("queues,8,1,1000,1.000,1000.0,5.000,0.5000,102400");
    }
}
