package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Roster;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An export of members: three forms become the same, and whatever is not meant as it stands is told with its place. */
class MembersFileTest {
    private static final String CSV = """
        # as-of: 2026-11-22T06:00:00Z
        id,name,institute,since,until,active,roles,groups,account,identities
        1017,"Anna, A.",Example University,2019-04-01,,,author; reviewer,physics,anna,"/DC=org/CN=1017;SUB=x, ISS=https://iam.example.org/"
        1018,Bert,Example Laboratory,2024-10-01,2027-09-30,yes,,,,
        1019,Gone,,,,no,,,,
        """;

    private static final String JSON = """
        {"holdfast-members": 1, "as-of": "2026-11-22T06:00:00Z", "members": [
          {"id": 1017, "mail": "anna@example.org", "institute": "Example University", "since": "2019-04-01", "until": null,
           "roles": ["reviewer", "author"], "groups": "physics", "account": "anna",
           "identities": ["/DC=org/CN=1017", "SUB=x, ISS=https://iam.example.org/"]},
          {"id": "1018", "institute": "Example Laboratory", "since": "2024-10-01", "until": "2027-09-30", "active": true},
          {"id": "1019", "active": false}]}
        """;

    private static final String SCIM = """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 3, "itemsPerPage": 3,
         "Resources": [
          {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "ab-1", "externalId": "1017", "userName": "anna",
           "name": {"familyName": "A", "givenName": "Anna"}, "emails": [{"value": "anna@example.org", "primary": true}],
           "active": true, "roles": [{"value": "author", "display": "Author"}, {"value": "reviewer"}],
           "groups": [{"value": "e9e3", "$ref": "https://iam.example.org/Groups/e9e3", "display": "physics"}],
           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"organization": "Example University"},
           "urn:holdfast:params:scim:schemas:member:1.0:User": {"since": "2019-04-01",
             "identities": ["/DC=org/CN=1017", "SUB=x, ISS=https://iam.example.org/"]}},
          {"id": "1018", "userName": "bert@example.org", "active": true,
           "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"organization": "Example Laboratory"},
           "urn:holdfast:params:scim:schemas:member:1.0:User": {"since": "2024-10-01", "until": "2027-09-30"}},
          {"id": "1019", "userName": "gone", "active": false}]}
        """;

    private static List<Finding> findings(String text) {
        return switch (MembersFile.read(text, "members.csv")) {
            case Result.Read<Roster> read -> throw new AssertionError("it was taken: " + read.value());
            case Result.Refused<Roster> refused -> refused.findings();
        };
    }

    @Test
    void threeFormsBecomeTheSame() {
        Roster csv = MembersFile.read(CSV, "members.csv").orThrow();
        Roster json = MembersFile.read(JSON, "members.json").orThrow();
        Roster scim = MembersFile.read(SCIM, "scim.json").orThrow();
        assertThat(json.people()).isEqualTo(csv.people());
        assertThat(scim.people()).isEqualTo(csv.people());
        assertThat(csv.asOf()).contains(Instant.parse("2026-11-22T06:00:00Z")).isEqualTo(json.asOf());
        assertThat(csv.people()).containsOnlyKeys(new MemberId("1017"), new MemberId("1018"));
        Person anna = csv.people().firstEntry().getValue();
        assertThat(anna.account().orElseThrow().name()).isEqualTo("anna");
        assertThat(anna.place().roles()).containsExactly("author", "reviewer");
        assertThat(anna.means().identities()).containsExactly("/DC=org/CN=1017", "SUB=x, ISS=https://iam.example.org/");
        Person bert = csv.people().lastEntry().getValue();
        assertThat(bert.account().orElseThrow().name()).isEqualTo("1018");
        assertThat(bert.term().until()).isEqualTo(Optional.of(LocalDate.parse("2027-09-30")));
    }

    @Test
    void namesAndMailAddressesAreNotKept() {
        for (String text : List.of(CSV, JSON, SCIM)) {
            assertThat(MembersFile.read(text, "members").orThrow().toString())
                    .doesNotContain("Anna")
                    .doesNotContain("@example.org");
        }
    }

