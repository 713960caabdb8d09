package io.ternmq.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.load.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static Sample sample(int pair, Make server, long cpuMicros) {
        Measurement measurement =
                new Measurement(1_000, 0, 500_000_000, 10, 20, 30, cpuMicros, 500, 40, 1_000, 102_400, 51_200, 4_000);
        return new Sample(Library.OFFICIAL, Mode.SYNC, pair, server, measurement);
    }

    private static Report report() {
        List<Sample> samples = new ArrayList<>();
        long[] ours = {9_000, 10_000, 50_000};
        long[] official = {39_000, 40_000, 41_000};
        for (int pair = 0; pair < ours.length; pair++) {
            samples.add(sample(pair, Make.TERN, ours[pair]));
            samples.add(sample(pair, Make.OFFICIAL, official[pair]));
        }
        List<Start> starts = List.of(
                new Start(Make.TERN, 500, 81_920, 40_960, 700, 300),
                new Start(Make.OFFICIAL, 2_000, 409_600, 204_800, 4_000, 900));
        return new Report(Options.parse("--modes", "sync", "--pairs", "3"), starts, samples);
    }

    @Test
    void rowsHoldMediansAndTheirRatio() {
        assertThat(report().rows())
                .filteredOn(row -> row.title().equals("broker CPU per message, us"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.ours()).isEqualTo(10);
                    assertThat(row.official()).isEqualTo(40);
                    assertThat(row.ratio()).isEqualTo(0.25);
                });
        assertThat(report().rows())
                .filteredOn(row -> row.title().equals("messages per second"))
                .singleElement()
                .satisfies(row -> assertThat(row.ours()).isEqualTo(2_000));
    }

    @Test
    void clientsStandSideBySide() {
        Measurement ours =
                new Measurement(1_000, 0, 500_000_000, 10, 20, 30, 9_000, 500, 40, 1_000, 102_400, 51_200, 6_000);
        Measurement official =
                new Measurement(500, 0, 500_000_000, 20, 20, 30, 9_000, 500, 40, 1_000, 102_400, 51_200, 6_000);
        Report report = new Report(
                Options.parse("--compare", "clients", "--modes", "sync", "--threads", "1"),
                List.of(),
                List.of(
                        new Sample(Library.TERN, Mode.SYNC, 0, Make.TERN, ours),
                        new Sample(Library.OFFICIAL, Mode.SYNC, 0, Make.TERN, official)));

        assertThat(report.rows())
                .filteredOn(row -> row.title().equals("client CPU per message, us"))
                .containsExactly(new Report.Row(
                        "tern broker, clients, sync, 1 thread", "client CPU per message, us", 6, 12, Double.NaN));
    }

    @Test
    void floorStandsBesideBoth() {
        Report report = new Report(
                Options.parse("--servers", "tern,official,floor", "--modes", "sync"),
                List.of(),
                List.of(sample(0, Make.TERN, 10_000), sample(0, Make.OFFICIAL, 40_000), sample(0, Make.FLOOR, 5_000)));

        assertThat(report.rows())
                .filteredOn(row -> row.title().equals("broker CPU per message, us"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.floor()).isEqualTo(5);
                    assertThat(row.floorRatio()).isEqualTo(2);
                });
        assertThat(report.text()).containsPattern("broker CPU per message, us +10.00 +40.00 +0.25 +5.00 +2.00");
        assertThat(report().text()).doesNotContain("floor");
    }

    @Test
    void idleBrokersAreComparedByTheSecond() {
        Measurement ours = new Measurement(0, 0, 2_000_000_000, 0, 0, 0, 10_000, 100, 20, 0, 102_400, 51_200, 0);
        Measurement official =
                new Measurement(0, 0, 2_000_000_000, 0, 0, 0, 200_000, 4_000, 160, 0, 409_600, 204_800, 0);
        Report report = new Report(
                Options.parse("--modes", "idle"),
                List.of(),
                List.of(
                        new Sample(Library.OFFICIAL, Mode.IDLE, 0, Make.TERN, ours),
                        new Sample(Library.OFFICIAL, Mode.IDLE, 0, Make.OFFICIAL, official)));

        assertThat(report.rows())
                .contains(
                        new Report.Row("official client, idle", "broker CPU, % of a processor", 0.5, 10, Double.NaN),
                        new Report.Row("official client, idle", "broker switches per second", 50, 2_000, Double.NaN),
                        new Report.Row("official client, idle", "broker threads", 20, 160, Double.NaN));
    }

    @Test
    void textAndFilesHoldEveryRun(@TempDir Path directory) throws IOException {
        Report report = report();

        report.write(directory.resolve("results"));

        assertThat(report.text()).contains("start on an empty store", "official client, sync, 4 threads", "0.25");
        assertThat(Files.readAllLines(directory.resolve("results.csv"))).hasSize(1 + 6);
        assertThat(Files.readString(directory.resolve("results.json")))
                .contains("\"figure\":\"broker CPU per message, us\",\"ours\":10.0,\"official\":40.0,\"ratio\":0.25,"
                        + "\"floor\":null,\"floor_ratio\":null}");
    }
}
