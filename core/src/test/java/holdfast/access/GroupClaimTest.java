package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.MemberGroups;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which groups put somebody where: only those that the plan names, told by those whom it names. */
class GroupClaimTest {
    private static final String ISSUER = "https://iam.example.org/";

    private static final MemberGroups PLAN = new MemberGroups(
            words(ISSUER, MemberGroups.VOMS),
            words("/lab", "/friends/of-the-lab"),
            new TreeMap<>(
                    Map.of("operations", words("/lab/Role=operations", "/lab/shift"), "author", words("/lab/authors"))),
            Optional.of("/lab/institutes"),
            MemberGroups.SEEN_WITHIN);

    private static SortedSet<String> words(String... words) {
        return new TreeSet<>(Arrays.asList(words));
    }

    private static Optional<Person.Place> place(String by, String... groups) {
        return new GroupClaim(by, words(groups), Instant.EPOCH).place(PLAN);
    }

    @Test
    void oneOfTheGroupsMakesAMemberWhoeverOfTheIssuersSaysSo() {
        assertThat(place(ISSUER, "/lab")).isPresent();
        assertThat(place(MemberGroups.VOMS, "/friends/of-the-lab", "/x")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/la",
                "/lab/",
                "/lab/x",
                "/labs",
                "/LAB",
                "lab",
                "/lab ",
                "/lab/Role=operations",
                "/x/lab"
            })
    void aGroupThatOnlyLooksLikeItMakesNobodyAMember(String group) {
        assertThat(place(ISSUER, group)).isEmpty();
    }

    @Test
    void anotherIssuersGroupOfThatNameIsNothing() {
        assertThat(place("https://iam.example.org", "/lab")).isEmpty();
        assertThat(place("https://iam.example.org.evil.example/", "/lab")).isEmpty();
    }

    @Test
    void rolesComeByTheirGroupsAndToMembersAlone() {
        assertThat(place(ISSUER, "/lab", "/lab/shift", "/lab/authors")
                        .orElseThrow()
                        .roles())
                .containsExactly("author", "operations");
        assertThat(place(ISSUER, "/lab").orElseThrow().roles()).isEmpty();
        assertThat(place(ISSUER, "/lab/shift"))
                .as("a role without a group that makes a member")
                .isEmpty();
    }

    @Test
    void groupsThatThePlanDoesNotAskForAreNotKept() {
        assertThat(place(ISSUER, "/lab", "/lab/shift", "/union", "/lab/institutes/kek")
                        .orElseThrow()
                        .groups())
                .isEqualTo(Set.of("/lab", "/lab/shift"));
    }

    @Test
    void anInstituteIsTheOneGroupBelow() {
        assertThat(place(ISSUER, "/lab", "/lab/institutes", "/lab/institutes/north")
                        .orElseThrow()
                        .institute())
                .contains("north");
        assertThat(place(ISSUER, "/lab", "/lab/institutes/north/theory")
                        .orElseThrow()
                        .institute())
                .isEmpty();
        assertThat(place(ISSUER, "/lab", "/lab/institutes/north", "/lab/institutes/south")
                        .orElseThrow()
                        .institute())
                .as("of two, none that counts")
                .isEmpty();
    }
}
