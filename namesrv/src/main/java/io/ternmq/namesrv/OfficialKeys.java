package io.ternmq.namesrv;

import java.util.Set;

/** Keys of the protocol's official name server, 5.5.0, that have no effect here: operators' files hold them. */
final class OfficialKeys {
    static final Set<String> WITHOUT_EFFECT = Set.of(
            "rocketmqHome",
            "productEnvName",
            "clusterTest",
            "enableTopicList",
            "notifyMinBrokerIdChanged",
            "enableControllerInNamesrv",
            "needWaitForService",
            "waitSecondsForService",
            "deleteTopicWithBrokerRegistration",
            "configBlackList",
            "clientRequestThreadPoolNums",
            "defaultThreadPoolNums",
            "clientRequestThreadPoolQueueCapacity",
            "defaultThreadPoolQueueCapacity",
            "unRegisterBrokerQueueCapacity",
            "serverWorkerThreads",
            "serverCallbackExecutorThreads",
            "serverSelectorThreads",
            "serverOnewaySemaphoreValue",
            "serverSocketSndBufSize",
            "serverSocketRcvBufSize",
            "serverPooledByteBufAllocatorEnable",
            "serverNettyWorkerGroupEnable",
            "enableShutdownGracefully",
            "shutdownWaitTimeSeconds",
            "useEpollNativeSelector");

    private OfficialKeys() {}
}
