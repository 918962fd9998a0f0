package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.ROWS;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

/** The keys of a policy file, table by table. */
final class PolicyShapes {
    static final String VERSION_KEY = "holdfast-policy";

    static final Shape POLICY = Shape.of(
            "the policy",
            must(VERSION_KEY, COUNT, "1, the version of this language"),
            must("names", TABLE, "what names look like and which are refused"),
            must("layout", TEXT, "how a name becomes a path: name, or scope-and-name"),
            must("scope", TABLE, "where a file's scope comes from"),
            may(
                    "activities",
                    TABLE,
                    "how activities share the roads: a number for each, 10 for what is not named; custody is what"
                            + " clauses ask for, all else are activities of rules"),
            may("access", TABLE, "who may do what beside administrators; the field's generic policy if absent"),
            may("rucio", TABLE, "what words look like in Rucio's interface; its generic schema if absent"));

    static final Shape NAMES = Shape.of(
            "names",
            must("form", TEXT, "a regular expression that whole names fit"),
            may("longest", COUNT, "the longest name in characters; 250 if absent, and never more"),
            may("refused", ROWS, "names that have the form and are refused all the same"));

    static final Shape REFUSED = Shape.of(
            "a refusal",
            must("matching", TEXT, "a regular expression that whole names fit"),
            must("because", TEXT, "the reason and the way out, for whoever brings the file"));

    static final Shape SCOPE = Shape.of(
            "scope",
            must("from", TEXT, "name: the rules below; caller: whoever brings a file says it"),
            may("rules", ROWS, "the first rule that answers gives the scope"),
            may("otherwise", TEXT, "the scope of names that no rule answers for"));

    static final Shape RUCIO = Shape.of(
            "rucio",
            may("scope", TEXT, "a regular expression that whole scopes fit"),
            may("name", TEXT, "a regular expression that whole names of data fit"),
            may("account", TEXT, "a regular expression that whole accounts fit"),
            may("storage-element", TEXT, "a regular expression that whole names of storage elements fit"),
            may("split", TEXT, "a regular expression over /scope/name; its two groups are scope and name"));

    static final Shape RULE = Shape.of(
            "a rule",
            may("begins", WORDS, "the name begins with one of these"),
            may("matches", TEXT, "a regular expression that the whole name fits"),
            must("scope", TEXT, "the scope; {group} stands for a named group of the expression"),
            may("if-known", FLAG, "whether the rule holds only for scopes that exist already; no if absent"));

    static final Shape ACCESS = Shape.of(
            "access",
            may("roles", ROWS, "attributes of accounts that open areas"),
            may("restricted-scopes", WORDS, "scopes in which only administrators and roles make rules"),
            may("open-scopes", WORDS, "scopes in which everybody adds and changes names; mock if absent"),
            may("open-names", WORDS, "everybody adds names that begin with one of these"),
            may("open-elements", WORDS, "everybody adds replicas at elements whose names end with one of these"),
            may(
                    "country-elements",
                    WORDS,
                    "accounts with the attribute country-XX add replicas at elements of the country XX whose names end"
                            + " with one of these"));

    static final Shape ROLE = Shape.of(
            "a role",
            must("attribute", TEXT, "the account's attribute, such as rule_admin; it counts where its value is true"),
            must(
                    "opens",
                    WORDS,
                    "quotas, scopes, storage, dids, rules, replicas, subscriptions, requests, lifetimes, settings"),
            may("at", WORDS, "the sites at whose elements alone it opens them; everywhere if absent"));

    private PolicyShapes() {}
}
