package io.ternmq.remoting.protocol.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.json.JsonObject;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupRpcsTest {
    private static final GroupConfig DEFAULTS = GroupConfig.withDefaults("CG");
    private static final String DEFAULTS_TEXT =
            "{\"attributes\":{},\"brokerId\":0,\"consumeBroadcastEnable\":true,\"consumeEnable\":true,"
                    + "\"consumeFromMinEnable\":true,\"consumeMessageOrderly\":false,\"consumeTimeoutMinute\":15,"
                    + "\"groupName\":\"CG\",\"groupRetryPolicy\":{\"type\":\"CUSTOMIZED\"},\"groupSysFlag\":0,"
                    + "\"notifyConsumerIdsChangedEnable\":true,\"retryMaxTimes\":16,\"retryQueueNums\":1,"
                    + "\"whichBrokerWhenConsumeSlowly\":1}";

    @Test
    void groupsAreMadeAndShown() {
        Golden.assertBothWays(GroupRpcs.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP.request(), DEFAULTS, "{}", DEFAULTS_TEXT);
        Golden.assertBothWays(GroupRpcs.GET_SUBSCRIPTIONGROUP_CONFIG.response(), DEFAULTS, "{}", DEFAULTS_TEXT);
        Golden.assertBothWays(
                GroupRpcs.GET_SUBSCRIPTIONGROUP_CONFIG.request(), new GroupRequest("CG"), "{\"group\":\"CG\"}", "");
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        GroupConfig read = GroupRpcs.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP
                .request()
                .decode(HeaderFields.empty(), Golden.bytes("{\"groupName\":\"CG\"}"));

        assertThat(read).isEqualTo(DEFAULTS);
    }

    @Test
    void policiesAreKeptAsTheyAre() {
        String policy = "{\"type\":\"EXPONENTIAL\",\"exponentialRetryPolicy\":{\"initial\":5000}}";

        GroupConfig read =
                GroupConfig.read(JsonObject.parse("{\"groupName\":\"CG\",\"groupRetryPolicy\":" + policy + "}"));

        assertThat(read.retryPolicy()).hasToString(policy);
    }

    @Test
    void allGroupsAreListed() {
        Golden.assertBothWays(
                GroupRpcs.GET_ALL_SUBSCRIPTIONGROUP_CONFIG.response(),
                new GroupTable(new DataVersion(0, 1_795_333_482_085L, 0), List.of(DEFAULTS)),
                "{}",
                "{\"dataVersion\":{\"counter\":0,\"stateVersion\":0,\"timestamp\":1795333482085},"
                        + "\"subscriptionGroupTable\":{\"CG\":" + DEFAULTS_TEXT + "}}");
    }

    @Test
    void groupsAreDeleted() {
        Golden.assertBothWays(
                GroupRpcs.DELETE_SUBSCRIPTIONGROUP.request(),
                new DeleteGroupRequest("CG", true),
                "{\"groupName\":\"CG\",\"cleanOffset\":\"true\"}",
                "");
    }
}