    @Test
    void linesEndAsTheyLikeAndValuesMayHaveLineBreaks() {
        String windows = "\uFEFFid,institute\r\n1,\"Example \"\"X\"\" University\"\r\n\r\n2,Lab\r\n";
        assertThat(MembersFile.read(windows, "members.csv").orThrow().people()).hasSize(2);
        assertThat(MembersFile.read(windows, "m")
                        .orThrow()
                        .people()
                        .firstEntry()
                        .getValue()
                        .place()
                        .institute())
                .contains("Example \"X\" University");
        Finding later = findings("id,name\n1,\"Anna\nA.\"\n2,B\n2,C\n").getFirst();
        assertThat(later.line()).isEqualTo(5);
        assertThat(later.what()).isEqualTo("'2' stands here twice, first in line 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        name,mail#a,b                          | 1 | the column 'id' is missing
        id,role#1,author                       | 1 | column 'role' is not known
        id,id#1,2                              | 1 | the column 'id' stands here twice
        id,institute#1                         | 2 | the line has 1 values for 2 columns
        id,institute#1,"Lab                    | 2 | a quote is not closed
        id,since#1,22.11.2026                  | 2 | '22.11.2026' is no date
        id,since,until#1,2026-02-01,2026-01-01 | 2 | the last day is before the first
        id,active#1,perhaps                    | 2 | 'active' is 'perhaps'
        id,account#1,a b                       | 2 | account 'a b' is not
        id,roles#1,author;<b>                  | 2 | 'roles' has '<b>'
        id,institute#,Lab                      | 2 | a member lacks 'id'
        id,account#1,anna#2,anna               | 1 | the members 1 and 2 have one account, anna
        id,identities#1,/CN=A#2,/CN=A          | 1 | the members 1 and 2 have one identity
        """)
    void whatIsWrongInLinesIsToldWithItsPlace(String text, int line, String what) {
        Finding found = findings(text.replace('#', '\n') + "\n").getFirst();
        assertThat(found.what()).contains(what);
        assertThat(found.line()).isEqualTo(line);
        assertThat(found.hint() + found.what()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"members": []}                                              | the export lacks 'holdfast-members'
        {"holdfast-members": 1}                                      | the export lacks 'members'
        {"holdfast-members": 2, "members": []}                       | 'holdfast-members' is '2'
        {"holdfast-members": 1, "members": [{"id": "a", "rolls": 1}]} | key 'rolls' is not known
        {"holdfast-members": 1, "members": ["a"]}                    | a member is a single value
        {"holdfast-members": 1, "members": [{"id": {"x": 1}}]}       | 'id' is a table of keys and values
        {"holdfast-members": 1, "members": [}                        | this is no JSON
        [1]                                                          | the export is a list
        {"holdfast-members": 1, "members": []} x                     | this is no JSON
        {"holdfast-members": 1, "members": []} {}                    | something stands behind the end
        {"holdfast-members": 1, "holdfast-members": 1, "members": []} | 'holdfast-members' stands here twice
        {"Resources": []}                                            | no SCIM answer that lists users
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 1200, "Resources": []} | the answer has 0 of 1200 users
        """)
    void whatIsWrongInJsonIsTold(String text, String what) {
        assertThat(findings(text))
                .extracting(Finding::what)
                .anySatisfy(said -> assertThat(said).contains(what));
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        String deep = "{\"holdfast-members\": 1, \"members\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThat(findings(deep).getFirst().what()).contains("this is no JSON");
    }

    @Test
    void noTextWhateverBreaksTheReader() {
        java.util.Random random = new java.util.Random(7);
        for (String text : List.of(CSV, JSON, SCIM)) {
            for (int i = 0; i < 400; i++) {
                StringBuilder bent = new StringBuilder(text);
                for (int j = 0; j < 3; j++) {
                    bent.setCharAt(
                            random.nextInt(bent.length()), (char) (random.nextInt(3) == 0 ? random.nextInt(40) : '"'));
                }
                assertThat(MembersFile.read(bent.toString(), "bent")).isNotNull();
            }
        }
    }
}
