package holdfast.server.catalog;

import tools.jackson.databind.JsonNode;

/** Says at once what a subscription could not do later. */
public final class SubscriptionCheck {
    private SubscriptionCheck() {}

    /** 400 InvalidObject where a filter cannot be asked. */
    public static void filter(JsonNode filter) {
        SubscriptionFilter.of(filter);
    }

    /** 400 where a rule could not be made of one of these. */
    public static void rules(JsonNode rules) {
        SubscriptionRules.of(rules);
    }
}
