package io.ternmq.namesrv;

import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.protocol.config.ConfigText;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows operators the settings and lets them change those that may be changed while the server runs. */
final class ConfigProcessor {
    private static final Logger log = LoggerFactory.getLogger(ConfigProcessor.class);

    private final RunningConfig config;

    ConfigProcessor(RunningConfig config) {
        this.config = config;
    }

    /**
     * Adds the requests that this answers.
     *
     * @param lane for what writes the file, away from the event loops
     */
    void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(ConfigRpcs.GET_NAMESRV_CONFIG, lane, this::show)
                .on(ConfigRpcs.UPDATE_NAMESRV_CONFIG, lane, this::change);
    }

    private CompletionStage<Response> show(Request request) {
        return Response.success(ConfigRpcs.GET_NAMESRV_CONFIG, new ConfigText(Settings.of(config.texts())))
                .now();
    }

    private CompletionStage<Response> change(Request request) {
        Settings changes = request.decode(ConfigRpcs.UPDATE_NAMESRV_CONFIG).settings();
        try {
            Response response = config.change(changes)
                    .map(refusal -> Response.refused(ResponseCode.NO_PERMISSION, refusal))
                    .orElseGet(Response::success);
            return response.now();
        } catch (SettingException e) {
            return Response.refused(ResponseCode.SYSTEM_ERROR, e.getMessage()).now();
        } catch (IOException e) {
            log.error("Changed settings not saved. changes={}", changes.asMap(), e);
            return Response.refused(ResponseCode.SYSTEM_ERROR, "Nothing is changed, the file could not be saved: " + e)
                    .now();
        }
    }
}
