package io.ternmq.broker.admin;

import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.config.BrokerConfigAnswer;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.protocol.config.ConfigText;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Shows all settings of the running broker (code 26). */
public final class GetConfigProcessor implements RequestProcessor {
    private final BrokerSettings settings;

    public GetConfigProcessor(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        BrokerConfigAnswer answer =
                new BrokerConfigAnswer(settings.version(), new ConfigText(Settings.of(settings.describe())));
        return Response.success(ConfigRpcs.GET_BROKER_CONFIG, answer).now();
    }
}
