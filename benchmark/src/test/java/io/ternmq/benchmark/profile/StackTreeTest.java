package io.ternmq.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.benchmark.profile.StackTree.Node;
import io.ternmq.benchmark.profile.StackTree.Sum;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTreeTest {
    private final StackTree tree = new StackTree();

    @Test
    void equalBeginningsAreOneBranch() {
        tree.add(List.of("run", "send", "write"), 3);
        tree.add(List.of("run", "send", "encode"), 2);
        tree.add(List.of("run", "send"), 1);

        Node run = tree.root().children().iterator().next();
        Node send = run.children().iterator().next();

        assertThat(tree.root().weight()).isEqualTo(6);
        assertThat(tree.root().children()).hasSize(1);
        assertThat(send.weight()).isEqualTo(6);
        assertThat(send.self()).isEqualTo(1);
        assertThat(send.children()).extracting(Node::name).containsExactly("encode", "write");
    }

    @Test
    void orderOfFramesIsKept() {
        tree.add(List.of("a", "b"), 1);
        tree.add(List.of("b", "a"), 1);

        assertThat(tree.root().children()).extracting(Node::name).containsExactly("a", "b");
    }

    @Test
    void recursionCountsOnceInTheTotal() {
        tree.add(List.of("walk", "walk", "walk"), 5);
        tree.add(List.of("walk", "read"), 2);

        assertThat(tree.largest(10)).containsExactly(new Sum("walk", 5, 7), new Sum("read", 2, 2));
    }

    @Test
    void nameInTwoBranchesAddsUp() {
        tree.add(List.of("left", "copy"), 4);
        tree.add(List.of("right", "copy"), 3);

        assertThat(tree.largest(1)).containsExactly(new Sum("copy", 7, 7));
    }

    @Test
    void nothingAddedIsNothingLarge() {
        assertThat(tree.largest(20)).isEmpty();
        assertThat(tree.root().weight()).isZero();
    }
}
