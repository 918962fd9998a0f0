package holdfast.server.api.holdfast;

import holdfast.server.routes.Moments;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.databind.JsonNode;

/**
 * Looks through every body that the house's own routes were sent before any of them sees it: what a record does not call {@link
 * Nullable} must be there, no text holds what the database cannot, and every moment has a year that it can hold.
 */
@RestControllerAdvice(basePackageClasses = WholeBodies.class)
class WholeBodies extends RequestBodyAdviceAdapter {
    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return whole(body);
    }

    /** @throws Problem.Told naming what is missing or cannot be */
    static <T> T whole(T body) {
        look("", body);
        return body;
    }

    private static void look(String place, @Nullable Object value) {
        switch (value) {
            case null -> throw bad(place, "is missing, or null; give it");
            case String text -> text(place, text);
            case Instant moment -> moment(place, moment);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    look(place + "[" + i + "]", list.get(i));
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, one) -> {
                    text(place + "'s keys", String.valueOf(key));
                    look(place + "." + key, one);
                });
            case Record record -> parts(place, record);
            case JsonNode node -> node(place, node);
            default -> {
                // Numbers and truth values are what their type says.
            }
        }
    }

    private static void node(String place, JsonNode node) {
        if (node.isString()) {
            text(place, node.stringValue());
        }
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            text(place + "'s keys", one.getKey());
            node(place + "." + one.getKey(), one.getValue());
        }
        if (node.isArray()) {
            node.values().forEach(one -> node(place, one));
        }
    }

    private static void parts(String place, Record record) {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            Object value = value(record, part);
            if (value != null || !mayBeMissing(part)) {
                look(place.isEmpty() ? part.getName() : place + "." + part.getName(), value);
            }
        }
    }

    private static boolean mayBeMissing(RecordComponent part) {
        AnnotatedElement type = part.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object value(Record record, RecordComponent part) {
        try {
            part.getAccessor().trySetAccessible();
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the body " + record.getClass() + " cannot be looked at", e);
        }
    }

    private static void text(String place, String text) {
        boolean half = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (half || text.indexOf('\0') >= 0) {
            throw bad(place, "has a character U+0000, or half of a surrogate pair; leave it out");
        }
    }

    private static void moment(String place, Instant moment) {
        if (!Moments.isKept(moment)) {
            throw bad(place, "is " + moment + "; give a moment of the years 1 to 9999");
        }
    }

    private static Problem.Told bad(String place, String what) {
        return new Problem.Told(Problem.BAD_REQUEST, (place.isEmpty() ? "the body" : place) + " " + what);
    }
}
