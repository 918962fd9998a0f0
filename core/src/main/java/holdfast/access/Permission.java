package holdfast.access;

import holdfast.access.Subject.Element;
import holdfast.access.Subject.Place;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Decides who may do what; the same answer for the same words, wherever it is asked. */
public final class Permission {
    private final AccessPolicy policy;

    public Permission(AccessPolicy policy) {
        this.policy = policy;
    }

    /** The answer: empty for yes, otherwise why not, as a sentence without a full stop. */
    public Optional<String> refusal(Asker asker, Action action, Subject subject) {
        if (action.grant() == Grant.NOBODY) {
            return Optional.of("account %s may not %s".formatted(asker.account(), action.words()));
        }
        if (asker.isAdministrator() || hasRole(asker, action.area(), subject)) {
            return Optional.empty();
        }
        return missing(asker, action.grant(), subject)
                .map(who -> "account %s may not %s; %s may".formatted(asker.account(), action.words(), who));
    }

    public boolean may(Asker asker, Action action, Subject subject) {
        return refusal(asker, action, subject).isEmpty();
    }

    private boolean hasRole(Asker asker, Area area, Subject subject) {
        return policy.roles().entrySet().stream()
                .anyMatch(role -> role.getValue().opens(area, subject.elements()) && asker.has(role.getKey()));
    }

    /** Who may, where this one may not. */
    private Optional<String> missing(Asker asker, Grant grant, Subject subject) {
        return switch (grant) {
            case ADMINISTRATORS, NOBODY -> Optional.of("administrators");
            case EVERYBODY -> Optional.empty();
            case THE_ACCOUNT -> unless(isOwn(asker, subject), "that account");
            case SCOPE_OWNER -> scopeOwner(asker, subject);
            case RULE_MAKER -> ruleMaker(asker, subject);
            case RULE_HOLDER -> unless(isOwn(asker, subject) || isNamed(asker, subject), "the rule's account");
            case STORAGE_USER ->
                unless(
                        !subject.elements().isEmpty()
                                && subject.elements().stream().allMatch(e -> isOpenTo(asker, e)),
                        "administrators of the RSE");
        };
    }

    private static Optional<String> unless(boolean granted, String who) {
        return granted ? Optional.empty() : Optional.of(who);
    }

    private static boolean isOwn(Asker asker, Subject subject) {
        return subject.account().equals(Optional.of(asker.account()));
    }

    private Optional<String> scopeOwner(Asker asker, Subject subject) {
        if (subject.place().isEmpty()) {
            return Optional.of("administrators");
        }
        Place place = subject.place().get();
        boolean open = policy.open().contains(place.scope())
                || policy.openNames().stream().anyMatch(place.name()::startsWith);
        return unless(
                open || place.owner().equals(asker.account()),
                "the owner of scope %s, %s,".formatted(place.scope(), place.owner()));
    }

    private Optional<String> ruleMaker(Asker asker, Subject subject) {
        if (subject.place().filter(p -> policy.restricted().contains(p.scope())).isPresent()) {
            return Optional.of(
                    "in the restricted scope " + subject.place().get().scope() + " only administrators");
        }
        if (subject.locked()) {
            return Optional.of("a locked one only administrators");
        }
        return unless(isOwn(asker, subject), "that account");
    }

    /** Whether every element names the account among its rule_deleters. */
    private static boolean isNamed(Asker asker, Subject subject) {
        return !subject.elements().isEmpty()
                && subject.elements().stream()
                        .allMatch(e -> Arrays.asList(e.attributes()
                                        .getOrDefault("rule_deleters", "")
                                        .split(",", -1))
                                .contains(asker.account().name()));
    }

    private boolean isOpenTo(Asker asker, Element element) {
        if (policy.elements().free().stream().anyMatch(element.name()::endsWith)) {
            return true;
        }
        String country = element.attributes().getOrDefault("country", "");
        Set<String> attributes = asker.attributes().keySet();
        return !country.isEmpty()
                && attributes.contains("country-" + country)
                && policy.elements().country().stream().anyMatch(element.name()::endsWith);
    }
}
