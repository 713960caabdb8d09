package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

class WithLocalClusterIT {

    @Nested
    @WithLocalCluster
    @TestInstance(Lifecycle.PER_CLASS)
    class PerClass {
        private final Set<LocalCluster> seen = new HashSet<>();

        @RepeatedTest(2)
        void testsOfAClassShareOneCluster(LocalCluster cluster) {
            seen.add(cluster);

            assertThat(seen).hasSize(1);
        }
    }

    @Nested
    @WithLocalCluster(scope = WithLocalCluster.Scope.METHOD, brokers = 2, settings = "maxMessageSize=1000")
    @TestInstance(Lifecycle.PER_CLASS)
    class PerMethod {
        private final Set<String> directories = new HashSet<>();

        @BeforeEach
        void remember(LocalCluster cluster) {
            assertThat(directories.add(cluster.directory().toString()))
                    .as("a cluster of this test's own")
                    .isTrue();
        }

        @RepeatedTest(2)
        void eachTestHasItsOwnCluster(LocalCluster cluster) {
            assertThat(cluster.brokerAddresses()).hasSize(2);
            assertThat(directories).contains(cluster.directory().toString());
        }
    }

    @Nested
    @ExtendWith(LocalClusterExtension.class)
    class WithoutAnnotation {

        @Test
        void extensionAloneGivesTheDefaults(LocalCluster cluster) {
            assertThat(cluster.brokerAddresses()).hasSize(1);
        }
    }
}
