package holdfast.server.api.rucio.wire;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an Accept header asks for; without one everything is welcome. */
record Accept(List<String> types) {
    private static final int NOT_ACCEPTABLE = 406;

    static Accept of(HttpServletRequest request) {
        List<String> types = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("Accept"))) {
            for (String type : header.split(",", -1)) {
                String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (!bare.isEmpty()) {
                    types.add(bare);
                }
            }
        }
        return new Accept(types);
    }

    boolean names(String contentType) {
        return types.contains(contentType);
    }

    /** 406 where nothing of what is produced is welcome. */
    void check(List<String> produced) {
        if (types.isEmpty() || produced.isEmpty() || produced.stream().anyMatch(this::takes)) {
            return;
        }
        throw RucioError.of(
                NOT_ACCEPTABLE,
                "UnsupportedRequestedContentType",
                "The requested content type %s is not supported. Use %s."
                        .formatted(
                                String.join(", ", types),
                                produced.stream().collect(Collectors.joining("', '", "['", "']"))));
    }

    private boolean takes(String produced) {
        String family = produced.substring(0, produced.indexOf('/')) + "/*";
        return types.contains(produced) || types.contains(family) || types.contains("*/*");
    }
}
