package holdfast.formats;

import holdfast.formats.Item.Field;
import holdfast.formats.Item.Rows;
import holdfast.formats.Item.Table;
import holdfast.formats.Item.Word;
import holdfast.vocabulary.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer of a SCIM 2.0 service to a question for its users (RFC 7643, RFC 7644 section 3.4.2), told as an export of
 * ours: externalId or id, userName as the account where it can be one's name, active, roles by their value, groups by their
 * display, the enterprise extension's organization as the institute. What the standard has no word for stands in an extension
 * of ours. Other attributes are passed over, as the standard asks.
 */
final class ScimUsers {
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String OURS = "urn:holdfast:params:scim:schemas:member:1.0:User";

    private final Findings findings;

    private ScimUsers(Findings findings) {
        this.findings = findings;
    }

    static boolean isOne(Table table) {
        return table.field("schemas").isPresent() || table.field("Resources").isPresent();
    }

    /** The users as tables of members. */
    static List<Item> members(Table table, Findings findings) {
        ScimUsers scim = new ScimUsers(findings);
        if (!scim.texts(table, "schemas").contains(LIST)) {
            findings.add(table.spot(), "this is no SCIM answer that lists users", "its schemas name " + LIST);
            return List.of();
        }
        List<Item> users = table.field("Resources").map(Field::value).stream()
                .flatMap(value -> value instanceof Rows rows ? rows.items().stream() : Stream.of(value))
                .toList();
        scim.whole(table, users.size());
        return users.stream().map(scim::member).toList();
    }

    /** One page of several would look like a list that lost most of its members. */
    private void whole(Table table, int found) {
        scalar(table, "totalResults")
                .filter(total -> !total.text().equals(Integer.toString(found)))
                .ifPresent(total -> findings.add(
                        total.spot(),
                        "the answer has %d of %s users".formatted(found, total.text()),
                        "ask for all of them in one page, or put the pages together"));
    }

    private Item member(Item item) {
        if (!(item instanceof Table user)) {
            return item;
        }
        List<Field> fields = new ArrayList<>();
        scalar(user, "externalId").or(() -> scalar(user, "id")).ifPresent(id -> put(fields, "id", id));
        scalar(user, "userName")
                .filter(name -> AccountName.isOne(name.text()))
                .ifPresent(name -> put(fields, "account", name));
        scalar(user, "active").ifPresent(active -> put(fields, "active", active));
        table(user, ENTERPRISE)
                .flatMap(enterprise -> scalar(enterprise, "organization"))
                .ifPresent(organization -> put(fields, "institute", organization));
        words(user, "roles", "value", "display").ifPresent(roles -> put(fields, "roles", roles));
        words(user, "groups", "display", "value").ifPresent(groups -> put(fields, "groups", groups));
        table(user, OURS).ifPresent(ours -> {
            for (String key : List.of("since", "until")) {
                scalar(ours, key).ifPresent(day -> put(fields, key, day));
            }
            words(ours, "identities", "value", "display")
                    .ifPresent(identities -> put(fields, "identities", identities));
        });
        return new Table(user.spot(), fields);
    }

    private static void put(List<Field> fields, String key, Item value) {
        fields.add(new Field(new Word(value.spot(), key, true), value));
    }

    private Optional<Word> scalar(Table table, String key) {
        return table.field(key).map(Field::value).flatMap(value -> {
            if (value instanceof Word word) {
                return Optional.of(word);
            }
            findings.add(value.spot(), "'" + key + "' is " + value.form(), "it should be a single value");
            return Optional.empty();
        });
    }

    private Optional<Table> table(Table table, String key) {
        return table.field(key).map(Field::value).flatMap(value -> {
            if (value instanceof Table found) {
                return Optional.of(found);
            }
            findings.add(value.spot(), "'" + key + "' is " + value.form(), "it should be a table of attributes");
            return Optional.empty();
        });
    }

    /** A multi-valued attribute: each value alone, or in a table under one of two keys. */
    private Optional<Rows> words(Table table, String key, String first, String second) {
        return table.field(key).map(Field::value).map(value -> {
            List<Item> items = value instanceof Rows rows ? rows.items() : List.of(value);
            return new Rows(
                    value.spot(),
                    items.stream().map(item -> word(item, first, second)).toList());
        });
    }

    private Item word(Item item, String first, String second) {
        return item instanceof Table one
                ? scalar(one, first)
                        .or(() -> scalar(one, second))
                        .<Item>map(w -> w)
                        .orElse(item)
                : item;
    }

    private List<String> texts(Table table, String key) {
        return words(table, key, "value", "display").stream()
                .flatMap(rows -> rows.items().stream())
                .flatMap(item -> item instanceof Word word ? Stream.of(word.text()) : Stream.empty())
                .toList();
    }
}
