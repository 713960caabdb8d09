package io.ternmq.benchmark.scale;

import io.ternmq.benchmark.Medians;
import io.ternmq.benchmark.scale.Point.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The two curves, for people and for programs. Owns nothing. */
final class ScaleReport {
    private static final int BAR_CHARACTERS = 24;

    private final List<Figure> figures;

    ScaleReport(List<Figure> figures) {
        this.figures = List.copyOf(figures);
    }

    /** Medians at each point; the bars are of the processor time. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Axis axis : Axis.values()) {
            List<Point> points = points(axis);
            if (!points.isEmpty()) {
                curve(text, axis, points);
            }
        }
        return text.toString();
    }

    private List<Point> points(Axis axis) {
        return figures.stream()
                .map(Figure::point)
                .filter(point -> point.axis() == axis)
                .distinct()
                .toList();
    }

    /** What the others of a curve are compared with: one topic of usual size, or one connection. */
    static Point base(List<Point> points) {
        Point usual = new Point(Axis.QUEUES, Point.USUAL_QUEUES);
        return points.contains(usual) ? usual : points.get(0);
    }

    private void curve(StringBuilder text, Axis axis, List<Point> points) {
        Point base = base(points);
        double baseCpu = median(base, Figure::cpuMicrosPerMessage);
        double most = points.stream()
                .mapToDouble(point -> median(point, Figure::cpuMicrosPerMessage))
                .max()
                .orElseThrow();
        text.append(String.format(
                Locale.ROOT,
                "%n%11s %14s %8s %14s %12s %10s%n%11s %14s %8s %14s %12s %10s%n",
                axis.label(),
                "broker CPU,",
                "ratio to",
                "switches a",
                "messages",
                "resident,",
                "",
                "us a message",
                String.format(Locale.ROOT, "%,d", base.count()),
                "message",
                "a second",
                "MiB"));
        for (Point point : points) {
            double cpu = median(point, Figure::cpuMicrosPerMessage);
            text.append(String.format(
                    Locale.ROOT,
                    "%,11d %14.2f %8.2f %14.3f %,12.0f %10.0f  %s%n",
                    point.count(),
                    cpu,
                    cpu / baseCpu,
                    median(point, Figure::switchesPerMessage),
                    median(point, Figure::perSecond),
                    median(point, Figure::rssMib),
                    "#".repeat((int) Math.round(BAR_CHARACTERS * cpu / most))));
        }
    }

    private double median(Point point, ToDoubleFunction<Figure> figure) {
        return Medians.of(
                figures.stream().filter(each -> each.point().equals(point)).toList(), figure);
    }

    /** Every run. */
    List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("axis,count,round,messages,seconds,per_second,broker_cpu_us_per_message,broker_switches_per_message,"
                + "broker_rss_kib");
        for (Figure figure : figures) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%d,%.3f,%.1f,%.3f,%.4f,%d",
                    figure.point().axis().label(),
                    figure.point().count(),
                    figure.round(),
                    figure.messages(),
                    figure.nanos() / 1e9,
                    figure.perSecond(),
                    figure.cpuMicrosPerMessage(),
                    figure.switchesPerMessage(),
                    figure.rssKib()));
        }
        return lines;
    }
}
