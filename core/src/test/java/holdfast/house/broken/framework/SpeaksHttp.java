package holdfast.house.broken.framework;

import java.net.http.HttpClient;

/** Breaks core's freedom: a client belongs in server or cli. */
record SpeaksHttp(HttpClient client) {}
